"""What the reader server's search works with: each released story as it is looked for, and the page for the hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition import names
from broadsheet.edition.frames import Head
from broadsheet.edition.genres import genre_label
from broadsheet.edition.moments import shown_time
from broadsheet.edition.pages import ResultsPage, SearchChoice
from broadsheet.edition.printing import printable
from broadsheet.edition.stories import signing, topics_of
from broadsheet.ledger.blocks import (
    FactBox,
    Gallery,
    Heading,
    ItemList,
    Paragraph,
    PictureUse,
    PullQuote,
    Quotation,
    Table,
    Timeline,
)
from broadsheet.ledger.values import State, StoryDocument
from broadsheet.plain.html import plain_text
from broadsheet.plain.searching import SearchSheet, search_address
from broadsheet.plain.urns import key_of, make_urn
from broadsheet.press.values import Form, Gathered, Rank, SheetPath

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.edition.gathering import Work
    from broadsheet.edition.values import Place, SectionFront, SectionLine
    from broadsheet.ledger.blocks import Aside, Block


def searched_sheet(work: Work, key: str) -> Gathered | None:
    """Return the story as it is looked for, None unless readers have it. Reads settled facts only."""
    subject = make_urn("story", key)
    place: Place | None = work.read(names.place_fact(work.locale, subject))
    story: StoryDocument | None = work.read(names.story_fact(work.locale, subject))
    if place is None or place.state is not State.RELEASED or story is None:
        return None
    section_key = key_of(story.section)
    section: SectionFront | None = work.read(names.section_fact(work.locale, section_key))
    label = genre_label(story.genre, work.locale)
    published = shown_time(story.published_at, work.paper.zone, locale=work.locale)
    sheet = SearchSheet(
        path=place.path,
        headline=printable(story.headline),
        standfirst=printable(story.standfirst),
        text=printable("\n".join(filter(None, _lines(work, story)))),
        section=section_key,
        section_title=printable(section.title) if section is not None else "",
        bylines=tuple(printable(use.name) for use, _line in signing(story, work.read)),
        published_iso=published.iso,
        published_shown=published.shown,
        genre=story.genre if label else "",
        label=label,
        topics=tuple(printable(line.name) for line in topics_of(story, work.read)),
    )
    return Gathered(template="", form=Form.FILE, rank=Rank.FEED, values=sheet)


def results_sheet(work: Work) -> Gathered:
    """Return the page for the hits in one language. It is printed at another address, and search engines keep out."""
    versions = {locale: SheetPath(search_address(locale)) for locale in work.paper.locales}
    title = work.titled(work.say("Search"))
    sections: tuple[SectionLine, ...] = work.read(names.sections_fact(work.locale))
    page = ResultsPage(
        frame=work.frame(Head(path=None, title=title, description="", versions=versions)),
        sections=tuple(SearchChoice(section.key, section.title) for section in sections),
        languages=tuple(SearchChoice(language.locale, language.name) for language in work.paper.languages),
    )
    return work.sheet("results.html", page, rank=Rank.LIST, form=Form.FILE)


def _lines(work: Work, story: StoryDocument) -> Iterator[str]:
    """Yield everything the story's page says below its standfirst."""
    if story.dateline is not None and story.dateline.place:
        yield story.dateline.place
    if story.lead is not None:
        yield from _caption(work, story.lead)
    for block in story.body:
        yield from _block_lines(work, block)
    yield from (source.name for source in story.sources)
    yield from (correction.words for correction in story.corrections)


def _block_lines(work: Work, block: Block) -> Iterator[str]:
    match block:
        case Paragraph(html=html):
            yield plain_text(html)
        case Heading(text=text):
            yield text
        case ItemList(items=items):
            yield from map(plain_text, items)
        case Quotation():
            yield from (plain_text(block.words), block.original, block.speaker, block.source)
        case PictureUse():
            yield from _caption(work, block)
        case _:
            yield from _lines_beside(work, block)


def _lines_beside(work: Work, block: Aside) -> Iterator[str]:
    """Yield what stands beside the running text."""
    match block:
        case Gallery(title=title, pictures=pictures):
            shown = [use for use in pictures if _is_out(work, use)]
            yield from (title, *(use.caption for use in shown)) if shown else ()
        case PullQuote(words=words, speaker=speaker):
            yield from (words, speaker)
        case Table(title=title, rows=rows):
            yield from (title, *(" ".join(row) for row in rows))
        case FactBox(title=title, paragraphs=paragraphs):
            yield from (title, *map(plain_text, paragraphs))
        case Timeline(title=title, events=events):
            yield from (title, *(f"{event.when} {plain_text(event.words)}" for event in events))


def _caption(work: Work, use: PictureUse) -> Iterator[str]:
    """Yield the caption where the picture is out: readers find nothing that no page says."""
    if use.caption and _is_out(work, use):
        yield use.caption


def _is_out(work: Work, use: PictureUse) -> bool:
    return work.read(names.picture_fact(use.picture)) is not None
