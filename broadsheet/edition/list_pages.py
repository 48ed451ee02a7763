"""What the templates of lists show: months and days, authors, topics, corrections, the newest headlines, the strip. As ``pages``."""

from __future__ import annotations

import msgspec

from broadsheet.edition.moments import Moment
from broadsheet.edition.pages import Frame, Link, ShownStrip
from broadsheet.ledger.values import Genre
from broadsheet.plain.locales import Locale


class Headline(msgspec.Struct, frozen=True):
    """A story in a list that has its headline alone."""

    path: str
    headline: str
    genre: Genre
    #: What kind of story it is, in the words of the page; empty for news.
    label: str


class ShownLine(Headline, frozen=True):
    """A story in a list of a month or a day. ``published`` shows the time alone."""

    published: Moment


class LineGroup(msgspec.Struct, frozen=True):
    """The stories of one day."""

    day: Moment
    lines: tuple[ShownLine, ...]


class BucketPage(msgspec.Struct, frozen=True):
    """The stories of a month or of a day. ``up`` leads to the list of all months or days."""

    frame: Frame
    title: str
    groups: tuple[LineGroup, ...]
    earlier: Link | None
    later: Link | None
    up: Link


class LinkGroup(msgspec.Struct, frozen=True):
    """Links under a heading, which may be empty."""

    heading: str
    links: tuple[Link, ...]


class LinksPage(msgspec.Struct, frozen=True):
    """A page of links to other lists: months, days, authors, topics."""

    frame: Frame
    title: str
    groups: tuple[LinkGroup, ...]
    earlier: Link | None = None
    later: Link | None = None
    up: Link | None = None


class ShownNote(msgspec.Struct, frozen=True):
    """A correction: of what, in which words, and when."""

    path: str
    title: str
    words: str
    at: Moment


class CorrectionsPage(msgspec.Struct, frozen=True):
    """Corrections, newest first. The first page leads to all months, the page of a month to the first."""

    frame: Frame
    title: str
    notes: tuple[ShownNote, ...]
    months: tuple[Link, ...] = ()
    up: Link | None = None


class LatestPage(msgspec.Struct, frozen=True):
    """The newest headlines, as a part that other pages load."""

    locale: Locale
    headlines: tuple[Headline, ...]


class BreakingPart(msgspec.Struct, frozen=True):
    """The breaking strip, as a part that other pages load; an empty one while there is none."""

    locale: Locale
    strip: ShownStrip | None
