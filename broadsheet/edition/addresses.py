"""The address of every sheet, and the way back: which sheet stands at an address. ``docs/urls.md`` is the same as a table.

It must never look anything up: an address says which sheet is meant, not whether there is one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from broadsheet.plain.errors import BadLocale
from broadsheet.plain.locales import Locale, parse_locale
from broadsheet.plain.searching import SEARCH_FOLDER, results_sheet_path, search_sheet_path
from broadsheet.plain.slugs import Slug
from broadsheet.press.values import SheetPath

_WORD: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BYLINES: Final = "by"
_PAGES: Final = "pages"
_FEED: Final = "atom.xml"
_MISSING: Final = "404.html"


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


class SearchedSheet(NamedTuple):
    """A story as it is looked for."""

    locale: Locale
    key: str


class ResultsSheet(NamedTuple):
    """The page that the reader server prints hits on."""

    locale: Locale


class MissingSheet(NamedTuple):
    """What readers see where there is no page. ``locale`` None is the one outside every language."""

    locale: Locale | None


Sheet = (
    RootSheet
    | HomeSheet
    | SectionSheet
    | BylineSheet
    | PageSheet
    | StorySheet
    | FeedSheet
    | SearchedSheet
    | ResultsSheet
    | MissingSheet
)


def path_of(sheet: Sheet) -> SheetPath:  # noqa: C901 - one case for each kind
    """Return the address of the sheet, without the paper's own address before it."""
    match sheet:
        case RootSheet():
            path = "/"
        case HomeSheet(locale):
            path = f"/{locale}/"
        case SectionSheet(locale, key):
            path = f"/{locale}/{key}/"
        case BylineSheet(locale, key):
            path = f"/{locale}/{_BYLINES}/{key}/"
        case PageSheet(locale, slug):
            path = f"/{locale}/{_PAGES}/{slug}/"
        case StorySheet(locale, section, day, slug):
            path = f"/{locale}/{section}/{day:%Y/%m/%d}/{slug}/"
        case FeedSheet(locale):
            path = f"/{locale}/{_FEED}"
        case SearchedSheet(locale, key):
            path = search_sheet_path(locale, key)
        case ResultsSheet(locale):
            path = results_sheet_path(locale)
        case MissingSheet(locale):
            path = f"/{_MISSING}" if locale is None else f"/{locale}/{_MISSING}"
    return SheetPath(path)


def sheet_at(path: SheetPath) -> Sheet | None:
    """Return the sheet meant by the address, or None where no sheet can stand there."""
    if path == "/":
        return RootSheet()
    if path == f"/{_MISSING}":
        return MissingSheet(None)
    is_searched = path.startswith(SEARCH_FOLDER)
    locale, parts = _split(SheetPath("/" + path.removeprefix(SEARCH_FOLDER)) if is_searched else path)
    below = _below_search if is_searched else _below_locale
    sheet = below(locale, parts) if locale is not None else None
    # One sheet has one address: another spelling of it (a short year, a missing slash) leads nowhere.
    return sheet if sheet is not None and path_of(sheet) == path else None


def _below_locale(locale: Locale, parts: list[str]) -> Sheet | None:
    sheet: Sheet | None = None
    match parts:
        case [""]:
            sheet = HomeSheet(locale)
        case [name] if name == _FEED:
            sheet = FeedSheet(locale)
        case [name] if name == _MISSING:
            sheet = MissingSheet(locale)
        case [key, ""] if _WORD.fullmatch(key):
            sheet = SectionSheet(locale, key)
        case [by, key, ""] if by == _BYLINES and _WORD.fullmatch(key):
            sheet = BylineSheet(locale, Slug(key))
        case [pages, slug, ""] if pages == _PAGES and _WORD.fullmatch(slug):
            sheet = PageSheet(locale, Slug(slug))
        case [section, year, month, day, slug, ""] if _WORD.fullmatch(section) and _WORD.fullmatch(slug):
            first_day = _day(year, month, day)
            sheet = StorySheet(locale, section, first_day, Slug(slug)) if first_day else None
    return sheet


def _below_search(locale: Locale, parts: list[str]) -> Sheet | None:
    match parts:
        case ["results.html"]:
            return ResultsSheet(locale)
        case [name] if _WORD.fullmatch(name.removesuffix(".json")):
            return SearchedSheet(locale, name.removesuffix(".json"))
    return None


def _split(path: SheetPath) -> tuple[Locale | None, list[str]]:
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
