"""Every way of tampering is named. The guards are taken down first: a person with the database's password can."""

# ruff: noqa: S608 - the statements are written here, nobody else has a say in them

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from broadsheet.ledger.chaining import chain_digest
from broadsheet.ledger.documents import encode_document
from broadsheet.ledger.models import Current, LedgerDocument, Placement, Release
from broadsheet.ledger.records import record_of
from broadsheet.ledger.values import Act
from broadsheet.ledger.verifying import Damage, verify
from broadsheet.plain.canonical import sha256_hex
from tests.factories.guards import guards_lifted
from tests.factories.ledger import NOW, VI, a_byline, a_section, a_story, changed, released, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _five_releases() -> None:
    """1 section, 2 story, 3 its update, 4 the same story in Vietnamese, 5 its withdrawal, 6 byline."""
    story = a_story(headline="Bridge opens")
    released(a_section())
    released(story)
    released(changed(story, headline="Bridge opens late"), act=Act.UPDATE, at=NOW + timedelta(hours=1))
    released(changed(story, locale=VI))
    withdrawn(changed(story, locale=VI))
    released(a_byline())


def found() -> list[Damage]:
    return [damage for damage in verify(alias="default") if damage.part != "guards"]


def tampered(*statements: str) -> list[Damage]:
    with guards_lifted():
        for statement in statements:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        return found()


def named(damages: list[Damage]) -> list[tuple[str, int | None]]:
    return [(damage.part, damage.number) for damage in damages]


def test_a_whole_ledger_has_no_damage() -> None:
    walked: list[int] = []
    assert list(verify(alias="default", walked=walked.append)) == []
    assert walked == [1, 2, 3, 4, 5, 6]


def test_an_empty_ledger_has_no_damage() -> None:
    with guards_lifted():
        for model in (Release, LedgerDocument, Current, Placement):
            model.objects.all().delete()
        assert found() == []


@pytest.mark.parametrize(
    "change",
    [
        "released_by = 'someone'",
        "act = 'import'",
        "act = 'nothing we know'",
        "version = 9",
        "kind = 'front'",
        "recorded_at = '2020-01-01 00:00:00+00'",
        "digest = '" + "0" * 64 + "'",
    ],
)
def test_a_changed_row_is_named(change: str) -> None:
    damages = tampered(f"UPDATE ledger_release SET {change} WHERE number = 3")
    assert ("row", 3) in named(damages)
    assert "changed" in damages[0].sentence
    assert "version" in damages[0].sentence


def test_a_row_rewritten_with_a_digest_that_fits_is_named_by_the_row_after_it() -> None:
    with guards_lifted():
        row = Release.objects.get(number=3)
        row.released_by = "someone"
        row.digest = chain_digest(record_of(row))
        row.save()
        assert named(found()) == [("order", 4)]


def test_a_changed_document_is_named() -> None:
    digest = Release.objects.get(number=2).document_digest
    damages = tampered(f"UPDATE ledger_ledgerdocument SET bytes = '{{}}' WHERE digest = '{digest}'")
    assert named(damages) == [("document", 2)]
    assert "changed" in damages[0].sentence


def test_a_document_this_version_cannot_read_is_named() -> None:
    with guards_lifted():
        row = Release.objects.get(number=6)
        data = encode_document(a_byline(), ninjs={}).replace(b"byline/1", b"byline/9")
        LedgerDocument.objects.create(digest=sha256_hex(data), bytes=data)
        row.document_digest = sha256_hex(data)
        row.digest = chain_digest(record_of(row))
        row.save()
        damages = found()
    assert ("document", 6) in named(damages)
    assert any("cannot be read by this version" in damage.sentence for damage in damages)


def test_a_missing_document_is_named() -> None:
    digest = Release.objects.get(number=3).document_digest
    damages = tampered(f"DELETE FROM ledger_ledgerdocument WHERE digest = '{digest}'")
    assert named(damages) == [("document", 3)]
    assert "missing" in damages[0].sentence


def test_a_deleted_row_is_named() -> None:
    damages = tampered("DELETE FROM ledger_release WHERE number IN (2, 3)")
    assert damages[0] == Damage("missing", "Releases 2 to 3 are missing: deleted from the ledger.", 2)


def test_the_deleted_last_row_is_named_by_what_it_left_behind() -> None:
    damages = tampered("DELETE FROM ledger_release WHERE number = 6")
    assert [damage.part for damage in damages] == ["missing", "current"]
    assert "belongs to no release" in damages[0].sentence
    assert "never released" in damages[1].sentence


def test_deleting_a_row_and_closing_the_gap_is_named() -> None:
    damages = tampered(
        "DELETE FROM ledger_release WHERE number = 3",
        "UPDATE ledger_release SET number = 3 WHERE number = 4",
        "UPDATE ledger_release SET number = 4 WHERE number = 5",
        "UPDATE ledger_release SET number = 5 WHERE number = 6",
    )
    assert ("order", 3) in named(damages)
    assert any("was written as release 4" in damage.sentence for damage in damages)


def test_changed_order_is_named() -> None:
    damages = tampered(
        "UPDATE ledger_release SET number = 99 WHERE number = 2",
        "UPDATE ledger_release SET number = 2 WHERE number = 3",
        "UPDATE ledger_release SET number = 3 WHERE number = 99",
    )
    assert {("order", 2), ("order", 3)} <= set(named(damages))
    assert "was written as release 3: the order was changed" in damages[0].sentence


@pytest.mark.parametrize(
    ("statement", "part", "words"),
    [
        ("UPDATE ledger_current SET state = 'released' WHERE locale = 'vi'", "current", "state"),
        (
            "UPDATE ledger_current SET edition_key = 'x' WHERE kind = 'story' AND locale = 'en'",
            "current",
            "edition_key",
        ),
        ("DELETE FROM ledger_current WHERE kind = 'section'", "current", "lacks"),
        ("UPDATE ledger_current SET locale = 'fr' WHERE kind = 'section'", "current", "lacks"),
        ("DELETE FROM ledger_placement WHERE list_name = 'newest'", "lists", "newest"),
        (
            "UPDATE ledger_placement SET sort_at = '2020-01-01 00:00:00+00' WHERE list_name = 'newest'",
            "lists",
            "newest",
        ),
        ("UPDATE ledger_placement SET list_name = 'first' WHERE list_name = 'newest'", "lists", "first, newest"),
        ("UPDATE ledger_placement SET subject = 'urn:broadsheet:story:9'", "lists", "never released"),
    ],
)
def test_a_derived_row_that_differs_is_named(statement: str, part: str, words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert any(damage.part == part and words in damage.sentence for damage in found())


def test_missing_guards_are_named_before_anything_else() -> None:
    with guards_lifted():
        first = next(verify(alias="default"))
    assert first.part == "guards"
    assert "ledger_eraseddocument_no_" in first.sentence
