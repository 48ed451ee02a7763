"""Which sheet stands at an address: the way back from ``addresses``.

It must never look anything up: an address says which sheet is meant, not whether there is one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from broadsheet.edition import addresses
from broadsheet.edition.addresses import (
    OUTSIDE,
    ArchiveSheet,
    AuthorsSheet,
    BreakingSheet,
    BylineSheet,
    CorrectionsMonthSheet,
    CorrectionsSheet,
    DaySheet,
    FeedSheet,
    Front,
    HomeSheet,
    LatestSheet,
    ManifestSheet,
    MissingSheet,
    MonthSheet,
    NewsSitemapSheet,
    PageSheet,
    ResultsSheet,
    RssSheet,
    SearchedSheet,
    SectionSheet,
    Sheet,
    SitemapSheet,
    StorySheet,
    TopicSheet,
    TopicsSheet,
    path_of,
)
from broadsheet.edition.calendars import month_of
from broadsheet.plain.errors import BadLocale
from broadsheet.plain.locales import Locale, parse_locale
from broadsheet.plain.searching import SEARCH_FOLDER
from broadsheet.plain.slugs import Slug
from broadsheet.press.values import SheetPath

_WORD: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OUTSIDE: Final = {path_of(sheet): sheet for sheet in OUTSIDE}


def sheet_at(path: SheetPath) -> Sheet | None:
    """Return the sheet meant by the address, or None where no sheet can stand there."""
    if path in _OUTSIDE:
        return _OUTSIDE[path]
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


def front_of_shelf(path: str) -> Front | None:
    """Return the front whose months stand below that address, None where none does."""
    sheet = sheet_at(SheetPath(path))
    front = sheet.front if isinstance(sheet, ArchiveSheet) else sheet
    return front if isinstance(front, Front) else None


def _fragment(locale: Locale, parts: list[str]) -> Sheet | None:
    match parts:
        case [addresses.LATEST]:
            return LatestSheet(HomeSheet(locale))
        case [addresses.BREAKING]:
            return BreakingSheet(locale)
        case [section, addresses.LATEST] if _WORD.fullmatch(section):
            return LatestSheet(SectionSheet(locale, section))
        case _:
            return None


def _sitemap(locale: Locale, parts: list[str]) -> Sheet | None:
    match parts:
        case [addresses.NEWS]:
            return NewsSitemapSheet(locale)
        case [year, month, file]:
            day = _day(year, month, file.removesuffix(".xml"))
            return SitemapSheet(locale, day) if day else None
        case _:
            return None


def _searched(locale: Locale, parts: list[str]) -> Sheet | None:
    match parts:
        case ["results.html"]:
            return ResultsSheet(locale)
        case [name] if _WORD.fullmatch(name.removesuffix(".json")):
            return SearchedSheet(locale, name.removesuffix(".json"))
    return None


def _below_locale(locale: Locale, parts: list[str]) -> Sheet | None:  # noqa: C901, PLR0912 - one case a kind of sheet
    """Return what stands there: first what has a name of its own, then what belongs to a front."""
    sheet: Sheet | None = None
    match parts:
        case [addresses.FEED]:
            sheet = FeedSheet(locale)
        case [addresses.MISSING]:
            sheet = MissingSheet(locale)
        case [addresses.MANIFEST]:
            sheet = ManifestSheet(locale)
        case [addresses.BYLINES, ""]:
            sheet = AuthorsSheet(locale)
        case [addresses.TOPICS, ""]:
            sheet = TopicsSheet(locale)
        case [addresses.CORRECTIONS, ""]:
            sheet = CorrectionsSheet(locale)
        case [addresses.CORRECTIONS, year, month, ""]:
            first = _day(year, month, "01")
            sheet = CorrectionsMonthSheet(locale, month_of(first)) if first else None
        case [addresses.PAGES, slug, ""] if _WORD.fullmatch(slug):
            sheet = PageSheet(locale, Slug(slug))
        case [addresses.ARCHIVE, year, month, ""]:
            sheet = _month_sheet(HomeSheet(locale), year, month)
        case [addresses.ARCHIVE, year, month, day, ""]:
            found = _day(year, month, day)
            sheet = DaySheet(locale, found) if found else None
        case [addresses.BYLINES, key, *rest] if _WORD.fullmatch(key):
            sheet = _of_front(BylineSheet(locale, Slug(key)), rest)
        case [addresses.TOPICS, key, *rest] if _WORD.fullmatch(key):
            sheet = _of_front(TopicSheet(locale, Slug(key)), rest)
        case [section, year, month, day, slug, ""] if _WORD.fullmatch(section) and _WORD.fullmatch(slug):
            first_day = _day(year, month, day)
            sheet = StorySheet(locale, section, first_day, Slug(slug)) if first_day else None
        case [section, *rest] if rest and section != addresses.ARCHIVE and _WORD.fullmatch(section):
            sheet = _of_front(SectionSheet(locale, section), rest)
        case _:
            sheet = _of_front(HomeSheet(locale), parts)
    return sheet


def _of_front(front: Front, rest: list[str]) -> Sheet | None:
    match rest:
        case [""]:
            return front
        case [addresses.RSS]:
            return RssSheet(front)
        case [addresses.ARCHIVE, ""]:
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


#: Folders outside every language that have a folder for each, and what stands in those.
_FOLDERS: Final = {
    addresses.FRAGMENTS: _fragment,
    f"/{addresses.SITEMAPS}": _sitemap,
    SEARCH_FOLDER.rstrip("/"): _searched,
}
