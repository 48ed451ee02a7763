"""What of a list lies in a time, beside it, and whether there is anything: each at a cost that never grows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.edition.overlays import OverlayReader
from broadsheet.ledger import queries
from broadsheet.ledger.queries import LedgerReader
from tests.factories.ledger import EN, NOW, VI, a_story, released, withdrawn

if TYPE_CHECKING:
    from broadsheet.edition.reading import Reader
    from broadsheet.ledger.values import StoryDocument

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
#: Hours after NOW at which a story was published.
HOURS = (0, 1, 1, 5)


@pytest.fixture
def stories() -> list[StoryDocument]:
    found = [a_story(published_at=NOW + hours * HOUR) for hours in HOURS]
    for story in found:
        released(story)
    return found


@pytest.fixture(params=["ledger", "overlay", "both"])
def reader(request: pytest.FixtureRequest, stories: list[StoryDocument]) -> Reader:
    """The ledger; the same documents over nothing; and half of them over the ledger."""
    if request.param == "ledger":
        return LedgerReader()  # type: ignore[return-value]
    under = LedgerReader() if request.param == "both" else None
    laid = stories[2:] if under else stories
    return OverlayReader(laid, under=under, now=NOW)  # type: ignore[arg-type]


def at(hours: float) -> datetime:
    return NOW + hours * HOUR


def test_a_span_takes_its_first_moment_and_leaves_its_second(reader: Reader, stories: list[StoryDocument]) -> None:
    placed = reader.placed(list_name="newest", locale=EN, limit=None, span=(at(0), at(1)))
    assert [each.subject for each in placed] == [stories[0].subject]
    placed = reader.placed(list_name="newest", locale=EN, limit=None, span=(at(1), at(6)))
    assert [each.subject for each in placed] == [stories[3].subject, *sorted(each.subject for each in stories[1:3])]


def test_the_moments_beside_a_span_are_the_last_before_it_and_the_first_from_its_end_on(reader: Reader) -> None:
    assert reader.newest(list_name="newest", locale=EN) == at(5)
    assert reader.newest(list_name="newest", locale=EN, before=at(5)) == at(1)
    assert reader.newest(list_name="newest", locale=EN, before=at(0)) is None
    assert reader.oldest(list_name="newest", locale=EN) == at(0)
    assert reader.oldest(list_name="newest", locale=EN, since=at(1)) == at(1)
    assert reader.oldest(list_name="newest", locale=EN, since=at(5.5)) is None
    assert reader.oldest(list_name="newest", locale=VI) is None


def test_a_list_says_of_many_spans_whether_it_has_anything_there(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_BATCH", 4)
    asked = [("newest", at(hour), at(hour + 1)) for hour in range(8)]
    expected = (True, True, False, False, False, True, False, False)
    assert reader.filled(asked, locale=EN) == expected
    assert reader.filled([("section:sport", at(0), at(9)), ("newest", at(0), at(9))], locale=EN) == (False, True)
    assert reader.filled(asked, locale=VI) == (False,) * 8
    assert reader.filled([], locale=EN) == ()


def test_standings_come_in_the_order_asked_and_without_those_that_never_were(
    reader: Reader, stories: list[StoryDocument]
) -> None:
    asked = [stories[3].subject, a_story().subject, stories[0].subject]
    assert [standing.document for standing in reader.standings_of(asked, EN)] == [stories[3], stories[0]]
    assert reader.standings_of(asked, VI) == ()


def test_what_was_withdrawn_is_in_no_span(stories: list[StoryDocument]) -> None:
    withdrawn(stories[3])
    assert LedgerReader().newest(list_name="newest", locale=EN) == at(1)
    assert LedgerReader().filled([("newest", at(5), at(6))], locale=EN) == (False,)


@pytest.mark.parametrize("members", [1, 40])
def test_asking_costs_the_same_however_many_members_there_are(members: int) -> None:
    found = [a_story(published_at=NOW + number * HOUR) for number in range(members)]
    for story in found:
        released(story)
    reader = LedgerReader()
    with CaptureQueriesContext(connection) as captured:
        placed = reader.placed(list_name="newest", locale=EN, limit=None, span=(at(0), at(99)))
        reader.standings_of([each.subject for each in placed], EN)
        reader.filled([("newest", at(hour), at(hour + 1)) for hour in range(99)], locale=EN)
        reader.newest(list_name="newest", locale=EN, before=at(3))
    assert len(captured) == 5
