"""Fronts: the home of a language, a section, a byline, a topic. All show stories as cards: what an editor arranged, then the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.edition import names
from broadsheet.edition.addresses import (
    ArchiveSheet,
    BylineSheet,
    Front,
    HomeSheet,
    RssSheet,
    SectionSheet,
    TopicSheet,
    path_of,
)
from broadsheet.edition.arranging import SLOTS
from broadsheet.edition.frames import Head
from broadsheet.edition.genres import genre_label
from broadsheet.edition.list_pages import BreakingPart, Headline, LatestPage
from broadsheet.edition.moments import shown_time
from broadsheet.edition.pages import FrontPage, ShownCard, ShownStrip
from broadsheet.edition.pictures import picture_files, shown_picture
from broadsheet.plain.urns import Urn, front_urn, key_of, make_urn
from broadsheet.press.values import Form, Gathered, Rank, SheetPath

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.edition.gathering import Work
    from broadsheet.edition.shown_blocks import ShownPicture
    from broadsheet.edition.values import (
        Arrangement,
        BylineLine,
        Card,
        PictureLine,
        SectionFront,
        SectionLine,
        Shelf,
        StripLine,
        TopicLine,
    )
    from broadsheet.plain.locales import Locale
    from broadsheet.plain.slugs import Slug
    from broadsheet.plain.urns import Kind


#: In the box of the newest headlines below a story.
LATEST_STORIES: Final = 6
_TEMPLATES: Final = {
    HomeSheet: "home.html",
    SectionSheet: "section.html",
    BylineSheet: "byline.html",
    TopicSheet: "section.html",
}


class NamedFront(NamedTuple):
    """What a front is called. ``title`` is empty on the home front: the paper's name is its headline."""

    list_name: str
    title: str
    line: str
    versions: Mapping[Locale, SheetPath]


class PlacedStories(NamedTuple):
    """Which stories stand where on a front. Without a layout all of them are the latest."""

    latest: tuple[Urn, ...]
    layout: str = ""
    slots: tuple[Urn, ...] = ()
    featured: tuple[Urn, ...] = ()
    strip: ShownStrip | None = None


def front_sheet(work: Work, front: Front) -> Gathered | None:
    """Return a front, None where there is no such section, or nobody and nothing of that name with a story in this language."""
    named = named_front(work, front)
    return _front_sheet(work, front, named) if named is not None else None


def latest_sheet(work: Work, front: HomeSheet | SectionSheet) -> Gathered | None:
    """Return the newest headlines of a front, None where there is no such front."""
    named = named_front(work, front)
    if named is None:
        return None
    stories: tuple[Urn, ...] = work.read(names.list_fact(work.locale, named.list_name))
    found: list[Card | None] = [work.read(names.card_fact(work.locale, story)) for story in stories[:LATEST_STORIES]]
    headlines = tuple(
        Headline(card.path, card.headline, card.genre, genre_label(card.genre, work.locale))
        for card in found
        if card is not None
    )
    return work.sheet("latest.html", LatestPage(work.locale, headlines), rank=Rank.FRAGMENT, form=Form.FILE)


def breaking_sheet(work: Work) -> Gathered:
    """Return the strip of the home front alone."""
    strip = _shown_strip(work, work.read(names.strip_fact(work.locale)))
    return work.sheet("breaking.html", BreakingPart(work.locale, strip), rank=Rank.FRAGMENT, form=Form.FILE)


def named_front(work: Work, front: Front) -> NamedFront | None:
    """Return what the front is called and which list it shows, None where there is no such front."""
    match front:
        case HomeSheet():
            line = next(each.description for each in work.paper.languages if each.locale == work.locale)
            versions = {locale: path_of(HomeSheet(locale)) for locale in work.paper.locales}
            return NamedFront(names.NEWEST, "", line, versions)
        case SectionSheet(key=key):
            return _named_section(work, key)
        case BylineSheet(key=key):
            return _named_everywhere(work, "byline", key)
        case TopicSheet(key=key):
            return _named_everywhere(work, "topic", key)


def _named_section(work: Work, key: str) -> NamedFront | None:
    section: SectionFront | None = work.read(names.section_fact(work.locale, key))
    if section is None:
        return None
    versions = {
        locale: path_of(SectionSheet(locale, key))
        for locale in work.paper.locales
        if work.read(names.section_fact(locale, key)) is not None
    }
    list_name = names.list_of(make_urn("section", key))
    return NamedFront(list_name, section.title, section.description, versions)


def _named_everywhere(work: Work, kind: Kind, key: Slug) -> NamedFront | None:
    """Return the front of a byline or topic: there is one in each language it has a story in."""
    subject: Urn | None = work.read(names.key_fact(kind, key))
    if subject is None:
        return None
    lines: dict[Locale, BylineLine | TopicLine | None] = {
        locale: work.read(names.line_fact(locale, subject)) for locale in work.paper.locales
    }
    here = lines[work.locale]
    if here is None or not here.path or here.key != key:
        return None
    versions = {locale: SheetPath(line.path) for locale, line in lines.items() if line is not None and line.path}
    said: str = work.read(names.about_fact(work.locale, subject)) if kind == "topic" else ""
    return NamedFront(names.list_of(subject), here.name, said, versions)


def _front_sheet(work: Work, front: Front, named: NamedFront) -> Gathered:
    placed = _placed(work, front, named.list_name)
    shelf: Shelf = work.read(names.shelf_fact(work.locale, named.list_name))
    cards = _cards(work, placed)
    pictures = {card.picture: _picture(work, card.picture) for card in cards.values() if card.picture is not None}
    head = Head(
        path=work.path,
        title=work.titled(named.title) if named.title else work.paper.name,
        description=named.line or named.title or work.say("The news of %(paper)s") % {"paper": work.paper.name},
        versions=named.versions,
    )
    names_sections = not isinstance(front, SectionSheet)
    shown = {story: _shown_card(work, card, pictures, names_sections=names_sections) for story, card in cards.items()}
    page = FrontPage(
        frame=work.frame(head),
        title=named.title,
        line=named.line,
        cards=tuple(shown[story] for story in placed.latest if story in shown),
        archive=work.link_prefix + path_of(ArchiveSheet(front)) if shelf.months else "",
        rss=path_of(RssSheet(front)),
        layout=placed.layout,
        slots=tuple(shown[story] for story in placed.slots if story in shown),
        featured=tuple(shown[story] for story in placed.featured if story in shown),
        strip=placed.strip,
    )
    files = tuple(path for line in pictures.values() if line is not None for path in picture_files(line))
    return work.sheet(_TEMPLATES[type(front)], page, rank=Rank.LIST, files=files)


def _placed(work: Work, front: Front, list_name: str) -> PlacedStories:
    """Return which story stands where: none twice, and a slot nobody filled has the newest there is."""
    newest: tuple[Urn, ...] = work.read(names.list_fact(work.locale, list_name))
    arranged = _arrangement(work, front)
    if arranged is None:
        return PlacedStories(latest=newest)
    above = {*arranged.slots, *arranged.featured}
    others = [story for story in newest if story not in above]
    empty = max(0, SLOTS[arranged.layout] - len(arranged.slots))
    return PlacedStories(
        layout=arranged.layout,
        slots=(*arranged.slots, *others[:empty]),
        featured=arranged.featured,
        latest=tuple(others[empty:]),
        strip=_shown_strip(work, arranged.strip),
    )


def _shown_strip(work: Work, strip: StripLine | None) -> ShownStrip | None:
    if strip is None:
        return None
    return ShownStrip(strip.words, work.link_prefix + strip.path if strip.path else "")


def _arrangement(work: Work, front: Front) -> Arrangement | None:
    if isinstance(front, BylineSheet | TopicSheet):
        return None
    urn = front_urn(front.key if isinstance(front, SectionSheet) else "")
    arranged: Arrangement | None = work.read(names.front_fact(work.locale, urn))
    return arranged


def _cards(work: Work, placed: PlacedStories) -> Mapping[Urn, Card]:
    stories = (*placed.slots, *placed.featured, *placed.latest)
    found: dict[Urn, Card | None] = {story: work.read(names.card_fact(work.locale, story)) for story in stories}
    return {story: card for story, card in found.items() if card is not None}


def _shown_card(
    work: Work, card: Card, pictures: Mapping[Urn, PictureLine | None], *, names_sections: bool
) -> ShownCard:
    line = pictures[card.picture] if card.picture is not None else None
    picture: ShownPicture | None = shown_picture(line, alt=card.alt) if line is not None else None
    sections: tuple[SectionLine, ...] = work.read(names.sections_fact(work.locale)) if names_sections else ()
    return ShownCard(
        path=work.link_prefix + card.path,
        headline=card.headline,
        standfirst=card.standfirst,
        section=next((each.title for each in sections if each.key == key_of(card.section)), ""),
        published=shown_time(card.published_at, work.paper.zone, locale=work.locale),
        picture=picture,
        genre=card.genre,
        label=genre_label(card.genre, work.locale),
    )


def _picture(work: Work, picture: Urn) -> PictureLine | None:
    line: PictureLine | None = work.read(names.picture_fact(picture))
    return line
