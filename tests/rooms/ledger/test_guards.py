"""The database itself refuses to change or lose a release, whoever asks."""

# ruff: noqa: S608 - the statements are written here, nobody else has a say in them

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from broadsheet.ledger.guards import missing_guards
from broadsheet.ledger.models import ErasedDocument, LedgerDocument, Release
from broadsheet.ledger.verifying import verify
from tests.factories.guards import guards_lifted
from tests.factories.ledger import a_story, erased, released

pytestmark = pytest.mark.django_db

TABLES = ["ledger_release", "ledger_ledgerdocument", "ledger_eraseddocument"]
COLUMNS = (
    "number, subject, kind, locale, act, version, document_digest, previous_digest, digest,"
    " released_at, recorded_at, released_by"
)
CHANGES = [
    "UPDATE ledger_release SET released_by = 'someone'",
    "UPDATE ledger_release SET released_by = 'someone' WHERE number = -1 OR number = 1",
    "DELETE FROM ledger_release",
    "DELETE FROM ledger_release WHERE number = 1",
    "UPDATE ledger_ledgerdocument SET bytes = bytes",
    "DELETE FROM ledger_ledgerdocument",
]
CHANGED = COLUMNS.replace("released_by", "'someone'")
MOVED = COLUMNS.replace("number,", "number + 7,", 1)
REPLACEMENTS = {
    "sqlite": [
        f"INSERT OR REPLACE INTO ledger_release ({COLUMNS}) SELECT {CHANGED} FROM ledger_release",
        f"REPLACE INTO ledger_release ({COLUMNS}) SELECT {MOVED} FROM ledger_release",
        "INSERT OR REPLACE INTO ledger_ledgerdocument (digest, bytes) SELECT digest, x'00' FROM ledger_ledgerdocument",
        (
            f"INSERT INTO ledger_release ({COLUMNS}) SELECT {COLUMNS} FROM ledger_release WHERE true"
            " ON CONFLICT (number) DO UPDATE SET released_by = 'someone'"
        ),
    ],
    "postgresql": [
        "TRUNCATE ledger_release",
        "TRUNCATE ledger_ledgerdocument CASCADE",
        (
            f"INSERT INTO ledger_release ({COLUMNS}) SELECT {COLUMNS} FROM ledger_release"
            " ON CONFLICT (number) DO UPDATE SET released_by = 'someone'"
        ),
        (
            "INSERT INTO ledger_ledgerdocument (digest, bytes) SELECT digest, bytes FROM ledger_ledgerdocument"
            " ON CONFLICT (digest) DO UPDATE SET bytes = EXCLUDED.bytes"
        ),
    ],
}


def everything() -> list[list[tuple[object, ...]]]:
    rows = [Release.objects.values_list().order_by("number"), LedgerDocument.objects.values_list("digest")]
    return [list(each) for each in rows]


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", [*CHANGES, *range(4)], ids=str)
def test_a_change_is_refused_and_nothing_is_lost(statement: str | int) -> None:
    if isinstance(statement, int):
        statement = REPLACEMENTS[connection.vendor][statement]
    released(a_story())
    released(a_story())
    before = everything()

    with pytest.raises(DatabaseError, match="append-only"):
        attempt(statement)

    assert everything() == before
    assert list(verify(alias="default")) == []


def test_a_replace_is_refused_also_where_the_program_did_not_ask_for_recursive_triggers() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite alone replaces rows without asking the DELETE trigger")
    released(a_story())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        try:
            with pytest.raises(DatabaseError, match="append-only"):
                attempt(REPLACEMENTS["sqlite"][0])
        finally:
            cursor.execute("PRAGMA recursive_triggers = ON")


def test_the_guards_stand_and_the_start_up_check_is_content() -> None:
    assert missing_guards() == ()
    assert [found.id for found in run_checks(databases=["default"]) if (found.id or "").startswith("ledger.E001")] == []


@pytest.mark.parametrize("table", TABLES)
def test_the_start_up_check_names_a_guard_that_was_removed(table: str) -> None:
    suffix = "no_change" if connection.vendor == "postgresql" else "no_delete"
    with guards_lifted():
        findings = [found for found in run_checks(databases=["default"]) if found.id == "ledger.E001"]
        assert len(findings) == 1
        assert f"{table}_{suffix}" in findings[0].msg
        assert "ledger verify" in (findings[0].hint or "")
    assert missing_guards() == ()


def test_a_guard_that_is_switched_off_counts_as_missing() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL can switch a trigger off")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_release DISABLE TRIGGER ledger_release_no_change")
    assert missing_guards() == ("ledger_release_no_change",)


def test_before_the_guards_are_made_the_check_lets_the_migration_run() -> None:
    recorder = MigrationRecorder(connection)
    with guards_lifted():
        recorder.record_unapplied("ledger", "0004_erasing")
        assert [found for found in run_checks(databases=["default"]) if found.id == "ledger.E001"] == []
        recorder.record_applied("ledger", "0004_erasing")


def test_a_document_that_only_a_row_calls_erased_is_kept() -> None:
    record = released(a_story())
    ErasedDocument.objects.create(digest=record.document_digest, number=record.number)
    with pytest.raises(DatabaseError, match="append-only"):
        attempt("DELETE FROM ledger_ledgerdocument")
    assert LedgerDocument.objects.count() == 1


def test_the_erasure_of_another_subject_lets_go_of_nothing() -> None:
    story, other = a_story(), a_story()
    kept = released(other)
    released(story)
    erasure = erased(story)
    ErasedDocument.objects.create(digest=kept.document_digest, number=erasure.number)
    with pytest.raises(DatabaseError, match="append-only"):
        attempt(f"DELETE FROM ledger_ledgerdocument WHERE digest = '{kept.document_digest}'")


def test_the_document_of_an_erasure_is_never_let_go() -> None:
    story = a_story()
    released(story)
    erasure = erased(story)
    ErasedDocument.objects.create(digest=erasure.document_digest, number=erasure.number)
    with pytest.raises(DatabaseError, match="append-only"):
        attempt(f"DELETE FROM ledger_ledgerdocument WHERE digest = '{erasure.document_digest}'")


@pytest.mark.parametrize(
    "statement", ["DELETE FROM ledger_eraseddocument", "UPDATE ledger_eraseddocument SET number = 9"]
)
def test_what_was_called_erased_stays_called_so(statement: str) -> None:
    story = a_story()
    released(story)
    erased(story)
    with pytest.raises(DatabaseError, match="append-only"):
        attempt(statement)


@pytest.mark.django_db(transaction=True)
def test_the_way_back_knows_again_what_was_erased() -> None:
    story = a_story()
    record = released(story)
    erasure = erased(story)
    call_command("migrate", "ledger", "0001", verbosity=0)
    call_command("migrate", verbosity=0)
    assert list(ErasedDocument.objects.values_list("digest", "number")) == [(record.document_digest, erasure.number)]
    assert list(verify(alias="default")) == []


@pytest.mark.django_db(transaction=True)
def test_the_way_back_the_check_names_puts_the_guards_up_again() -> None:
    with connection.cursor() as cursor:
        name = missing_guard_to_drop()
        cursor.execute(name)
    assert len(missing_guards()) == 1
    call_command("migrate", "ledger", "0001", verbosity=0)
    call_command("migrate", verbosity=0)
    assert missing_guards() == ()


def missing_guard_to_drop() -> str:
    if connection.vendor == "postgresql":
        return "DROP TRIGGER ledger_release_no_change ON ledger_release"
    return "DROP TRIGGER ledger_release_no_update"
