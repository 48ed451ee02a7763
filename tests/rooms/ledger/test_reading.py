"""What the reader answers, and that asking costs the same however much the ledger holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.ledger import queries
from broadsheet.ledger.errors import BadDocument, UnknownSubject
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act, State
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import Urn, make_urn
from tests.factories.ledger import EN, NOW, VI, a_byline, a_key, a_section, a_story, changed, released, withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def counted(read: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def test_a_list_is_newest_first_and_ties_go_by_subject() -> None:
    late, early, same = a_story(published_at=NOW + timedelta(days=1)), a_story(), a_story()
    for story in (same, late, early):
        released(story)
    placed = LedgerReader().placed(list_name="newest", locale=EN, limit=None)

    assert [place.subject for place in placed] == [late.subject, *sorted([early.subject, same.subject])]
    assert LedgerReader().placed(list_name="newest", locale=EN, limit=1) == placed[:1]
    assert LedgerReader().placed(list_name="newest", locale=VI, limit=None) == ()
    assert LedgerReader().placed(list_name="section:sport", locale=EN, limit=None) == ()


def test_a_story_that_changes_section_leaves_the_list_of_the_old_one() -> None:
    story = a_story()
    released(story)
    released(changed(story, section=make_urn("section", "sport")), act=Act.UPDATE)

    reader = LedgerReader()
    assert reader.placed(list_name="section:news", locale=EN, limit=None) == ()
    assert [place.subject for place in reader.placed(list_name="section:sport", locale=EN, limit=9)] == [story.subject]


def test_editions_are_the_released_versions_in_other_languages() -> None:
    key = a_key()
    english, vietnamese, alone = a_story(edition_key=key), a_story(edition_key=key, locale=VI), a_story()
    for story in (vietnamese, english, alone):
        released(story)
    assert [edition.document for edition in LedgerReader().editions(key)] == [english, vietnamese]

    withdrawn(english)
    assert [edition.subject for edition in LedgerReader().editions(key)] == [vietnamese.subject]
    released(a_byline())
    assert LedgerReader().editions("") == ()


def test_an_address_still_leads_to_the_withdrawn_story() -> None:
    story = a_story()
    released(story)
    withdrawn(story)

    assert LedgerReader().subject_at(locale=EN, slug=story.address.slug) == story.subject
    assert LedgerReader().subject_at(locale=VI, slug=story.address.slug) is None
    assert LedgerReader().subject_at(locale=EN, slug=Slug("nothing")) is None


def test_standings_hold_every_subject_of_the_kind_in_any_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_BATCH", 2)
    stories = [a_story() for _ in range(5)]
    for story in stories:
        released(story)
        released(changed(story, locale=VI))
    withdrawn(stories[0])
    released(a_section())

    standings = list(LedgerReader().standings("story", EN))
    assert {standing.subject for standing in standings} == {story.subject for story in stories}
    assert [standing.document for standing in standings if standing.state is State.WITHDRAWN] == [None]
    assert len(list(LedgerReader().standings("story"))) == 10
    assert list(LedgerReader().standings("picture")) == []


def test_versions_tell_the_whole_history_of_one_locale() -> None:
    story = a_story()
    records = [released(story), released(changed(story, headline="Later"), act=Act.UPDATE), withdrawn(story)]
    released(changed(story, locale=VI))

    assert LedgerReader().versions(story.subject, EN) == tuple(records)
    assert LedgerReader().locales(story.subject) == (EN, VI)
    assert LedgerReader().versions(a_story().subject, EN) == ()


def test_what_is_not_there_is_said() -> None:
    reader = LedgerReader()
    assert reader.last_number() == 0
    assert reader.current(Urn("urn:broadsheet:story:none"), EN) is None
    with pytest.raises(UnknownSubject, match="release 7"):
        reader.record(7)
    with pytest.raises(BadDocument, match="ab" * 32):
        reader.document("ab" * 32)
    with pytest.raises(BadDocument):
        reader.envelope("ab" * 32)


def test_a_reader_decodes_a_document_once_and_never_keeps_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_KEPT_DOCUMENTS", 2)
    stories = [a_story() for _ in range(4)]
    for story in stories:
        released(story)
    reader = LedgerReader()

    assert counted(lambda: reader.current(stories[0].subject, EN)) == 2
    assert counted(lambda: reader.current(stories[0].subject, EN)) == 1
    assert [standing.document for standing in reader.standings("story")] == stories
    assert len(reader._kept) == 2
    assert counted(lambda: reader.current(stories[0].subject, EN)) == 2


READS: dict[str, tuple[Callable[[LedgerReader, Urn], Any], int]] = {
    "current": (lambda reader, subject: reader.current(subject, EN), 2),
    "placed": (lambda reader, _: reader.placed(list_name="newest", locale=EN, limit=10), 1),
    "editions": (lambda reader, subject: reader.editions(subject.rsplit(":", 1)[1]), 2),
    "subject_at": (lambda reader, _: reader.subject_at(locale=EN, slug=Slug("ferry")), 1),
    "standings": (lambda reader, _: list(reader.standings("story", EN)), 3),
    "versions": (lambda reader, subject: reader.versions(subject, EN), 1),
    "last_number": (lambda reader, _: reader.last_number(), 1),
    "chain_end": (lambda reader, _: reader.chain_end(), 1),
    "record": (lambda reader, _: reader.record(1), 1),
}


@pytest.mark.parametrize("name", READS)
def test_a_read_costs_the_same_number_of_queries_however_much_there_is(name: str) -> None:
    read, cost = READS[name]
    story = a_story()
    released(story)
    assert counted(lambda: read(LedgerReader(), story.subject)) == cost
    for _ in range(30):
        released(a_story())
    assert counted(lambda: read(LedgerReader(), story.subject)) == cost


def test_an_append_costs_the_same_number_of_queries_however_much_there_is() -> None:
    story = a_story()
    released(story)
    with CaptureQueriesContext(connection) as first:
        released(changed(story, headline="Second"), act=Act.UPDATE)
    for _ in range(30):
        released(a_story())
    with CaptureQueriesContext(connection) as second:
        released(changed(story, headline="Third"), act=Act.UPDATE)
    assert len(first) == len(second)
