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


def test_a_writer_asks_again_until_the_lock_is_free(other: sqlite3.Connection, tmp_path: Path) -> None:
    connection = our_connection(tmp_path, timeout=20)
    asked: list[str] = []

    def let_go_at_the_third(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("BEGIN"):
            asked.append(sql)
            if len(asked) == 3:
                other.execute("COMMIT")
        return execute(sql, *rest)

    with closing(connection), connection.execute_wrapper(let_go_at_the_third):
        begin(connection)
        connection.cursor().execute("INSERT INTO line VALUES ('ours')")
        connection.commit()
        assert asked == ["BEGIN IMMEDIATE"] * 3
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
