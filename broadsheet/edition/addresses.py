"""Which kinds of sheets there are, and the address of each. ``docs/urls.md`` is the same as a table.

The way back, from an address to its sheet, is ``finding``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.ledger.values import BylineDocument
from broadsheet.plain.searching import results_sheet_path, search_sheet_path
from broadsheet.press.values import SheetPath

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.edition.calendars import Month
    from broadsheet.ledger.values import PageDocument, StoryDocument, TopicDocument
    from broadsheet.plain.locales import Locale
    from broadsheet.plain.slugs import Slug

#: The parts of addresses that have a meaning of their own.
BYLINES: Final = "by"
TOPICS: Final = "topics"
PAGES: Final = "pages"
FEED: Final = "atom.xml"
RSS: Final = "rss.xml"
MISSING: Final = "404.html"
ARCHIVE: Final = "archive"
CORRECTIONS: Final = "corrections"
MANIFEST: Final = "site.webmanifest"
SITEMAPS: Final = "sitemaps"
NEWS: Final = "news.xml"
#: The number is that of their shape: another one gets another number, so that older pages keep what they can show.
FRAGMENTS: Final = "/_fragments/1"
LATEST: Final = "latest.html"
BREAKING: Final = "breaking.html"


class RootSheet(NamedTuple):
    """``/``, which leads to the first language."""


class HomeSheet(NamedTuple):
    """The home front of a language."""

    locale: Locale


class SectionSheet(NamedTuple):
    """The front of a section."""

    locale: Locale
    key: str


class BylineSheet(NamedTuple):
    """The newest stories of one byline."""

    locale: Locale
    key: Slug


class TopicSheet(NamedTuple):
    """The newest stories about a topic, person or place."""

    locale: Locale
    key: Slug


class PageSheet(NamedTuple):
    """A standing page."""

    locale: Locale
    slug: Slug


class StorySheet(NamedTuple):
    """A story. The day is the paper's day at first release."""

    locale: Locale
    section: str
    day: date
    slug: Slug


class FeedSheet(NamedTuple):
    """The Atom feed of a language."""

    locale: Locale


#: Pages that show the newest stories of a list, and below which its older ones stand by month.
Front = HomeSheet | SectionSheet | BylineSheet | TopicSheet


class RssSheet(NamedTuple):
    """The RSS feed of a front."""

    front: Front


class ArchiveSheet(NamedTuple):
    """Which months there are of a front's stories."""

    front: Front


class MonthSheet(NamedTuple):
    """The stories of a month below a section, byline or topic; below a home front, the days of that month."""

    front: Front
    month: Month


class DaySheet(NamedTuple):
    """All stories of a day."""

    locale: Locale
    day: date


class AuthorsSheet(NamedTuple):
    """Everybody who has a page in that language."""

    locale: Locale


class TopicsSheet(NamedTuple):
    """Every topic, person and place with a front in that language."""

    locale: Locale


class MissingSheet(NamedTuple):
    """What readers see where there is no page. ``locale`` None is the one outside every language."""

    locale: Locale | None


class CorrectionsSheet(NamedTuple):
    """What was corrected: the newest notes, and the months of all others."""

    locale: Locale


class CorrectionsMonthSheet(NamedTuple):
    """What was corrected in a month."""

    locale: Locale
    month: Month


class LatestSheet(NamedTuple):
    """The newest headlines of a front, to be shown on pages that never change with them."""

    front: HomeSheet | SectionSheet


class BreakingSheet(NamedTuple):
    """The strip of the home front, to be shown on every page of the language; empty while there is none."""

    locale: Locale


class RobotsSheet(NamedTuple):
    """What is said to programs that read the whole site."""


class SitemapIndexSheet(NamedTuple):
    """The list of the sitemaps of all days."""


class SitemapSheet(NamedTuple):
    """The addresses of the stories of a day."""

    locale: Locale
    day: date


class NewsSitemapSheet(NamedTuple):
    """The addresses of the stories of the last two days."""

    locale: Locale


class ManifestSheet(NamedTuple):
    """What a phone must know to put the paper among its apps."""

    locale: Locale


class SearchedSheet(NamedTuple):
    """A story as it is looked for."""

    locale: Locale
    key: str


class ResultsSheet(NamedTuple):
    """The page that the reader server prints hits on."""

    locale: Locale


#: What readers never open themselves.
SheetForPrograms = (
    FeedSheet
    | RssSheet
    | LatestSheet
    | BreakingSheet
    | RobotsSheet
    | SitemapIndexSheet
    | SitemapSheet
    | NewsSitemapSheet
    | ManifestSheet
    | SearchedSheet
    | ResultsSheet
)
Sheet = (
    RootSheet
    | HomeSheet
    | SectionSheet
    | BylineSheet
    | TopicSheet
    | PageSheet
    | StorySheet
    | ArchiveSheet
    | MonthSheet
    | DaySheet
    | AuthorsSheet
    | TopicsSheet
    | CorrectionsSheet
    | CorrectionsMonthSheet
    | MissingSheet
    | SheetForPrograms
)
#: Those outside every language.
OUTSIDE: Final[tuple[Sheet, ...]] = (RootSheet(), MissingSheet(None), RobotsSheet(), SitemapIndexSheet())


def path_of(sheet: Sheet) -> SheetPath:  # noqa: C901, PLR0912, PLR0915 - one case a kind of sheet
    """Return the address of the sheet, without the paper's own address before it."""
    match sheet:
        case RootSheet():
            path = "/"
        case RobotsSheet():
            path = "/robots.txt"
        case SitemapIndexSheet():
            path = "/sitemap.xml"
        case HomeSheet(locale):
            path = f"/{locale}/"
        case SectionSheet(locale, key):
            path = f"/{locale}/{key}/"
        case BylineSheet(locale, key):
            path = f"/{locale}/{BYLINES}/{key}/"
        case TopicSheet(locale, key):
            path = f"/{locale}/{TOPICS}/{key}/"
        case TopicsSheet(locale):
            path = f"/{locale}/{TOPICS}/"
        case AuthorsSheet(locale):
            path = f"/{locale}/{BYLINES}/"
        case CorrectionsSheet(locale):
            path = f"/{locale}/{CORRECTIONS}/"
        case CorrectionsMonthSheet(locale, month):
            path = f"/{locale}/{CORRECTIONS}/{month.replace('-', '/')}/"
        case PageSheet(locale, slug):
            path = f"/{locale}/{PAGES}/{slug}/"
        case StorySheet(locale, section, day, slug):
            path = f"/{locale}/{section}/{day:%Y/%m/%d}/{slug}/"
        case FeedSheet(locale):
            path = f"/{locale}/{FEED}"
        case RssSheet(front):
            path = f"{path_of(front)}{RSS}"
        case LatestSheet(front):
            path = f"{FRAGMENTS}{path_of(front)}{LATEST}"
        case BreakingSheet(locale):
            path = f"{FRAGMENTS}/{locale}/{BREAKING}"
        case ArchiveSheet(front):
            path = f"{path_of(front)}{ARCHIVE}/"
        case MonthSheet(front, month):
            path = f"{path_of(_above_months(front))}{month.replace('-', '/')}/"
        case DaySheet(locale, day):
            path = f"/{locale}/{ARCHIVE}/{day:%Y/%m/%d}/"
        case MissingSheet(locale):
            path = f"/{MISSING}" if locale is None else f"/{locale}/{MISSING}"
        case SitemapSheet(locale, day):
            path = f"/{SITEMAPS}/{locale}/{day:%Y/%m/%d}.xml"
        case NewsSitemapSheet(locale):
            path = f"/{SITEMAPS}/{locale}/{NEWS}"
        case ManifestSheet(locale):
            path = f"/{locale}/{MANIFEST}"
        case SearchedSheet(locale, key):
            path = search_sheet_path(locale, key)
        case ResultsSheet(locale):
            path = results_sheet_path(locale)
    return SheetPath(path)


def story_path(story: StoryDocument) -> StorySheet:
    """Return the sheet of a story."""
    address = story.address
    return StorySheet(story.locale, address.section, address.day, address.slug)


def page_address(page: PageDocument) -> PageSheet:
    """Return the sheet of a standing page."""
    return PageSheet(page.locale, page.slug)


def front_of(subject: BylineDocument | TopicDocument, locale: Locale) -> BylineSheet | TopicSheet:
    """Return the front of a byline or topic in a language."""
    return (BylineSheet if isinstance(subject, BylineDocument) else TopicSheet)(locale, subject.key)


def _above_months(front: Front) -> Front | ArchiveSheet:
    return ArchiveSheet(front) if isinstance(front, HomeSheet) else front
