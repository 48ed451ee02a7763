"""Waiting for SQLite's lock, while somebody else writes into the same file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import ConnectionHandler, OperationalError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="PostgreSQL wakes whoever waits"
    ),
]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else, in the middle of writing."""
    with closing(sqlite3.connect(tmp_path / "paper.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("CREATE TABLE line (words TEXT)")
        yield other


def our_connection(tmp_path: Path, *, timeout: float) -> Any:
    ours = settings.DATABASES["default"]
    named = ours | {"NAME": str(tmp_path / "paper.sqlite3"), "OPTIONS": ours["OPTIONS"] | {"timeout": timeout}}
    connection = ConnectionHandler({"default": named})["default"]
    # The mode is that of the file, which somebody else holds.
    connection.settings_dict["OPTIONS"] = named["OPTIONS"] | {"init_command": ""}
    return connection


def begin(connection: Any) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def patience_ms(connection: Any) -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA busy_timeout").fetchone()[0])


def let_go_at_the_third_asking(other: sqlite3.Connection, connection: Any, *, first_word: str) -> list[str]:
    """Return where each asking is noted."""
    asked: list[str] = []

    def note(sql: str) -> None:
        if sql.startswith(first_word):
            asked.append(sql)
            if len(asked) == 3:
                other.execute("COMMIT")

    connection.ensure_connection()
    connection.connection.set_trace_callback(note)
    return asked


def test_a_writer_asks_again_until_the_lock_is_free(other: sqlite3.Connection, tmp_path: Path) -> None:
    with closing(our_connection(tmp_path, timeout=20)) as connection:
        asked = let_go_at_the_third_asking(other, connection, first_word="BEGIN")
        begin(connection)
        connection.cursor().execute("INSERT INTO line VALUES ('ours')")
        connection.commit()
        assert asked == ["BEGIN IMMEDIATE"] * 3
        assert patience_ms(connection) == 20_000
    assert other.execute("SELECT words FROM line").fetchall() == [("ours",)]


def test_who_writes_without_a_transaction_asks_as_often(other: sqlite3.Connection, tmp_path: Path) -> None:
    other.execute("COMMIT")
    other.execute("BEGIN IMMEDIATE")
    with closing(our_connection(tmp_path, timeout=20)) as connection:
        asked = let_go_at_the_third_asking(other, connection, first_word="INSERT")
        connection.cursor().execute("INSERT INTO line VALUES (%s)", ["ours"])
        assert len(asked) == 3
        assert patience_ms(connection) == 20_000
    assert other.execute("SELECT words FROM line").fetchall() == [("ours",)]


def test_a_writer_who_waits_in_vain_is_told_and_can_write_later(other: sqlite3.Connection, tmp_path: Path) -> None:
    with closing(our_connection(tmp_path, timeout=0.02)) as connection:
        with pytest.raises(OperationalError, match="database is locked"):
            begin(connection)
        assert patience_ms(connection) == 20
        other.execute("COMMIT")
        begin(connection)
        connection.cursor().execute("INSERT INTO line VALUES ('ours')")
        connection.commit()
    assert other.execute("SELECT words FROM line").fetchall() == [("ours",)]


def test_what_fails_for_another_reason_is_not_tried_again(other: sqlite3.Connection, tmp_path: Path) -> None:
    other.execute("COMMIT")
    with closing(our_connection(tmp_path, timeout=20)) as connection:
        asked = let_go_at_the_third_asking(other, connection, first_word="INSERT")
        with pytest.raises(OperationalError, match="no such table"):
            connection.cursor().execute("INSERT INTO nowhere VALUES ('ours')")
        # SQLite tells of a statement when it begins it, and one without its table it never begins.
        connection.cursor().execute("PRAGMA query_only = ON")
        with pytest.raises(OperationalError, match="readonly"):
            connection.cursor().execute("INSERT INTO line VALUES ('ours')")
        assert len(asked) == 1
