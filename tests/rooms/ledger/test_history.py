"""Looking back: every release can be found again, at the same cost however many there are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.ledger.guards import missing_guards
from broadsheet.ledger.history import LedgerHistory, Narrowing
from broadsheet.ledger.models import LedgerDocument, Release
from broadsheet.ledger.values import Act
from broadsheet.ledger.verifying import verify_releases
from broadsheet.plain.urns import make_urn
from tests.factories.guards import guards_lifted
from tests.factories.ledger import EN, NOW, VI, a_picture, a_section, a_story, changed, released, withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def numbers(narrowing: Narrowing | None = None, *, before: int | None = None, limit: int = 50) -> list[int]:
    return [record.number for record in LedgerHistory().releases(narrowing, before=before, limit=limit)]


def test_releases_come_newest_first_and_a_part_at_a_time() -> None:
    for _ in range(5):
        released(a_story())
    assert numbers(limit=2) == [5, 4]
    assert numbers(before=4, limit=2) == [3, 2]
    assert numbers(before=1) == []


def test_releases_are_narrowed_by_everything_an_inspector_asks() -> None:
    story = a_story()
    released(story)
    released(changed(story, locale=VI), by="minh")
    released(a_section(), at=NOW + timedelta(days=1))
    withdrawn(story, at=NOW + timedelta(days=2))

    assert numbers(Narrowing(subjects=(story.subject,))) == [4, 2, 1]
    assert numbers(Narrowing(kind="section")) == [3]
    assert numbers(Narrowing(locale=VI)) == [2]
    assert numbers(Narrowing(act=Act.WITHDRAW)) == [4]
    assert numbers(Narrowing(released_by="minh")) == [2]
    assert numbers(Narrowing(since=NOW + timedelta(days=1), until=NOW + timedelta(days=2))) == [3]
    assert numbers(Narrowing(kind="story", locale=EN, released_by="lan", until=NOW + timedelta(days=1))) == [1]
    assert numbers(Narrowing(subjects=())) == []


def test_versions_beside_are_those_of_the_same_locale() -> None:
    story = a_story()
    first, _other = released(story), released(changed(story, locale=VI))
    second = released(changed(story, headline="Later"), act=Act.UPDATE)
    third = withdrawn(story)

    history = LedgerHistory()
    assert history.versions_beside(first) == (None, second)
    assert history.versions_beside(second) == (first, third)


def test_a_release_is_found_by_a_digest_and_a_story_by_its_address() -> None:
    story = a_story()
    record = released(story)
    history = LedgerHistory()
    assert history.release_of_digest(record.digest) == record
    assert history.release_of_digest(record.document_digest) == record
    assert history.release_of_digest("ab" * 32) is None
    assert history.stories_at(story.address.slug, [EN, VI]) == (story.subject,)
    assert history.stories_at(story.address.slug, [VI]) == ()


def test_a_document_nobody_can_read_is_left_out_of_those_asked_for() -> None:
    whole, damaged = released(a_story(headline="Whole")), released(a_story())
    with guards_lifted():
        LedgerDocument.objects.filter(digest=damaged.document_digest).update(bytes=b"{}")
    found = LedgerHistory().readable([whole.document_digest, damaged.document_digest, "ab" * 32])
    assert set(found) == {whole.document_digest}


def test_a_picture_is_read_as_it_was_when_the_story_was_released() -> None:
    picture, later = a_picture(credit="Lan"), a_picture()
    released(picture)
    number = released(a_story()).number
    released(a_picture(subject=picture.subject, credit="Minh"), act=Act.UPDATE)
    released(later)

    history = LedgerHistory()
    assert history.documents_at([picture.subject, later.subject], number=number) == {picture.subject: picture}
    assert history.documents_at([], number=number) == {}


def test_whole_releases_have_no_damage_and_unknown_ones_are_not_told_of() -> None:
    released(a_story())
    released(a_story())
    assert verify_releases([1, 2, 9]) == {1: (), 2: ()}


@pytest.mark.parametrize(
    ("damage", "number", "part"),
    [
        (lambda: Release.objects.filter(number=2).update(released_by="somebody"), 2, "row"),
        (lambda: Release.objects.filter(number=2).update(digest="ab" * 32), 3, "order"),
        (lambda: Release.objects.filter(number=2).delete(), 3, "missing"),
        (lambda: LedgerDocument.objects.filter(digest=Release.objects.get(number=2).document_digest).delete(), 2, "document"),
        (lambda: LedgerDocument.objects.update(bytes=b"{}"), 2, "document"),
    ],
)  # fmt: skip
def test_a_damaged_release_says_what_is_wrong_with_it(damage: Callable[[], Any], number: int, part: str) -> None:
    for _ in range(3):
        released(a_story())
    with guards_lifted():
        damage()
    assert [found.part for found in verify_releases([number])[number]] == [part]


READS: dict[str, tuple[Callable[[LedgerHistory], Any], int]] = {
    "releases": (lambda history: history.releases(limit=20), 1),
    "narrowed": (lambda history: history.releases(Narrowing(kind="story", released_by="lan"), limit=20), 1),
    "versions_beside": (lambda history: history.versions_beside(history.record(1)), 2),
    "release_of_digest": (lambda history: history.release_of_digest("ab" * 32), 1),
    "stories_at": (lambda history: history.stories_at("ferry", [EN, VI]), 1),
    "documents_at": (lambda history: history.documents_at([make_urn("section", "news")], number=9), 3),
    "verify_releases": (lambda _history: verify_releases(range(1, 21)), 3),
}


@pytest.mark.parametrize("name", READS)
def test_looking_back_costs_the_same_number_of_queries_however_much_there_is(name: str) -> None:
    read, cost = READS[name]
    released(a_section())
    for _ in range(30):
        with CaptureQueriesContext(connection) as captured:
            read(LedgerHistory())
        assert len(captured) == cost
        released(a_story())


@pytest.mark.parametrize(
    "narrowing",
    [
        Narrowing(kind="story"),
        Narrowing(locale=EN),
        Narrowing(act=Act.WITHDRAW),
        Narrowing(released_by="nobody"),
        Narrowing(since=NOW, until=NOW + timedelta(days=1)),
        Narrowing(subjects=(make_urn("section", "news"),)),
    ],
)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL scans a table of a few rows whatever is asked")
def test_each_narrowing_asks_an_index(narrowing: Narrowing) -> None:
    with CaptureQueriesContext(connection) as captured:
        LedgerHistory().releases(narrowing, before=10, limit=20)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}")
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "USING INDEX" in plan
    assert "SCAN" not in plan


def test_the_indexes_left_the_guards_up() -> None:
    assert list(missing_guards(alias="default")) == []
