"""What programs ask for: robots.txt, sitemaps, the manifest.

A sitemap holds one day, so that a release rewrites a few lines of it and the index only when a day opens; its bounds
follow from the day alone, so no address ever moves from one file to another.  Source: sitemaps.org; Google,
"Create a news sitemap".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.edition import assets, names
from broadsheet.edition.addresses import HomeSheet, NewsSitemapSheet, SitemapIndexSheet, SitemapSheet, path_of
from broadsheet.edition.machine_pages import (
    ManifestPage,
    NewsEntry,
    NewsSitemapPage,
    RobotsPage,
    SitemapEntry,
    SitemapIndexPage,
    SitemapPage,
)
from broadsheet.edition.moments import iso_time
from broadsheet.plain.locales import direction
from broadsheet.press.values import Form, Gathered, Rank, SheetPath

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from broadsheet.edition.addresses import Sheet
    from broadsheet.edition.gathering import Work
    from broadsheet.edition.values import Shelf, SitemapLine, StoryLine
    from broadsheet.plain.locales import Locale

#: The only languages a news sitemap names with a region or script.
_CHINESE: Final = {"Hant": "zh-tw", "TW": "zh-tw", "HK": "zh-tw", "MO": "zh-tw"}


def robots_sheet(work: Work) -> Gathered:
    """Return robots.txt: everything may be read, and where the sitemaps are."""
    maps: tuple[Sheet, ...] = (SitemapIndexSheet(), *map(NewsSitemapSheet, work.paper.locales))
    page = RobotsPage(work.locale, tuple(work.paper.base_url + path_of(each) for each in maps))
    return work.sheet("robots.txt", page, rank=Rank.FEED, form=Form.FILE)


def sitemap_index_sheet(work: Work) -> Gathered:
    """Return the list of the sitemaps of all days, newest first."""
    urls = tuple(work.paper.base_url + path for path in _sitemaps(work))
    return work.sheet("sitemap_index.xml", SitemapIndexPage(work.locale, urls), rank=Rank.FEED, form=Form.FILE)


def sitemap_sheet(work: Work, day: date) -> Gathered | None:
    """Return the addresses of a day, None where nothing was published on it."""
    lines: tuple[SitemapLine, ...] = work.read(names.sitemap_fact(work.locale, day))
    if not lines:
        return None
    entries = tuple(
        SitemapEntry(work.paper.base_url + line.path, iso_time(line.changed_at, work.paper.zone)) for line in lines
    )
    # Before the index that leads to it.
    return work.sheet("sitemap.xml", SitemapPage(work.locale, entries), rank=Rank.LIST, form=Form.FILE)


def news_sitemap_sheet(work: Work) -> Gathered:
    """Return the stories of today and yesterday, also when there are none."""
    lines: tuple[StoryLine, ...] = work.read(names.window_fact(work.locale))
    entries = tuple(
        NewsEntry(work.paper.base_url + line.path, line.headline, iso_time(line.published_at, work.paper.zone))
        for line in lines
    )
    page = NewsSitemapPage(work.locale, work.paper.name, _news_language(work.locale), entries)
    return work.sheet("news_sitemap.xml", page, rank=Rank.FEED, form=Form.FILE)


def manifest_sheet(work: Work) -> Gathered:
    """Return the manifest of a language: an app that opens its home front."""
    width, height = assets.theme_picture_size(assets.LOGO)
    home = path_of(HomeSheet(work.locale))
    manifest = {
        "name": work.paper.name,
        "short_name": work.paper.name,
        "lang": work.locale,
        "dir": direction(work.locale),
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "browser",
        "icons": [
            {"src": assets.theme_path(assets.MARK), "type": "image/svg+xml", "sizes": "any"},
            {"src": assets.theme_path(assets.LOGO), "type": "image/png", "sizes": f"{width}x{height}"},
        ],
    }
    return work.sheet("site.webmanifest", ManifestPage(work.locale, manifest), rank=Rank.LIST, form=Form.FILE)


def _sitemaps(work: Work) -> Iterator[SheetPath]:
    for locale in work.paper.locales:
        shelf: Shelf = work.read(names.shelf_fact(locale, names.NEWEST))
        for month in shelf.months:
            days: tuple[date, ...] = work.read(names.days_fact(locale, month))
            yield from (path_of(SitemapSheet(locale, day)) for day in reversed(days))


def _news_language(locale: Locale) -> str:
    """Return the language as a news sitemap names it: ISO 639 alone, but for the two kinds of Chinese."""
    language, *rest = locale.split("-")
    if language != "zh":
        return language
    return next((_CHINESE[part] for part in rest if part in _CHINESE), "zh-cn")
