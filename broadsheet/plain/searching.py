"""What the press puts for the search and the reader server looks through: one sheet a story, and one to print hits on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from broadsheet.plain.locales import Locale

#: Everything below is for the reader server's own use and is sent to nobody.
SEARCH_FOLDER: Final = "/_search/"


class SearchSheet(msgspec.Struct, frozen=True):
    """A released story as it is looked for and as a hit shows it. All text is plain.

    Shapes: ``path`` is the story's page; ``section`` is a key and ``section_title`` what readers call it, or empty;
    ``text`` has a line for each block; ``published_iso`` carries the offset of the paper's zone.
    """

    path: str
    headline: str
    standfirst: str
    text: str
    section: str
    section_title: str
    bylines: tuple[str, ...]
    published_iso: str
    published_shown: str
    #: What kind of story it is, and the label over it; both empty where it has none, as news.
    genre: str = ""
    label: str = ""
    #: What it is about, as its page says it.
    topics: tuple[str, ...] = ()


def search_sheet_path(locale: Locale, key: str) -> str:
    """Return where the search sheet of the story with that key stands."""
    return f"{SEARCH_FOLDER}{locale}/{key}.json"


def results_sheet_path(locale: str) -> str:
    """Return where the page stands that hits are printed on."""
    return f"{SEARCH_FOLDER}{locale}/results.html"


def search_address(locale: str) -> str:
    """Return where readers search in a language."""
    return f"/{locale}/search/"
