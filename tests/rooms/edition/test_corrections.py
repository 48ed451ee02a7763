"""All that was corrected stands in one place, by month, and leaves it with what it was about."""

from datetime import UTC, datetime

import msgspec
import pytest

from broadsheet.edition import correction_facts
from broadsheet.ledger.values import Act, Correction, PageDocument, StoryDocument
from tests.factories.edition import address, words
from tests.factories.ledger import VI, a_page, a_story, changed, released, withdrawn
from tests.rooms.edition.conftest import Paper

MARCH, APRIL = datetime(2026, 3, 10, 3, tzinfo=UTC), datetime(2026, 4, 10, 3, tzinfo=UTC)
NOTES = "//ul[@class='notes']/li/p[3]"


def corrected(document: StoryDocument | PageDocument, note: str, at: datetime) -> StoryDocument | PageDocument:
    """Release it with one more note, as the act does."""
    noted = msgspec.structs.replace(document, corrections=(*document.corrections, Correction(note, at)))
    released(noted, act=Act.CORRECT, at=at)
    return noted


def test_every_note_of_the_language_is_there_newest_first_with_what_it_is_about(paper: Paper) -> None:
    story, page = a_story(headline="Ferry"), a_page(title="About us")
    for document in (story, page, foreign := a_story(locale=VI)):
        released(document)
    corrected(corrected(story, "It was Tuesday.", MARCH), "It was <noon>.", APRIL)
    corrected(page, "The street is Sea Street.", APRIL.replace(hour=4))
    corrected(foreign, "Thứ ba.", APRIL)
    paper.press()
    shown = paper.page("/en/corrections/")
    assert words(shown, NOTES) == ["The street is Sea Street.", "It was <noon>.", "It was Tuesday."]
    assert shown.xpath("//ul[@class='notes']//a/@href") == ["/en/pages/about-us/", address(story), address(story)]
    assert words(shown, "//ul[@class='links']/li") == ["April 2026", "March 2026"]
    assert words(paper.page("/en/corrections/2026/03/"), NOTES) == ["It was Tuesday."]
    assert words(paper.page("/vi/corrections/"), NOTES) == ["Thứ ba."]


def test_a_correction_writes_its_month_and_the_newest_and_a_later_headline_too(paper: Paper) -> None:
    released(story := a_story())
    other = corrected(a_story(headline="Old"), "It was Tuesday.", MARCH)
    corrected(story, "It was noon.", MARCH)
    paper.press()
    assert isinstance(other, StoryDocument)
    released(changed(other, headline="New"), act=Act.UPDATE, at=APRIL)
    written = [path for path in paper.press() if "corrections" in path]
    assert written == ["/en/corrections/2026/03/", "/en/corrections/"]
    assert "New" in words(paper.page("/en/corrections/"), "//ul[@class='notes']//a")


def test_the_notes_of_a_withdrawn_story_go_and_its_month_with_the_last_of_them(paper: Paper) -> None:
    released(story := a_story())
    corrected(story, "It was Tuesday.", MARCH)
    paper.press()
    withdrawn(story, at=APRIL)
    paper.press()
    assert paper.read("/en/corrections/2026/03/") is None
    assert words(paper.page("/en/corrections/"), "//main//p") == ["Nothing yet."]
    assert not any(b"It was Tuesday" in stored.data for stored in paper.store.sheets.values())


def test_an_earlier_version_without_the_note_takes_it_from_the_list(paper: Paper) -> None:
    released(story := a_story())
    corrected(story, "It was Tuesday.", MARCH)
    paper.press()
    released(story, act=Act.RESTORE, at=APRIL)
    paper.press()
    assert paper.page("/en/corrections/").xpath(NOTES) == []
    assert paper.read("/en/corrections/2026/03/") is None


def test_the_first_page_ends_and_the_month_does_not(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(correction_facts, "NEWEST_CORRECTIONS", 2)
    for number in range(4):
        corrected(a_story(), f"Note {number}", MARCH.replace(minute=number))
    paper.press()
    assert words(paper.page("/en/corrections/"), NOTES) == ["Note 3", "Note 2"]
    assert len(paper.page("/en/corrections/2026/03/").xpath(NOTES)) == 4


def test_a_story_without_corrections_leaves_their_lists_alone(paper: Paper) -> None:
    corrected(a_story(), "It was Tuesday.", MARCH)
    paper.press()
    released(a_story())
    assert not [path for path in paper.press() if "corrections" in path]
