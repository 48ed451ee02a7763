"""Standing pages and navigations show in head and foot of every page of their language, and nowhere else."""

import msgspec

from broadsheet.ledger.arrangements import SectionsEntry, SubjectEntry
from broadsheet.ledger.values import Act
from broadsheet.press.values import Form
from tests.factories.edition import address, words
from tests.factories.ledger import (
    a_navigation,
    a_page,
    a_paragraph,
    a_story,
    erased,
    killed,
    released,
    taken_down,
    withdrawn,
)
from tests.rooms.edition.conftest import Paper
from tests.rooms.edition.sheets import BUCKETS, ENGLISH


def test_a_released_page_stands_before_the_fronts_and_in_the_foot_of_every_page_of_its_language(paper: Paper) -> None:
    released(story := a_story())
    paper.press()
    released(a_page())
    written = paper.press()
    assert written.index("/en/pages/about-us/") < written.index("/en/")
    assert set(written) == {"/en/pages/about-us/", address(story), *ENGLISH, *BUCKETS[:3]}
    assert words(paper.page(address(story)), "//footer//li")[0] == "About us"


def test_another_text_of_a_page_is_on_its_own_sheet_only(paper: Paper) -> None:
    released(page := a_page())
    paper.press()
    released(msgspec.structs.replace(page, body=(a_paragraph("Quite another text."),)), act=Act.UPDATE)
    assert paper.press() == ["/en/pages/about-us/"]


def test_a_killed_page_says_the_papers_words_first_and_no_menu_leads_to_it(paper: Paper) -> None:
    released(page := a_page())
    released(a_navigation(menu=(SubjectEntry(page.subject),)))
    paper.press()
    killed(page, words="The address was <not> ours.")
    assert paper.press()[0] == "/en/pages/about-us/"
    sheet, gone = paper.read("/en/pages/about-us/"), paper.page("/en/pages/about-us/")
    assert sheet is not None
    assert sheet.form is Form.GONE
    assert words(gone, "//h1") == ["This page was killed"]
    assert words(gone, "//p[@class='kill']") == ["The address was <not> ours."]
    assert paper.page("/en/").xpath("//nav[@class='sections']") == []


def test_a_withdrawn_page_answers_gone_and_leaves_no_dead_link(paper: Paper) -> None:
    released(page := a_page())
    released(a_navigation(menu=(SectionsEntry(), SubjectEntry(page.subject))))
    paper.press()
    withdrawn(page)
    written = paper.press()
    assert written[0] == "/en/pages/about-us/"
    assert set(written[1:]) == ENGLISH
    gone = paper.read("/en/pages/about-us/")
    assert gone is not None
    assert gone.form is Form.GONE
    assert words(paper.page("/en/pages/about-us/"), "//h1") == ["This page is no longer available"]
    assert words(paper.page("/en/"), "//nav[@class='sections']//a") == ["News"]


def test_an_erased_standing_page_looks_like_one_that_was_taken_down(paper: Paper) -> None:
    released(page := a_page(title="Zanzibarine imprint"))
    taken_down(page)
    paper.press()
    neutral = paper.read("/en/pages/zanzibarine-imprint/")
    released(page)
    paper.press()
    erased(page, reference="Order 12/2026")
    assert "/en/pages/zanzibarine-imprint/" in paper.press()
    assert paper.read("/en/pages/zanzibarine-imprint/") == neutral
    for words_of_it in (b"12/2026", b"Zanzibarine"):
        assert not any(words_of_it in stored.data for stored in paper.store.sheets.values())
    assert paper.press() == []


def test_a_navigation_that_is_withdrawn_gives_way_to_what_was_there_before_it(paper: Paper) -> None:
    before = paper.read("/en/")
    released(navigation := a_navigation())
    assert set(paper.press()) == ENGLISH
    withdrawn(navigation)
    assert set(paper.press()) == ENGLISH
    assert paper.read("/en/") == before


def test_an_unchanged_navigation_presses_nothing(paper: Paper) -> None:
    released(a_navigation(menu=(SectionsEntry(),), footer=()))
    assert paper.press() == []
