"""What is withdrawn, killed, taken down or erased leaves every page that said it, and no other changes."""

from datetime import timedelta

from broadsheet.press.values import Form
from tests.factories.edition import address, searched, words
from tests.factories.ledger import (
    NOW,
    VI,
    a_byline,
    a_byline_use,
    a_paragraph,
    a_story,
    erased,
    killed,
    released,
    taken_down,
    withdrawn,
)
from tests.rooms.edition.conftest import Paper
from tests.rooms.edition.sheets import AROUND, BUCKETS


def test_a_withdrawn_story_is_gone_first_and_then_dropped_by_the_lists(paper: Paper) -> None:
    released(story := a_story(headline="Too early"))
    paper.press()
    withdrawn(story)
    written = paper.press()
    assert written[0] == address(story)
    assert set(written) == {address(story), searched(story), *AROUND}
    assert written[-4:] == BUCKETS, "what is empty goes once nothing leads there"
    gone = paper.read(address(story))
    assert gone is not None
    assert gone.form is Form.GONE
    assert not any(b"Too early" in stored.data for stored in paper.store.sheets.values())


def test_a_story_released_again_stands_at_its_old_address(paper: Paper) -> None:
    released(story := a_story())
    withdrawn(story)
    paper.press()
    released(story, at=NOW + timedelta(days=1))
    paper.press()
    stored = paper.read(address(story))
    assert stored is not None
    assert stored.form is Form.PAGE


def test_a_linked_story_that_is_withdrawn_is_no_longer_linked(paper: Paper) -> None:
    released(target := a_story())
    released(story := a_story(body=(a_paragraph(f'<a href="{target.subject}">the ferry</a>'),)))
    paper.press()
    assert paper.page(address(story)).xpath("//div[@class='body']//a/@href") == [address(target)]
    withdrawn(target)
    paper.press()
    assert paper.page(address(story)).xpath("//div[@class='body']//a") == []
    assert words(paper.page(address(story)), "//div[@class='body']/p") == ["the ferry"]


def test_a_killed_story_says_the_papers_words_before_any_list_changes(paper: Paper) -> None:
    released(story := a_story(headline="Too good to be true"))
    paper.press()
    killed(story, words="The minister said <nothing> of the kind.")
    written = paper.press()
    assert written[0] == address(story)
    assert set(written) == {address(story), searched(story), *AROUND}
    gone = paper.read(address(story))
    assert gone is not None
    assert gone.form is Form.GONE
    assert words(paper.page(address(story)), "//p[@class='kill']") == ["The minister said <nothing> of the kind."]
    assert not any(b"Too good" in stored.data for stored in paper.store.sheets.values())


def test_what_was_withdrawn_and_then_killed_says_so(paper: Paper) -> None:
    released(story := a_story())
    withdrawn(story)
    paper.press()
    killed(story, words="Invented.")
    assert paper.press() == [address(story)]
    assert words(paper.page(address(story)), "//p[@class='kill']") == ["Invented."]


def test_a_story_taken_down_looks_like_a_withdrawn_one(paper: Paper) -> None:
    released(story := a_story())
    withdrawn(story)
    paper.press()
    neutral = paper.read(address(story))
    released(story)
    paper.press()
    taken_down(story, reference="Order 12/2026")
    paper.press()
    assert paper.read(address(story)) == neutral
    assert not any(b"12/2026" in stored.data for stored in paper.store.sheets.values())


def test_an_erased_story_looks_like_one_that_was_taken_down_though_no_document_of_it_is_left(paper: Paper) -> None:
    released(story := a_story(headline="Zanzibarine affair"))
    taken_down(story)
    paper.press()
    neutral = paper.read(address(story))
    released(story)
    paper.press()
    erased(story, reference="Order 12/2026")
    assert set(paper.press()) == {address(story), searched(story), *AROUND}
    assert paper.read(address(story)) == neutral
    for words_of_it in (b"12/2026", b"Zanzibarine"):
        assert not any(words_of_it in stored.data for stored in paper.store.sheets.values())
    assert paper.press() == []


def test_a_killed_story_that_is_erased_no_longer_says_why_it_was_killed(paper: Paper) -> None:
    released(story := a_story())
    killed(story, words="Invented.")
    paper.press()
    erased(story)
    assert paper.press() == [address(story)]
    assert words(paper.page(address(story)), "//p[@class='kill']") == []


def test_a_version_in_another_language_that_is_erased_leaves_the_menus_of_the_others(paper: Paper) -> None:
    released(english := a_story())
    released(vietnamese := a_story(locale=VI, edition_key=english.edition_key))
    paper.press()
    erased(vietnamese)
    paper.press()
    assert paper.page(address(english)).xpath("//p[@class='versions']") == []


def test_an_erased_byline_has_no_page_and_stands_over_no_story(paper: Paper) -> None:
    released(byline := a_byline(name="Zanzibarine Nguyễn", key="zanzibarine"))
    released(other := a_byline(name="Lan", key="lan"))
    uses = tuple(a_byline_use(each.subject, name=each.name) for each in (byline, other))
    released(story := a_story(bylines=uses))
    paper.press()
    assert words(paper.page(address(story)), "//*[@rel='author']") == ["Zanzibarine Nguyễn", "Lan"]
    assert words(paper.page("/en/by/zanzibarine/"), "//h1") == ["Zanzibarine Nguyễn"]
    erased(byline)
    assert address(story) in paper.press()
    assert not any(b"anzibarine" in stored.data for stored in paper.store.sheets.values())
    assert "/en/by/zanzibarine/" not in paper.store.sheets
    assert words(paper.page(address(story)), "//*[@rel='author']") == ["Lan"]
    assert paper.press() == []
