"""The demo paper's files: every story is whole in each language it has, and every picture is ours to show."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

import pytest

from broadsheet.demo import values as demo
from broadsheet.demo.blocks import (
    Block,
    FactBox,
    Gallery,
    Heading,
    ItemList,
    Paragraph,
    PullQuote,
    Quotation,
    Table,
    Timeline,
)
from broadsheet.ledger.values import Genre
from broadsheet.plain.html import clean_inline

NEWSROOM = demo.read_newsroom()
STORIES = demo.read_stories()
TOPICS = demo.read_topics()
RELEASED = [story for story in STORIES if story.stage is demo.Stage.RELEASED]


LOCALES = {"en", "vi", "es", "fr", "ar"}
#: Vietnamese months are numbers; the other languages name them.
VIETNAMESE_MONTH = re.compile(r"\b[Tt]háng \d+")


def words_of_block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text) | Heading(text=text):
            yield text
        case ItemList(items=items):
            yield from items
        case Quotation(words=words) | PullQuote(words=words):
            yield words
        case FactBox():
            yield from (block.title, *block.paragraphs)
        case Gallery():
            yield block.title
            for use in block.pictures:
                yield from (use.caption, use.alt)
        case Table():
            yield from (block.title, *(cell for row in block.rows for cell in row))
        case Timeline():
            yield block.title
            for event in block.events:
                yield from (event.when, event.words)


def words_of(version: demo.Version) -> Iterator[str]:
    yield from (version.headline, version.standfirst, version.caption, version.alt)
    for block in version.body:
        yield from words_of_block(block)


def shape_of(block: Block) -> tuple[str, int]:
    """Tell a block's kind and how many parts it has."""
    return type(block).__name__, len(list(words_of_block(block)))


def figures_of(version: demo.Version) -> Counter[str]:
    return Counter(re.findall(r"\d+", VIETNAMESE_MONTH.sub("", " ".join(words_of(version)))))


def test_released_stories_stand_in_six_sections_in_english_and_vietnamese() -> None:
    assert len(NEWSROOM.sections) == 6
    assert {story.section for story in RELEASED} == {section.key for section in NEWSROOM.sections}
    assert all({"en", "vi"} <= set(story.versions) <= LOCALES for story in RELEASED)


def test_sections_and_agencies_are_named_in_every_language() -> None:
    for section in NEWSROOM.sections:
        assert set(section.titles) == set(section.descriptions) == LOCALES
    assert all(set(byline.names) == LOCALES - {"en"} for byline in NEWSROOM.bylines if byline.is_agency)
    assert all("ar" in byline.names for byline in NEWSROOM.bylines)


def test_every_story_is_about_something_that_each_language_describes() -> None:
    assert all(story.topics for story in STORIES)
    assert {topic.kind for topic in TOPICS} == {"topic", "person", "place"}
    assert all(set(topic.descriptions) == LOCALES for topic in TOPICS)
    assert all(set(topic.names) <= LOCALES - {"en"} for topic in TOPICS)
    assert all("ar" in topic.names for topic in TOPICS)
    assert all(set(topic.names) >= {"es", "fr", "ar"} for topic in TOPICS if topic.kind == "topic")


def test_the_newest_story_of_each_language_has_a_picture_for_the_front() -> None:
    for locale in LOCALES:
        assert [story for story in RELEASED if locale in story.versions][-1].picture


def test_every_section_has_a_story_in_each_language_and_every_type_one_story() -> None:
    for locale in LOCALES:
        spoken = {story.section for story in RELEASED if locale in story.versions}
        assert spoken == {section.key for section in NEWSROOM.sections}
    assert {story.genre for story in RELEASED} == set(get_args(Genre))


def test_every_kind_of_block_is_somewhere() -> None:
    used = {type(block) for story in RELEASED for version in story.versions.values() for block in version.body}
    assert used == set(get_args(Block))


def test_the_desk_has_a_draft_and_a_story_waiting() -> None:
    assert {story.stage for story in STORIES} == set(demo.Stage)


@pytest.mark.parametrize("story", RELEASED, ids=lambda story: story.key)
def test_all_languages_of_a_story_say_the_same_in_the_same_blocks(story: demo.DemoStory) -> None:
    first, *others = story.versions.values()
    for version in others:
        assert [shape_of(block) for block in version.body] == [shape_of(block) for block in first.body]
        assert figures_of(version) == figures_of(first)
        assert [credited.byline for credited in version.bylines] == [credited.byline for credited in first.bylines]
        assert [(each.url, each.locale) for each in version.sources] == [
            (each.url, each.locale) for each in first.sources
        ]
    for version in story.versions.values():
        assert all([version.standfirst, version.place, version.sources])
        assert bool(story.picture) == bool(version.caption) == bool(version.alt)


@pytest.mark.parametrize("story", RELEASED, ids=lambda story: story.key)
def test_words_said_in_another_language_are_kept(story: demo.DemoStory) -> None:
    quotations = [
        (locale, block)
        for locale, version in story.versions.items()
        for block in version.body
        if isinstance(block, Quotation)
    ]
    assert not quotations or any(block.original for _, block in quotations)
    for locale, block in quotations:
        assert block.speaker
        assert bool(block.original) == (block.original_locale is not None)
        assert block.original_locale != locale


def test_a_pull_quote_is_a_sentence_of_its_story() -> None:
    for story in STORIES:
        for version in story.versions.values():
            told = " ".join(block.text for block in version.body if isinstance(block, Paragraph))
            assert all(block.words in told for block in version.body if isinstance(block, PullQuote))


def test_no_two_stories_are_published_at_the_same_minute_and_all_in_the_last_days() -> None:
    ages = [story.minutes_before for story in STORIES if story.day is None]
    assert all(older > newer > 0 for older, newer in pairwise(ages))
    assert max(ages) < 7 * 24 * 60


def test_each_reference_leads_somewhere() -> None:
    bylines = {byline.key for byline in NEWSROOM.bylines}
    used = {credited.byline for story in STORIES for version in story.versions.values() for credited in version.bylines}
    assert used == bylines
    assert {key for story in STORIES for key in story.topics} == {topic.key for topic in TOPICS}
    shown = {story.picture for story in RELEASED if story.picture}
    for block in (block for story in RELEASED for version in story.versions.values() for block in version.body):
        shown |= {use.file for use in block.pictures} if isinstance(block, Gallery) else set()
    assert shown == {picture.file for picture in NEWSROOM.pictures}


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
            for text in words_of(version):
                assert unicodedata.is_normalized("NFC", text)
                assert clean_inline(text) == text


def test_every_standing_page_says_the_same_blocks_in_every_language_in_clean_markup() -> None:
    pages = demo.read_pages()
    assert [page.key for page in pages] == ["about", "contact"]
    for page in pages:
        assert set(page.versions) == LOCALES
        english = [shape_of(block) for block in page.versions["en"].body]
        for version in page.versions.values():
            assert [shape_of(block) for block in version.body] == english
            for text in (text for block in version.body for text in words_of_block(block)):
                assert clean_inline(text) == text


def test_each_role_has_a_log_in_of_its_own() -> None:
    groups = [person.group for person in NEWSROOM.people]
    assert sorted(groups) == ["", "", "Chief editors", "Editors", "Inspectors", "Photo editors", "Reporters"]
    assert len({person.login for person in NEWSROOM.people}) == 7
