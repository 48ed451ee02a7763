"""The address of every sheet, and the way back: which sheet stands at an address. ``docs/urls.md`` is the same as a table.

It must never look anything up: an address says which sheet is meant, not whether there is one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.edition.calendars import Month, month_of
from broadsheet.plain.errors import BadLocale
from broadsheet.plain.locales import Locale, parse_locale
from broadsheet.plain.searching import SEARCH_FOLDER, results_sheet_path, search_sheet_path
from broadsheet.plain.slugs import Slug
from broadsheet.press.values import SheetPath

if TYPE_CHECKING:
    from broadsheet.ledger.values import PageDocument, StoryDocument

_WORD: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BYLINES: Final = "by"
_PAGES: Final = "pages"
_FEED: Final = "atom.xml"
_RSS: Final = "rss.xml"
_MISSING: Final = "404.html"
_ARCHIVE: Final = "archive"
_CORRECTIONS: Final = "corrections"
_MANIFEST: Final = "site.webmanifest"
_SITEMAPS: Final = "sitemaps"
_NEWS: Final = "news.xml"
#: The number is that of their shape: another one gets another number, so that older pages keep what they can show.
_FRAGMENTS: Final = "/_fragments/1"
_LATEST: Final = "latest.html"


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
Front = HomeSheet | SectionSheet | BylineSheet


class RssSheet(NamedTuple):
    """The RSS feed of a front."""

    front: Front


class ArchiveSheet(NamedTuple):
    """Which months there are of a front's stories."""

    front: Front


class MonthSheet(NamedTuple):
    """The stories of a month below a section or byline; below a home front, the days of that month."""

    front: Front
    month: Month


class DaySheet(NamedTuple):
    """All stories of a day."""

    locale: Locale
    day: date


class AuthorsSheet(NamedTuple):
    """Everybody who has a page in that language."""

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
    | PageSheet
    | StorySheet
    | ArchiveSheet
    | MonthSheet
    | DaySheet
    | AuthorsSheet
    | CorrectionsSheet
    | CorrectionsMonthSheet
    | MissingSheet
    | SheetForPrograms
)
#: Those outside every language.
_ROOTS: Final[dict[str, Sheet]] = {"/robots.txt": RobotsSheet(), "/sitemap.xml": SitemapIndexSheet(), "/": RootSheet()}


def path_of(sheet: Sheet) -> SheetPath:  # noqa: C901, PLR0912 - one case a kind of sheet
    """Return the address of the sheet, without the paper's own address before it."""
    match sheet:
        case RootSheet() | RobotsSheet() | SitemapIndexSheet():
            path = next(path for path, root in _ROOTS.items() if type(root) is type(sheet))
        case HomeSheet(locale):
            path = f"/{locale}/"
        case SectionSheet(locale, key):
            path = f"/{locale}/{key}/"
        case BylineSheet(locale, key):
            path = f"/{locale}/{_BYLINES}/{key}/"
        case AuthorsSheet(locale):
            path = f"/{locale}/{_BYLINES}/"
        case CorrectionsSheet(locale):
            path = f"/{locale}/{_CORRECTIONS}/"
        case CorrectionsMonthSheet(locale, month):
            path = f"/{locale}/{_CORRECTIONS}/{month.replace('-', '/')}/"
        case PageSheet(locale, slug):
            path = f"/{locale}/{_PAGES}/{slug}/"
        case StorySheet(locale, section, day, slug):
            path = f"/{locale}/{section}/{day:%Y/%m/%d}/{slug}/"
        case FeedSheet(locale):
            path = f"/{locale}/{_FEED}"
        case RssSheet(front):
            path = f"{path_of(front)}{_RSS}"
        case LatestSheet(front):
            path = f"{_FRAGMENTS}{path_of(front)}{_LATEST}"
        case ArchiveSheet(front):
            path = f"{path_of(front)}{_ARCHIVE}/"
        case MonthSheet(front, month):
            path = f"{path_of(_above_months(front))}{month.replace('-', '/')}/"
        case DaySheet(locale, day):
            path = f"/{locale}/{_ARCHIVE}/{day:%Y/%m/%d}/"
        case MissingSheet(locale):
            path = f"/{_MISSING}" if locale is None else f"/{locale}/{_MISSING}"
        case SitemapSheet(locale, day):
            path = f"/{_SITEMAPS}/{locale}/{day:%Y/%m/%d}.xml"
        case NewsSitemapSheet(locale):
            path = f"/{_SITEMAPS}/{locale}/{_NEWS}"
        case ManifestSheet(locale):
            path = f"/{locale}/{_MANIFEST}"
        case SearchedSheet(locale, key):
            path = search_sheet_path(locale, key)
        case ResultsSheet(locale):
            path = results_sheet_path(locale)
    return SheetPath(path)


def sheet_at(path: SheetPath) -> Sheet | None:
    """Return the sheet meant by the address, or None where no sheet can stand there."""
    if path in _ROOTS:
        return _ROOTS[path]
    if path == f"/{_MISSING}":
        return MissingSheet(None)
    below, inner = next(
        ((below, path.removeprefix(folder)) for folder, below in _FOLDERS.items() if path.startswith(f"{folder}/")),
        (_below_locale, path),
    )
    locale, parts = _split(inner)
    if locale is None:
        return None
    sheet = below(locale, parts)
    # One sheet has one address: another spelling of it (a short year, a missing slash) leads nowhere.
    return sheet if sheet is not None and path_of(sheet) == path else None


def story_path(story: StoryDocument) -> StorySheet:
    """Return the sheet of a story."""
    address = story.address
    return StorySheet(story.locale, address.section, address.day, address.slug)


def page_address(page: PageDocument) -> PageSheet:
    """Return the sheet of a standing page."""
    return PageSheet(page.locale, page.slug)


def front_of_shelf(path: str) -> Front | None:
    """Return the front whose months stand below that address, None where none does."""
    sheet = sheet_at(SheetPath(path))
    front = sheet.front if isinstance(sheet, ArchiveSheet) else sheet
    return front if isinstance(front, HomeSheet | SectionSheet | BylineSheet) else None


def _above_months(front: Front) -> Front | ArchiveSheet:
    return ArchiveSheet(front) if isinstance(front, HomeSheet) else front


def _latest(locale: Locale, parts: list[str]) -> Sheet | None:
    match parts:
        case [name] if name == _LATEST:
            return LatestSheet(HomeSheet(locale))
        case [section, name] if name == _LATEST and _WORD.fullmatch(section):
            return LatestSheet(SectionSheet(locale, section))
        case _:
            return None


def _sitemap(locale: Locale, parts: list[str]) -> Sheet | None:
    match parts:
        case [name] if name == _NEWS:
            return NewsSitemapSheet(locale)
        case [year, month, file]:
            day = _day(year, month, file.removesuffix(".xml"))
            return SitemapSheet(locale, day) if day else None
        case _:
            return None


def _below_locale(locale: Locale, parts: list[str]) -> Sheet | None:  # noqa: C901, PLR0912 - one case a kind of sheet
    """Return what stands there: first what has a name of its own, then what belongs to a front."""
    sheet: Sheet | None = None
    match parts:
        case [name] if name == _FEED:
            sheet = FeedSheet(locale)
        case [name] if name == _MISSING:
            sheet = MissingSheet(locale)
        case [name] if name == _MANIFEST:
            sheet = ManifestSheet(locale)
        case [by, ""] if by == _BYLINES:
            sheet = AuthorsSheet(locale)
        case [corrections, ""] if corrections == _CORRECTIONS:
            sheet = CorrectionsSheet(locale)
        case [corrections, year, month, ""] if corrections == _CORRECTIONS:
            first = _day(year, month, "01")
            sheet = CorrectionsMonthSheet(locale, month_of(first)) if first else None
        case [pages, slug, ""] if pages == _PAGES and _WORD.fullmatch(slug):
            sheet = PageSheet(locale, Slug(slug))
        case [archive, year, month, ""] if archive == _ARCHIVE:
            sheet = _month_sheet(HomeSheet(locale), year, month)
        case [archive, year, month, day, ""] if archive == _ARCHIVE:
            found = _day(year, month, day)
            sheet = DaySheet(locale, found) if found else None
        case [by, key, *rest] if by == _BYLINES and _WORD.fullmatch(key):
            sheet = _of_front(BylineSheet(locale, Slug(key)), rest)
        case [section, year, month, day, slug, ""] if _WORD.fullmatch(section) and _WORD.fullmatch(slug):
            first_day = _day(year, month, day)
            sheet = StorySheet(locale, section, first_day, Slug(slug)) if first_day else None
        case [section, *rest] if rest and section != _ARCHIVE and _WORD.fullmatch(section):
            sheet = _of_front(SectionSheet(locale, section), rest)
        case _:
            sheet = _of_front(HomeSheet(locale), parts)
    return sheet


def _of_front(front: Front, rest: list[str]) -> Sheet | None:
    match rest:
        case [""]:
            return front
        case [name] if name == _RSS:
            return RssSheet(front)
        case [archive, ""] if archive == _ARCHIVE:
            return ArchiveSheet(front)
        case [year, month, ""] if not isinstance(front, HomeSheet):
            return _month_sheet(front, year, month)
        case _:
            return None


def _month_sheet(front: Front, year: str, month: str) -> Sheet | None:
    first = _day(year, month, "01")
    return MonthSheet(front, month_of(first)) if first else None


def _split(path: str) -> tuple[Locale | None, list[str]]:
    _, first, *parts = path.split("/") if path.startswith("/") else ("", "")
    try:
        return parse_locale(first), parts
    except BadLocale:
        return None, []


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _searched(locale: Locale, parts: list[str]) -> Sheet | None:
    match parts:
        case ["results.html"]:
            return ResultsSheet(locale)
        case [name] if _WORD.fullmatch(name.removesuffix(".json")):
            return SearchedSheet(locale, name.removesuffix(".json"))
    return None


#: Folders outside every language that have a folder for each, and what stands in those.
_FOLDERS: Final = {_FRAGMENTS: _latest, f"/{_SITEMAPS}": _sitemap, SEARCH_FOLDER.rstrip("/"): _searched}
