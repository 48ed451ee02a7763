"""What the templates show: plain values, everything already decided. One Struct per template.

Text is plain and is escaped by the template; a field of type SafeHtml is inline markup and is printed as it is.
Addresses are site paths that start with ``/`` unless the field says otherwise.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from broadsheet.edition.moments import Moment
from broadsheet.edition.shown_blocks import ShownBlock, ShownPicture
from broadsheet.ledger.values import Genre, TopicKind
from broadsheet.plain.locales import Locale


class Link(msgspec.Struct, frozen=True):
    """Words that lead somewhere. ``here`` when they lead to the page they stand on; ``leaves`` when out of the site.

    ``path`` is a site path, or where the link leaves a whole address.
    """

    text: str
    path: str
    here: bool = False
    leaves: bool = False


class LanguageLink(msgspec.Struct, frozen=True):
    """A language of the menu. ``is_version`` when the page there says the same as this one, in that language."""

    locale: Locale
    direction: Literal["ltr", "rtl"]
    name: str
    path: str
    here: bool
    is_version: bool


class SocialImage(msgspec.Struct, frozen=True):
    """The picture other sites show beside a link to the page. ``url`` is whole."""

    url: str
    width_px: int
    height_px: int
    alt: str


class Nameplate(msgspec.Struct, frozen=True):
    """A drawing of the paper's name, in place of the name set in type."""

    path: str
    width_px: int
    height_px: int


class DraftSkin(msgspec.Struct, frozen=True):
    """What a preview needs in place of published files: the stylesheet's text, and where links lead."""

    style: str
    base_url: str


class Frame(msgspec.Struct, frozen=True):
    """What stands around every page of the site, and in its head."""

    locale: Locale
    direction: Literal["ltr", "rtl"]
    paper: str
    base_url: str
    #: The whole address of the page; empty where it must not be found by search engines.
    canonical: str
    title: str
    description: str
    home: str
    feed: str
    search: str
    manifest: str
    #: Where the breaking strip of the language can be loaded from.
    breaking: str
    #: Lists of all there is, for the foot.
    indexes: tuple[Link, ...]
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    languages: tuple[LanguageLink, ...]
    #: The version for readers who know no language of the paper; empty where the page has no versions.
    for_all: str
    nameplate: Nameplate | None
    #: What a link to the paper leads to; empty where it says nothing.
    contact: str
    #: Lines at the foot of the page.
    foot: tuple[str, ...]
    stylesheet: str
    script: str
    #: Asked for before the stylesheet is read.
    fonts: tuple[str, ...]
    mark: str
    social: SocialImage
    og_type: Literal["article", "website"]
    og_locale: str
    draft: DraftSkin | None = None


class Author(msgspec.Struct, frozen=True):
    """A name over a story. ``path`` is empty where the byline has no page."""

    name: str
    role: str
    path: str
    is_agency: bool


class TopicLink(msgspec.Struct, frozen=True):
    """What a story is about, and where the other stories about it are."""

    name: str
    kind: TopicKind
    path: str


class NamedSource(msgspec.Struct, frozen=True):
    """A source named to the reader. ``url`` is whole, or empty; ``language`` in the words of the page, or empty."""

    name: str
    url: str
    locale: str
    language: str


class ShownCorrection(msgspec.Struct, frozen=True):
    """What was put right, and when."""

    words: str
    at: Moment


class StoryText(msgspec.Struct, frozen=True):
    """A story without what stands around it: the page and the feed print the same."""

    headline: str
    standfirst: str
    authors: tuple[Author, ...]
    dateline_place: str
    dateline_day: Moment | None
    published: Moment
    updated: Moment | None
    #: The last thing readers were told of: published, updated or corrected.
    changed: Moment
    lead: ShownPicture | None
    body: tuple[ShownBlock, ...]
    sources: tuple[NamedSource, ...]
    #: Oldest first.
    corrections: tuple[ShownCorrection, ...]
    genre: Genre
    #: What kind of story it is, in the words of the page; empty for news.
    label: str
    #: Those readers can have, in the story's order.
    topics: tuple[TopicLink, ...]


class StoryPage(msgspec.Struct, frozen=True):
    """A story's page. ``structured`` is its JSON-LD."""

    frame: Frame
    story: StoryText
    section: Link | None
    #: Where the newest headlines can be loaded from.
    latest: str
    structured: dict[str, Any]


class StandingPage(msgspec.Struct, frozen=True):
    """A standing page. ``structured`` is its JSON-LD."""

    frame: Frame
    title: str
    standfirst: str
    body: tuple[ShownBlock, ...]
    #: Oldest first.
    corrections: tuple[ShownCorrection, ...]
    structured: dict[str, Any]


class ShownCard(msgspec.Struct, frozen=True):
    """A story in a list."""

    path: str
    headline: str
    standfirst: str
    section: str
    published: Moment
    picture: ShownPicture | None
    genre: Genre
    #: What kind of story it is, in the words of the page; empty for news.
    label: str


class ShownStrip(msgspec.Struct, frozen=True):
    """A sentence over a front. ``path`` is empty where it leads nowhere."""

    words: str
    path: str


class FrontPage(msgspec.Struct, frozen=True):
    """A home front or that of a section, byline or topic. ``title`` is its headline, ``line`` what stands below.

    Shapes: where ``layout`` is empty nobody arranged it, and all its stories stand in ``cards``. Else those stand in
    the slots and among the featured that an editor put there, and ``cards`` has the newest of the others.
    """

    frame: Frame
    title: str
    line: str
    cards: tuple[ShownCard, ...]
    #: Where its older stories stand by month; empty while there are none.
    archive: str
    rss: str
    layout: str = ""
    slots: tuple[ShownCard, ...] = ()
    featured: tuple[ShownCard, ...] = ()
    strip: ShownStrip | None = None


class BarePage(msgspec.Struct, frozen=True):
    """A page that says one thing: there is nothing here."""

    frame: Frame


class SearchChoice(msgspec.Struct, frozen=True):
    """A section or language that hits may be narrowed to."""

    key: str
    name: str


class ResultsPage(msgspec.Struct, frozen=True):
    """The page that the reader server prints hits on; its template says what it fills in."""

    frame: Frame
    sections: tuple[SearchChoice, ...]
    languages: tuple[SearchChoice, ...]


class GonePage(msgspec.Struct, frozen=True):
    """The page in the place of a removed story or standing page. ``kill_notice`` is empty unless it was killed."""

    frame: Frame
    title: str
    kill_notice: str


class MovedPage(msgspec.Struct, frozen=True):
    """An address that leads elsewhere: to ``path``."""

    path: str


class PictureFile(msgspec.Struct, frozen=True):
    """A picture in one size, already finished: the file at ``path``."""

    path: str
