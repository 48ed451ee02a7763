"""Stories as documents, and what keeps one from being released."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from broadsheet.desk.body_pictures import pictures_of
from broadsheet.desk.compiling.body import compile_body, rich_texts
from broadsheet.desk.compiling.corrections import corrections_of
from broadsheet.desk.compiling.links import link_targets
from broadsheet.desk.compiling.picture import draft_picture
from broadsheet.desk.compiling.picture_use import PictureWords, use_picture
from broadsheet.desk.compiling.readiness import body_problems, story_problems
from broadsheet.desk.compiling.topic import compile_topic
from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotAddressed, NotReady, Problem
from broadsheet.desk.models import Picture, Section, Story, StoryByline, Topic
from broadsheet.ledger.values import (
    Address,
    BylineUse,
    Dateline,
    PictureDocument,
    SourceUse,
    StoryDocument,
    TopicDocument,
)
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug, make_slug
from broadsheet.plain.times import day_in_zone, to_utc
from broadsheet.plain.urns import Urn, make_urn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from broadsheet.ledger.blocks import Block, PictureUse
    from broadsheet.ledger.values import Genre


class Draft(NamedTuple):
    """An unreleased story as a document, with the pictures it shows and the topics it names."""

    document: StoryDocument
    pictures: Mapping[Urn, PictureDocument]
    topics: tuple[TopicDocument, ...]


class _Place(NamedTuple):
    address: Address
    published_at: datetime


class _Read(NamedTuple):
    """What takes time to read, once for the problems of a story and for its document."""

    section: Section | None
    bylines: Sequence[StoryByline]
    topics: Sequence[Topic]
    blocks: tuple[Block, ...]
    astray: frozenset[int]


def compile_story(story: Story) -> StoryDocument:
    """Return the story as it is to be released.

    The act has written the address before: ``first_section_key``, ``first_day``, ``url_slug`` and ``published_at``.
    Raises: NotReady naming everything that is missing; NotAddressed.
    """
    read = _read(story)
    if problems := _problems(story, read):
        raise NotReady(problems)
    if not (story.first_section_key and story.first_day and story.url_slug and story.published_at):
        raise NotAddressed
    address = Address(section=story.first_section_key, day=story.first_day, slug=Slug(story.url_slug))
    return _document(story, _Place(address=address, published_at=to_utc(story.published_at)), read)


def problems_of(story: Story) -> tuple[Problem, ...]:
    """Return everything that stands between this draft and its release, in the order of the form; empty when ready."""
    return _problems(story, _read(story))


def compile_draft(story: Story, *, now: datetime, zone: str) -> Draft:
    """Return the draft as it would be released now, whatever is missing: what a preview shows.

    Shapes: a section or address that is missing is ``unknown``; a picture without credit has none.
    """
    read = _read(story)
    section = read.section
    day = story.first_day or day_in_zone(now, zone)
    address = Address(
        section=story.first_section_key or (section.key if section else "unknown"),
        day=day,
        slug=Slug(story.url_slug) if story.url_slug else make_slug(story.title, fallback=story.subject_key.hex),
    )
    document = _document(story, _Place(address=address, published_at=to_utc(story.published_at or now)), read)
    return Draft(
        document=document,
        pictures={make_urn("picture", p.subject_key.hex): draft_picture(p) for p in _pictures(story)},
        topics=tuple(map(compile_topic, read.topics)),
    )


def section_of(story: Story) -> Section | None:
    """Return the section the story stands in: its column, or for one never settled its parent in the tree."""
    if story.section is not None:
        section: Section = story.section
        return section
    parent = story.get_parent() if story.path else None
    specific = parent.specific if parent else None
    return specific if isinstance(specific, Section) else None


def topics_of(story: Story) -> Iterable[Topic]:
    """Return what the story is about, in order, each once; without rows where none is chosen yet, and erased ones."""
    chosen = (row.topic for row in story.topics.select_related("topic"))
    return dict.fromkeys(topic for topic in chosen if topic is not None and not topic.is_erased)


def _read(story: Story) -> _Read:
    targets, astray = link_targets(rich_texts(story.body))
    blocks = compile_body(story.body, locale=_locale_of(story), targets=targets, seed=story.subject_key)
    bylines = tuple(story.bylines.select_related("byline"))
    topics = tuple(topics_of(story))
    return _Read(section=section_of(story), bylines=bylines, topics=topics, blocks=tuple(blocks), astray=astray)


def _problems(story: Story, read: _Read) -> tuple[Problem, ...]:
    locale = _locale_of(story)
    return (
        *story_problems(story, section=read.section, bylines=read.bylines, topics=read.topics, locale=locale),
        *body_problems(story.body, blocks=read.blocks, astray=read.astray, locale=locale),
    )


def _document(story: Story, place: _Place, read: _Read) -> StoryDocument:
    locale, section = _locale_of(story), read.section
    return StoryDocument(
        subject=make_urn("story", story.subject_key.hex),
        locale=locale,
        edition_key=story.translation_key.hex,
        address=place.address,
        section=make_urn("section", section.key if section else place.address.section),
        headline=one_line(story.title),
        published_at=place.published_at,
        standfirst=one_line(story.standfirst),
        updated_at=to_utc(story.shown_updated_at) if story.shown_updated_at else None,
        body=read.blocks,
        bylines=tuple(_bylines(read.bylines, locale)),
        dateline=_dateline(one_line(story.dateline_place), story.dateline_day),
        lead=_lead(story, locale),
        sources=tuple(_sources(story)),
        genre=cast("Genre", story.genre),
        topics=tuple(make_urn("topic", topic.subject_key.hex) for topic in read.topics),
        corrections=corrections_of(story),
    )


def _locale_of(story: Story) -> Locale:
    return Locale(story.locale.language_code)


def _bylines(rows: Iterable[StoryByline], locale: Locale) -> Iterator[BylineUse]:
    """Yield the bylines as printed in this language; a row where none is chosen yet, or an erased one, is passed over."""
    for row in rows:
        if row.byline is None or row.byline.is_erased:
            continue
        names = {written.locale.language_code: written.name for written in row.byline.names.select_related("locale")}
        name = one_line(names.get(locale)) or one_line(row.byline.name)
        yield BylineUse(byline=make_urn("byline", row.byline.subject_key.hex), name=name, role=one_line(row.role))


def _dateline(place: str, day: date | None) -> Dateline | None:
    return Dateline(place=place, day=day) if place or day else None


def _lead(story: Story, locale: Locale) -> PictureUse | None:
    if story.lead_picture is None:
        return None
    words = PictureWords(caption=story.lead_caption, alt=story.lead_alt)
    return use_picture(story.lead_picture, block_id="lead", words=words, locale=locale)


def _sources(story: Story) -> Iterator[SourceUse]:
    for row in story.sources.all():
        if name := one_line(row.name):
            language = one_line(row.language)
            yield SourceUse(name=name, url=row.url.strip(), locale=Locale(language) if language else None)


def _pictures(story: Story) -> Iterator[Picture]:
    if story.lead_picture is not None:
        yield story.lead_picture
    yield from pictures_of(story.body)
