"""A pressed folder with stories that can be looked for, put as the press puts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from lxml import html

from broadsheet.plain.locales import Locale
from broadsheet.plain.searching import SearchSheet, results_sheet_path, search_sheet_path
from broadsheet.press.stores import FolderStore
from broadsheet.press.values import Form, SheetPath
from tests.factories.edition import Site
from tests.factories.ledger import a_section

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rooms.serve.reading import Reader, Reply

EN, VI = Locale("en"), Locale("vi")


class SearchedPaper:
    """Puts stories and takes them away, each in a run of its own unless it is said otherwise."""

    def __init__(self, folder: Path) -> None:
        self.store = FolderStore(folder)
        self.published = 0
        site = Site(*(a_section("sea", title=title, locale=locale) for title, locale in (("Sea", EN), ("Biển", VI))))
        for locale in (EN, VI):
            shell = results_sheet_path(locale)
            self.store.put(SheetPath(shell), Form.FILE, site.text(shell).encode())

    def publish(self, headline: str, text: str = "", *, tell: bool = True, **fields: Any) -> SheetPath:
        """Put a story, an hour after the one before; return the path of its search sheet."""
        self.published += 1
        locale = fields.pop("locale", EN)
        key = fields.pop("key", f"{self.published:032x}")
        page = SheetPath(f"/{locale}/news/2026/03/04/{key}/")
        told: dict[str, Any] = {
            "path": page,
            "headline": headline,
            "standfirst": "",
            "text": text,
            "section": "news",
            "section_title": "News",
            "bylines": (),
            "published_iso": f"2026-03-{1 + self.published // 24:02}T{self.published % 24:02}:00:00+07:00",
            "published_shown": "some day",
        }
        path = SheetPath(search_sheet_path(locale, key))
        self.store.put(page, Form.PAGE, headline.encode())
        self.store.put(path, Form.FILE, msgspec.json.encode(SearchSheet(**(told | fields))))
        if tell:
            self.store.tell([page, path])
        return path

    def withdraw(self, path: SheetPath) -> None:
        """Take the story away, as a kill does."""
        page = self.page_of(path)
        self.store.put(page, Form.GONE, b"gone")
        self.store.remove(path)
        self.store.tell([page, path])

    def page_of(self, path: SheetPath) -> SheetPath:
        """Return where the story itself stands."""
        stored = self.store.read(path)
        assert stored is not None
        return SheetPath(msgspec.json.decode(stored.data, type=SearchSheet).path)


class Searcher:
    """A reader who searches."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def ask(self, query: str = "", *, locale: str = "en", **fields: str) -> Reply:
        """Send the form."""
        return self.reader.ask(f"/{locale}/search/?{urlencode({'q': query, **fields})}")

    def page(self, query: str = "", **fields: str) -> Any:
        """Return the page that comes, as a tree."""
        return _tree(self.ask(query, **fields))

    def page_at(self, address: str) -> Any:
        """Return the page at an address a link led to."""
        return _tree(self.reader.ask(address))

    def found(self, query: str = "", **fields: str) -> list[str]:
        """Return the headlines of the hits, in order."""
        return [each.text_content() for each in self.page(query, **fields).xpath("//article//h2")]

    def is_ready(self) -> bool:
        """Whether the page no longer says that the search is being set up."""
        reply = self.ask()
        return reply.status == 200 and b"being set up" not in reply.body


def _tree(reply: Reply) -> Any:
    assert reply.status == 200
    return html.document_fromstring(reply.body.decode())
