"""A released story as the page and the feed print it: every reading made, every link resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from broadsheet.edition import names
from broadsheet.edition.bodies import BodyGatherer
from broadsheet.edition.genres import genre_label
from broadsheet.edition.moments import shown_day, shown_time
from broadsheet.edition.pages import (
    Author,
    NamedSource,
    ShownCorrection,
    StoryText,
    TopicLink,
)
from broadsheet.edition.words import language_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from broadsheet.edition.values import BylineLine, PaperLine, PictureLine, TopicLine
    from broadsheet.ledger.values import (
        BylineUse,
        Correction,
        SourceUse,
        StoryDocument,
    )
    from broadsheet.plain.locales import Locale
    from broadsheet.press.composing import ReadFact
    from broadsheet.press.values import SheetPath


class GatheredStory(NamedTuple):
    """The story's text and the files it needs. ``lead`` is the picture that stands for it elsewhere."""

    text: StoryText
    files: tuple[SheetPath, ...]
    lead: PictureLine | None


class StoryGatherer:
    """Reads what one story shows. ``prefix`` stands before links inside the text (a feed wants whole addresses)."""

    def __init__(self, *, read: ReadFact, paper: PaperLine, story: StoryDocument, prefix: str = "") -> None:
        self._read = read
        self._paper = paper
        self._story = story
        self._body = BodyGatherer(read=read, paper=paper, locale=story.locale, prefix=prefix)

    def gather(self) -> GatheredStory:
        """Return the story. Pictures that are not out are left away."""
        story, zone, locale = self._story, self._paper.zone, self._story.locale
        dateline = story.dateline
        text = StoryText(
            headline=story.headline,
            standfirst=story.standfirst,
            authors=tuple(_author(use, line) for use, line in signing(story, self._read)),
            dateline_place=dateline.place if dateline else "",
            dateline_day=shown_day(dateline.day, locale=locale) if dateline and dateline.day else None,
            published=shown_time(story.published_at, zone, locale=locale),
            updated=shown_time(story.updated_at, zone, locale=locale) if story.updated_at else None,
            changed=shown_time(changed_at(story), zone, locale=locale),
            lead=self._body.picture(story.lead) if story.lead else None,
            body=self._body.gather(story.body),
            sources=tuple(_source(source, story.locale) for source in story.sources),
            genre=story.genre,
            label=genre_label(story.genre, locale),
            corrections=shown_corrections(story.corrections, zone=zone, locale=locale),
            topics=tuple(TopicLink(line.name, line.kind, line.path) for line in topics_of(story, self._read)),
        )
        lead: PictureLine | None = self._read(names.picture_fact(story.lead.picture)) if story.lead else None
        return GatheredStory(text, self._body.files, lead)


def shown_corrections(corrections: tuple[Correction, ...], *, zone: str, locale: Locale) -> tuple[ShownCorrection, ...]:
    """Return the notes as a page prints them."""
    return tuple(ShownCorrection(each.words, shown_time(each.at, zone, locale=locale)) for each in corrections)


def signing(story: StoryDocument, read: ReadFact) -> Iterator[tuple[BylineUse, BylineLine | None]]:
    """Yield the names as they were printed, each with its byline where that is out; none that was erased by order."""
    for use in story.bylines:
        line: BylineLine | None = read(names.line_fact(story.locale, use.byline))
        if line is None or not line.is_erased:
            yield use, line


def topics_of(story: StoryDocument, read: ReadFact) -> Iterator[TopicLine]:
    """Yield what the story is about, as far as readers can have it."""
    for topic in story.topics:
        line: TopicLine | None = read(names.line_fact(story.locale, topic))
        if line is not None and line.path:
            yield line


def _author(use: BylineUse, line: BylineLine | None) -> Author:
    path = line.path if line is not None else ""
    return Author(name=use.name, role=use.role, path=path, is_agency=line is not None and line.is_agency)


def changed_at(story: StoryDocument) -> datetime:
    """Return when readers were last told of a change of the story, else when it was published (UTC)."""
    return max([story.updated_at or story.published_at, *(correction.at for correction in story.corrections)])


def _source(source: SourceUse, locale: Locale) -> NamedSource:
    language = language_name(source.locale, shown_in=locale) if source.locale and source.locale != locale else ""
    # A source's address is typed by hand; anything but a web address stays out of the page.
    url = source.url if source.url.lower().startswith(("http://", "https://")) else ""
    return NamedSource(name=source.name, url=url, locale=source.locale or "", language=language)
