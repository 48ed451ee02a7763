"""The demo paper's files: every story is whole in each language it has, and every picture is ours to show."""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pytest

from broadsheet.demo import values as demo
from broadsheet.plain.html import clean_inline

NEWSROOM = demo.read_newsroom()
STORIES = demo.read_stories()
RELEASED = [story for story in STORIES if story.stage is demo.Stage.RELEASED]


def words_of(version: demo.Version) -> Iterator[str]:
    yield version.standfirst
    for block in version.body:
        match block:
            case demo.Paragraph(text=text) | demo.Heading(text=text):
                yield text
            case demo.ItemList(items=items):
                yield from items
            case demo.Quotation(words=words):
                yield words


def shape_of(version: demo.Version) -> list[str]:
    return [type(block).__name__ for block in version.body]


def test_six_released_stories_stand_in_four_sections_in_both_languages() -> None:
    assert len(RELEASED) == 6
    assert {story.section for story in RELEASED} == {section.key for section in NEWSROOM.sections}
    assert all(set(story.versions) == {"en", "vi"} for story in RELEASED)


def test_the_desk_has_a_draft_and_a_story_waiting() -> None:
    assert {story.stage for story in STORIES} == set(demo.Stage)


@pytest.mark.parametrize("story", RELEASED, ids=lambda story: story.key)
def test_both_languages_of_a_story_say_the_same_blocks(story: demo.DemoStory) -> None:
    assert shape_of(story.versions["en"]) == shape_of(story.versions["vi"])
    for version in story.versions.values():
        assert 250 <= len(" ".join(words_of(version)).split()) <= 460
        assert all([version.standfirst, version.place, version.caption, version.alt, version.sources])


@pytest.mark.parametrize("story", RELEASED, ids=lambda story: story.key)
def test_words_said_in_the_other_language_are_kept(story: demo.DemoStory) -> None:
    quotations = [
        (locale, block)
        for locale, version in story.versions.items()
        for block in version.body
        if isinstance(block, demo.Quotation)
    ]
    assert any(block.original for _, block in quotations)
    for locale, block in quotations:
        assert block.speaker
        assert bool(block.original) == (block.original_locale is not None)
        assert block.original_locale != locale


def test_no_two_stories_are_published_at_the_same_minute_and_all_in_the_last_days() -> None:
    ages = [story.minutes_before for story in STORIES]
    assert all(older > newer > 0 for older, newer in pairwise(ages))
    assert max(ages) < 7 * 24 * 60


def test_each_reference_leads_somewhere() -> None:
    bylines = {byline.key for byline in NEWSROOM.bylines}
    used = {credited.byline for story in STORIES for version in story.versions.values() for credited in version.bylines}
    assert used == bylines
    assert {story.picture for story in RELEASED} == {picture.file for picture in NEWSROOM.pictures}


def test_every_picture_is_small_and_its_licence_is_written_down() -> None:
    folder = demo.FOLDER / "pictures"
    credits_page = (folder / "CREDITS.md").read_text(encoding="utf-8")
    files = {path.name for path in folder.glob("*.jpg")}
    assert files == {picture.file for picture in NEWSROOM.pictures}
    for picture in NEWSROOM.pictures:
        assert f"| `{picture.file}` |" in credits_page
        assert all([picture.credit, picture.copyright])
        assert (folder / picture.file).stat().st_size <= 250_000


def test_texts_are_clean_inline_markup_in_composed_unicode() -> None:
    for story in STORIES:
        for version in story.versions.values():
            for text in [version.headline, version.caption, version.alt, *words_of(version)]:
                assert unicodedata.is_normalized("NFC", text)
                assert clean_inline(text) == text


def test_every_standing_page_says_the_same_blocks_in_both_languages_in_clean_markup() -> None:
    pages = demo.read_pages()
    assert [page.key for page in pages] == ["about", "contact"]
    for page in pages:
        english, vietnamese = page.versions["en"], page.versions["vi"]
        assert [type(block) for block in english.body] == [type(block) for block in vietnamese.body]
        for version in (english, vietnamese):
            for block in version.body:
                texts = block.items if isinstance(block, demo.ItemList) else [block.text]  # type: ignore[union-attr]
                assert [clean_inline(text) for text in texts] == list(texts)


def test_each_role_has_a_log_in_of_its_own() -> None:
    groups = [person.group for person in NEWSROOM.people]
    assert sorted(groups) == ["", "", "Chief editors", "Editors", "Inspectors", "Photo editors", "Reporters"]
    assert len({person.login for person in NEWSROOM.people}) == 7
