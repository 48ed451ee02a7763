"""Which facts there are, and how each is computed from the ledger. Sheets read nothing else.

A fact is settled, or moving: a list that changes with releases of other subjects. It must never depend on anything but the reader
and this product's own files.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from broadsheet.edition import calendar_facts, correction_facts, named_facts, redirects
from broadsheet.edition.addresses import PageSheet, StorySheet, page_address, path_of, story_path
from broadsheet.edition.arranging import arrangement, breaking
from broadsheet.edition.calendars import Month
from broadsheet.edition.environment import renderer_digest, template_digest
from broadsheet.edition.navigation import navigation_lines, section_lines
from broadsheet.edition.pictures import picture_line
from broadsheet.edition.reading import Reader, last_document, paper_locales, released
from broadsheet.edition.values import (
    PAPER_URN,
    Arrangement,
    AuthorLine,
    BylineLine,
    Card,
    CorrectionLine,
    EditionLine,
    NavigationLines,
    Near,
    PagePlace,
    PaperLine,
    PictureLine,
    Place,
    SectionFront,
    SectionLine,
    Shelf,
    SitemapLine,
    StoryLine,
    StripLine,
    TopicEntry,
    TopicLine,
)
from broadsheet.ledger.values import (
    ErasureDocument,
    PageDocument,
    PaperDocument,
    PictureDocument,
    SectionDocument,
    State,
    StoryDocument,
)
from broadsheet.plain.locales import MULTIPLE, Locale
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import Urn, make_urn

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.press.values import FactName

#: Stories on a front and in a feed.
NEWEST_STORIES: Final = 20


def compute(name: FactName, reader: Reader) -> Any:  # noqa: ANN401 - each kind has its own type, see _KINDS
    """Return the fact's value now, None where it does not exist."""
    kind, _, about = name.partition(":")
    return _KINDS[kind].compute(about, reader)


def decode(name: FactName, data: bytes) -> Any:  # noqa: ANN401 - as compute
    """Return a kept value as the type ``compute`` gives."""
    return msgspec.json.decode(data, type=_KINDS[name.partition(":")[0]].value_type)


def keeps_value(name: FactName) -> bool:
    """Return whether the value as last pressed is needed, to know what a change leaves behind."""
    return _KINDS[name.partition(":")[0]].kept


def is_moving(name: FactName) -> bool:
    """Return whether the fact changes with releases of other subjects; story sheets may not read it."""
    return _KINDS[name.partition(":")[0]].moves


def _paper(_about: str, reader: Reader) -> PaperLine | None:
    standing = reader.current(PAPER_URN, MULTIPLE)
    paper = standing.document if standing is not None else None
    if standing is None or not isinstance(paper, PaperDocument):
        return None
    return PaperLine(
        name=paper.name,
        base_url=paper.base_url,
        zone=paper.zone,
        languages=paper.languages,
        since=standing.first_released_at,
    )


def _sections(about: str, reader: Reader) -> tuple[SectionLine, ...]:
    return section_lines(Locale(about), reader)


def _navigation(about: str, reader: Reader) -> NavigationLines:
    return navigation_lines(Locale(about), reader)


def _page(about: str, reader: Reader) -> PageDocument | None:
    document = released(*_subject(about), reader)
    return document if isinstance(document, PageDocument) else None


def _page_place(about: str, reader: Reader) -> PagePlace | None:
    subject, locale = _subject(about)
    standing = reader.current(subject, locale)
    page = last_document(standing, reader) if standing is not None else None
    if standing is None or locale not in paper_locales(reader):
        return None
    if isinstance(page, ErasureDocument) and page.slug is not None:
        path = path_of(PageSheet(locale, page.slug))
        return PagePlace(state=State.ERASED, path=path, slug=page.slug, edition_key="")
    if not isinstance(page, PageDocument):
        return None
    return PagePlace(
        state=standing.state,
        path=path_of(page_address(page)),
        slug=page.slug,
        edition_key=page.edition_key,
        kill_notice=standing.removal.words if standing.removal is not None else "",
        corrected_at=tuple(correction.at for correction in page.corrections),
    )


def _section(about: str, reader: Reader) -> SectionFront | None:
    locale, _, key = about.partition(":")
    section = released(make_urn("section", key), Locale(locale), reader)
    if not isinstance(section, SectionDocument) or section.locale not in paper_locales(reader):
        return None
    return SectionFront(key=section.key, title=section.title, description=section.description)


def _story(about: str, reader: Reader) -> StoryDocument | None:
    document = released(*_subject(about), reader)
    return document if isinstance(document, StoryDocument) else None


def _card(about: str, reader: Reader) -> Card | None:
    story = _story(about, reader)
    if story is None:
        return None
    return Card(
        path=path_of(story_path(story)),
        headline=story.headline,
        standfirst=story.standfirst,
        section=story.section,
        published_at=story.published_at,
        picture=story.lead.picture if story.lead else None,
        alt=story.lead.alt if story.lead else "",
        genre=story.genre,
    )


def _place(about: str, reader: Reader) -> Place | None:
    subject, locale = _subject(about)
    standing = reader.current(subject, locale)
    story = last_document(standing, reader) if standing is not None else None
    if standing is None or locale not in paper_locales(reader):
        return None
    if isinstance(story, ErasureDocument):
        return _erased_place(story)
    if not isinstance(story, StoryDocument):
        return None
    return Place(
        state=standing.state,
        path=path_of(story_path(story)),
        slug=story.address.slug,
        section=story.section,
        bylines=tuple(use.byline for use in story.bylines),
        edition_key=story.edition_key,
        kill_notice=standing.removal.words if standing.removal is not None else "",
        published_at=story.published_at,
        corrected_at=tuple(correction.at for correction in story.corrections),
        topics=story.topics,
    )


def _erased_place(erasure: ErasureDocument) -> Place | None:
    """Return where an erased story stood: its page says that it is gone, and nothing leads there."""
    address = erasure.address
    if address is None:
        return None
    sheet = StorySheet(erasure.locale, address.section, address.day, address.slug)
    section = make_urn("section", address.section)
    return Place(
        state=State.ERASED, path=path_of(sheet), slug=address.slug, section=section, bylines=(), edition_key=""
    )


def _address(about: str, reader: Reader) -> Urn | None:
    locale, _, slug = about.partition(":")
    return reader.subject_at(locale=Locale(locale), slug=Slug(slug))


def _editions(about: str, reader: Reader) -> tuple[EditionLine, ...]:
    """Return the versions by locale, not in the paper's order: that may change without a notice of theirs."""
    locales = paper_locales(reader)
    versions = (standing.document for standing in reader.editions(about))
    return tuple(
        EditionLine(version.locale, path_of(_sheet_of(version)), _title_of(version), version.published_at)
        for version in versions
        if isinstance(version, StoryDocument | PageDocument) and version.locale in locales
    )


def _sheet_of(version: StoryDocument | PageDocument) -> StorySheet | PageSheet:
    return story_path(version) if isinstance(version, StoryDocument) else page_address(version)


def _title_of(version: StoryDocument | PageDocument) -> str:
    return version.headline if isinstance(version, StoryDocument) else version.title


def _picture(about: str, reader: Reader) -> PictureLine | None:
    picture = released(Urn(about), MULTIPLE, reader)
    return picture_line(picture) if isinstance(picture, PictureDocument) else None


def _list(about: str, reader: Reader) -> tuple[Urn, ...]:
    locale, _, list_name = about.partition(":")
    placed = reader.placed(list_name=list_name, locale=Locale(locale), limit=NEWEST_STORIES)
    return tuple(each.subject for each in placed)


def _template(about: str, _reader: Reader) -> str:
    return template_digest(about)


def _renderer(_about: str, _reader: Reader) -> str:
    return renderer_digest()


def _subject(about: str) -> tuple[Urn, Locale]:
    locale, _, urn = about.partition(":")
    return Urn(urn), Locale(locale)


class _Kind(NamedTuple):
    compute: Callable[[str, Reader], Any]
    value_type: Any
    kept: bool = False
    moves: bool = False


_KINDS: Final[dict[str, _Kind]] = {
    "paper": _Kind(_paper, PaperLine | None, kept=True),
    "sections": _Kind(_sections, tuple[SectionLine, ...]),
    "navigation": _Kind(_navigation, NavigationLines),
    "front": _Kind(arrangement, Arrangement | None, moves=True),
    "strip": _Kind(breaking, StripLine | None, moves=True),
    "page": _Kind(_page, PageDocument | None),
    "page-place": _Kind(_page_place, PagePlace | None, kept=True),
    "section": _Kind(_section, SectionFront | None),
    "story": _Kind(_story, StoryDocument | None),
    "card": _Kind(_card, Card | None),
    "place": _Kind(_place, Place | None, kept=True),
    "address": _Kind(_address, Urn | None),
    "editions": _Kind(_editions, tuple[EditionLine, ...]),
    "byline": _Kind(named_facts.byline_line, BylineLine | None, kept=True),
    "topic": _Kind(named_facts.topic_line, TopicLine | None, kept=True),
    "about": _Kind(named_facts.topic_about, str),
    "byline-key": _Kind(partial(named_facts.with_key, "byline"), Urn | None),
    "topic-key": _Kind(partial(named_facts.with_key, "topic"), Urn | None),
    "picture": _Kind(_picture, PictureLine | None, kept=True),
    "list": _Kind(_list, tuple[Urn, ...], kept=True, moves=True),
    "shelf": _Kind(calendar_facts.shelf, Shelf, kept=True, moves=True),
    "near": _Kind(calendar_facts.near, Near | None, kept=True, moves=True),
    "bucket": _Kind(calendar_facts.bucket_lines, tuple[StoryLine, ...], moves=True),
    "days": _Kind(calendar_facts.days, tuple[date, ...], kept=True, moves=True),
    "sitemap": _Kind(calendar_facts.sitemap, tuple[SitemapLine, ...], moves=True),
    "authors": _Kind(named_facts.authors, tuple[AuthorLine, ...], moves=True),
    "topics": _Kind(named_facts.topics, tuple[TopicEntry, ...], moves=True),
    "corrections": _Kind(correction_facts.corrections, tuple[CorrectionLine, ...], kept=True, moves=True),
    "corrected": _Kind(correction_facts.corrected_months, tuple[Month, ...], kept=True, moves=True),
    "window": _Kind(calendar_facts.window, tuple[StoryLine, ...], moves=True),
    "redirects": _Kind(redirects.shelf, dict[str, str], kept=True),
    "redirect": _Kind(redirects.target, str),
    "template": _Kind(_template, str),
    "renderer": _Kind(_renderer, str),
}
