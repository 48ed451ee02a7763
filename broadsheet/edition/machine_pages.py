"""What the templates of feeds, sitemaps and other files for programs show: plain values, everything already decided.

Text is plain and is escaped by the template. Addresses are whole.
"""

from __future__ import annotations

from typing import Any

import msgspec

from broadsheet.edition.pages import StoryText
from broadsheet.edition.values import SectionLine
from broadsheet.plain.locales import Locale


class FeedEntry(msgspec.Struct, frozen=True):
    """A story in the feed. ``id`` is a URN; ``url`` and the links in the text are whole."""

    id: str
    url: str
    updated_iso: str
    section: SectionLine | None
    story: StoryText


class FeedPage(msgspec.Struct, frozen=True):
    """An Atom feed. ``url`` is its own address and its id, ``home_url`` the page it belongs to, both whole."""

    locale: Locale
    base_url: str
    url: str
    home_url: str
    paper: str
    description: str
    logo: str
    updated_iso: str
    entries: tuple[FeedEntry, ...]


class RssItem(msgspec.Struct, frozen=True):
    """A story in an RSS feed; whole where ``story`` is there, else with its ``summary`` alone."""

    id: str
    url: str
    title: str
    published: str
    section: str
    summary: str
    story: StoryText | None = None


class RssPage(msgspec.Struct, frozen=True):
    """An RSS feed. ``url`` is its own address, ``page_url`` that of the page it belongs to, both whole."""

    locale: Locale
    base_url: str
    url: str
    page_url: str
    title: str
    description: str
    items: tuple[RssItem, ...]


class RobotsPage(msgspec.Struct, frozen=True):
    """What is said to programs that read the whole site. Addresses are whole."""

    locale: Locale
    sitemaps: tuple[str, ...]


class SitemapIndexPage(msgspec.Struct, frozen=True):
    """All sitemaps, by whole address."""

    locale: Locale
    urls: tuple[str, ...]


class SitemapEntry(msgspec.Struct, frozen=True):
    """An address in a sitemap, whole, and when it last changed."""

    url: str
    changed: str


class SitemapPage(msgspec.Struct, frozen=True):
    """The addresses of a day."""

    locale: Locale
    entries: tuple[SitemapEntry, ...]


class NewsEntry(msgspec.Struct, frozen=True):
    """A story in the news sitemap."""

    url: str
    title: str
    published: str


class NewsSitemapPage(msgspec.Struct, frozen=True):
    """The stories of the last two days. ``language`` is the code search engines take."""

    locale: Locale
    paper: str
    language: str
    entries: tuple[NewsEntry, ...]


class ManifestPage(msgspec.Struct, frozen=True):
    """What a phone must know to put the paper among its apps.  Source: W3C, Web Application Manifest."""

    locale: Locale
    manifest: dict[str, Any]
