"""The values of facts: what the press keeps digests of, and what sheets are gathered from. All frozen and plain."""

from __future__ import annotations

import msgspec

from broadsheet.edition.calendars import Month
from broadsheet.ledger.arrangements import FrontLayout
from broadsheet.ledger.values import Genre, LanguageLine, State, TopicKind
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug
from broadsheet.plain.times import UtcTime
from broadsheet.plain.urns import Urn, make_urn
from broadsheet.press.values import SheetPath, Subject

#: The paper itself is one subject with one key.
PAPER_URN = make_urn("paper", "paper")

#: Not a subject of the ledger: post a notice of this when the product, its templates or its words have changed.
THE_HOUSE = Subject("house", "mul")


class PaperLine(msgspec.Struct, frozen=True):
    """The paper. ``languages`` in its own order, at least one; ``since`` is when the ledger first heard of it."""

    name: str
    base_url: str
    zone: str
    languages: tuple[LanguageLine, ...]
    since: UtcTime

    @property
    def locales(self) -> tuple[Locale, ...]:
        """The languages' codes, in the paper's order."""
        return tuple(language.locale for language in self.languages)


class SectionLine(msgspec.Struct, frozen=True):
    """A section as menus and kickers name it."""

    key: str
    title: str


class SectionFront(msgspec.Struct, frozen=True):
    """A section as its own front shows it."""

    key: str
    title: str
    description: str


class Place(msgspec.Struct, frozen=True):
    """Where a story stands, also once it was removed: the press compares it before and after.

    ``kill_notice`` is what readers are told of a killed story; empty for any other.
    """

    state: State
    path: SheetPath
    slug: Slug
    section: Urn
    bylines: tuple[Urn, ...]
    edition_key: str
    kill_notice: str = ""
    #: None in what was kept before lists had months, and of an erased story.
    published_at: UtcTime | None = None
    #: When it was corrected, oldest first.
    corrected_at: tuple[UtcTime, ...] = ()
    #: None in what was kept before there were topics.
    topics: tuple[Urn, ...] = ()

    @property
    def among(self) -> tuple[Urn, ...]:
        """The section, bylines and topics among whose stories it is."""
        return (self.section, *self.bylines, *self.topics)


class PagePlace(msgspec.Struct, frozen=True):
    """Where a standing page stands, also once it was removed."""

    state: State
    path: SheetPath
    slug: Slug
    edition_key: str
    kill_notice: str = ""
    #: When it was corrected, oldest first.
    corrected_at: tuple[UtcTime, ...] = ()


class NavigationLine(msgspec.Struct, frozen=True):
    """One link of the head or foot. ``path`` is a site path, or empty where ``url`` leads out of the site.

    ``text`` is empty for the front without a label: every page says that in its own words.
    """

    text: str
    path: str = ""
    url: str = ""


class NavigationLines(msgspec.Struct, frozen=True):
    """The links of the head and of the foot, in order; every one leads to what readers can have."""

    menu: tuple[NavigationLine, ...]
    footer: tuple[NavigationLine, ...]


class Card(msgspec.Struct, frozen=True):
    """What a list shows of a story. ``picture`` is the lead picture, ``alt`` its words over this story."""

    path: SheetPath
    headline: str
    standfirst: str
    section: Urn
    published_at: UtcTime
    picture: Urn | None = None
    alt: str = ""
    genre: Genre = "news"


class StripLine(msgspec.Struct, frozen=True):
    """A sentence over a front. ``path`` is empty where it leads nowhere."""

    words: str
    path: str = ""


class Arrangement(msgspec.Struct, frozen=True):
    """What an editor put on a front, all of it before readers now: stories by name, each once.

    There may be fewer ``slots`` than the layout has places.
    """

    layout: FrontLayout
    slots: tuple[Urn, ...] = ()
    featured: tuple[Urn, ...] = ()
    strip: StripLine | None = None


class CorrectionLine(msgspec.Struct, frozen=True):
    """A correction in the list of all of them: of what, what was wrong and is right now, and when."""

    path: SheetPath
    title: str
    words: str
    at: UtcTime


class StoryLine(msgspec.Struct, frozen=True):
    """What a list of a month or a day says of a story."""

    path: SheetPath
    headline: str
    published_at: UtcTime
    genre: Genre = "news"


class SitemapLine(msgspec.Struct, frozen=True):
    """A story's address and when what stands there was last changed, whether readers were told of it or not."""

    path: SheetPath
    changed_at: UtcTime


class Shelf(msgspec.Struct, frozen=True):
    """The months of a list, newest first, and the address they stand below; it is empty while there is none."""

    path: str
    months: tuple[Month, ...]


class Near(msgspec.Struct, frozen=True):
    """The buckets before and after one, written as in addresses (``2026-03``); empty where it is the last."""

    earlier: str
    later: str


class BylineLine(msgspec.Struct, frozen=True):
    """A byline in one language. ``path`` is empty while it has no story there."""

    subject: Urn
    key: Slug
    name: str
    is_agency: bool
    path: str
    #: Erased by order: no story says the name any more.
    is_erased: bool = False


class TopicLine(msgspec.Struct, frozen=True):
    """A topic, person or place in one language. ``path`` is empty while no story there is about it."""

    subject: Urn
    key: Slug
    name: str
    kind: TopicKind
    path: str


class TopicEntry(msgspec.Struct, frozen=True):
    """A topic in the list of all of them."""

    name: str
    path: SheetPath
    kind: TopicKind


class AuthorLine(msgspec.Struct, frozen=True):
    """A byline in the list of all of them."""

    name: str
    path: SheetPath


class SizeLine(msgspec.Struct, frozen=True):
    """One file of a picture. Units: pixels."""

    path: SheetPath
    width_px: int
    height_px: int


class PictureLine(msgspec.Struct, frozen=True):
    """A picture wherever it is shown. Sizes smallest first, never empty; focal point in percent from the top left."""

    credit: str
    focal_x: int
    focal_y: int
    jpeg: tuple[SizeLine, ...]
    webp: tuple[SizeLine, ...]
    #: Cut for link previews on other sites.
    social: SizeLine


class EditionLine(msgspec.Struct, frozen=True):
    """A released language version of a story or standing page."""

    locale: Locale
    path: SheetPath
    headline: str
    published_at: UtcTime
