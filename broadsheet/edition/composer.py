"""The Composer the press calls: facts, readings and pages of this edition. Registered in ``apps``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from django.conf import settings

from broadsheet.edition import assets, facts, sheets
from broadsheet.edition.addresses import (
    FeedSheet,
    HomeSheet,
    MissingSheet,
    ResultsSheet,
    RootSheet,
    SearchedSheet,
    SectionSheet,
    Sheet,
    path_of,
)
from broadsheet.edition.environment import fill, renderer_digest, template_digest
from broadsheet.edition.names import PAPER, byline_fact, page_place_fact, place_fact
from broadsheet.edition.pages import FeedPage, MovedPage, PictureFile
from broadsheet.edition.pictures import picture_files
from broadsheet.edition.touched import touched_facts
from broadsheet.ledger.errors import WordsMissing
from broadsheet.ledger.pictures import keep_words, picture_at, size_bytes
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import PictureDocument, SectionDocument, State
from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.locales import MULTIPLE, Locale
from broadsheet.plain.searching import SearchSheet
from broadsheet.plain.urns import Urn, key_of
from broadsheet.press.values import FactName, Gathered, RecordMark, SheetPath, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from broadsheet.edition.reading import Reader
    from broadsheet.edition.values import BylineLine, PagePlace, PaperLine, PictureLine, Place
    from broadsheet.press.composing import ReadFact

# A fact's value has the type of its kind (``facts``); the press hands it on without knowing.
# ruff: noqa: ANN401


class EditionComposer:
    """Says which facts and sheets there are. Holds nothing: the same reader gives the same answers."""

    def touched(self, subject: Subject, *, stored: Callable[[FactName], Any], reader: Reader) -> frozenset[FactName]:
        """Return every fact a change of this subject may have changed."""
        return touched_facts(subject, stored=stored, reader=reader)

    def compute(self, name: FactName, reader: Reader) -> Any:
        """Return the fact's value now, or None where it does not exist."""
        return facts.compute(name, reader)

    def keeps_value(self, name: FactName) -> bool:
        """Return whether the press must keep the value."""
        return facts.keeps_value(name)

    def decode(self, name: FactName, data: bytes) -> Any:
        """Return a kept value as ``compute`` gives it."""
        return facts.decode(name, data)

    def is_moving(self, name: FactName) -> bool:
        """Return whether the fact is a moving list."""
        return facts.is_moving(name)

    def owned(self, name: FactName, *, before: Any, after: Any) -> Iterable[SheetPath]:
        """Return the sheets that are born or gone with this fact."""
        kind, _, about = name.partition(":")
        match kind:
            case "paper":
                return _unique(sheet for paper in (before, after) for sheet in _sheets_of_paper(paper))
            case "section":
                locale, _, key = about.partition(":")
                return [path_of(SectionSheet(Locale(locale), key))]
            case "place":
                locale, _, story = about.partition(":")
                return [*_paths(before, after), path_of(SearchedSheet(Locale(locale), key_of(Urn(story))))]
            case "page-place" | "byline":
                return _paths(before, after)
            case "picture":
                return _files_gone(before, after)
            case _:
                return ()

    def gather(self, path: SheetPath, read: ReadFact) -> Gathered | None:
        """Return what the sheet shows, or None where no such sheet exists."""
        return sheets.gather(path, read)

    def render(self, gathered: Gathered) -> bytes:
        """Return the sheet's bytes."""
        page = gathered.values
        if isinstance(page, MovedPage):
            return page.path.encode()
        if isinstance(page, PictureFile):
            return size_bytes(path=page.path, pictures_dir=Path(settings.PICTURES_DIR))
        if isinstance(page, SearchSheet):
            return msgspec.json.encode(page)
        locale = page.locale if isinstance(page, FeedPage) else page.frame.locale  # type: ignore[attr-defined]
        return fill(gathered.template, page=page, locale=locale)

    def renderer(self, gathered: Gathered) -> str:
        """Return a digest of product, words, theme and the sheet's own template."""
        template = template_digest(gathered.template) if gathered.template else ""
        return sha256_hex(f"{renderer_digest()}\0{template}".encode())

    def asset(self, path: SheetPath) -> bytes:
        """Return the bytes of a theme file or of a picture in one size."""
        if path.startswith("/pictures/"):
            return _picture_file(path, pictures_dir=Path(settings.PICTURES_DIR))
        return assets.theme_asset(path)

    def every_sheet(self, reader: Reader) -> Iterator[SheetPath]:
        """Yield every sheet that exists now, each once; tombstones too."""
        paper: PaperLine | None = facts.compute(PAPER, reader)
        yield from _unique(_sheets_of_paper(paper))
        for locale in paper.locales if paper is not None else ():
            for standing in reader.standings("section", locale):
                if isinstance(standing.document, SectionDocument):
                    yield path_of(SectionSheet(locale, standing.document.key))
            for standing in reader.standings("byline"):
                line: BylineLine | None = facts.compute(byline_fact(locale, standing.subject), reader)
                if line is not None and line.path:
                    yield SheetPath(line.path)
            for standing in reader.standings("story", locale):
                place: Place | None = facts.compute(place_fact(locale, standing.subject), reader)
                yield from _of_story(place, locale, standing.subject)
            for standing in reader.standings("page", locale):
                page: PagePlace | None = facts.compute(page_place_fact(locale, standing.subject), reader)
                if page is not None:
                    yield page.path

    def mark(self, reader: LedgerReader) -> RecordMark:
        """Return the end of the ledger's chain as the reader sees it."""
        return RecordMark(*reader.chain_end())

    def open_reader(self, alias: str) -> LedgerReader:
        """Return a reader of the ledger over that database connection."""
        return LedgerReader(alias)


def _picture_file(path: SheetPath, *, pictures_dir: Path) -> bytes:
    """Return the file; where the words in it are not kept yet, or no more, the ledger has them."""
    try:
        return size_bytes(path=path, pictures_dir=pictures_dir)
    except WordsMissing:
        picture = picture_at(path)
        standing = LedgerReader().current(picture, MULTIPLE) if picture is not None else None
        if standing is not None and isinstance(standing.document, PictureDocument):
            keep_words(document=standing.document, pictures_dir=pictures_dir)
        return size_bytes(path=path, pictures_dir=pictures_dir)


def _of_story(place: Place | None, locale: Locale, story: Urn) -> Iterator[SheetPath]:
    if place is not None:
        yield place.path
        if place.state is State.RELEASED:
            yield path_of(SearchedSheet(locale, key_of(story)))


def _paths(*standing: Place | PagePlace | BylineLine | None) -> list[SheetPath]:
    return list(dict.fromkeys(SheetPath(each.path) for each in standing if each is not None and each.path))


def _files_gone(before: PictureLine | None, after: PictureLine | None) -> list[SheetPath]:
    """Return the files the picture had and has no more: those it has come with the sheets that show it."""
    had, has = (picture_files(line) if line is not None else () for line in (before, after))
    return [path for path in had if path not in has]


def _sheets_of_paper(paper: PaperLine | None) -> Iterator[Sheet]:
    if paper is None or not paper.languages:
        return
    yield RootSheet()
    yield MissingSheet(None)
    for locale in paper.locales:
        yield from (HomeSheet(locale), FeedSheet(locale), ResultsSheet(locale), MissingSheet(locale))


def _unique(found: Iterable[Sheet]) -> list[SheetPath]:
    return list(dict.fromkeys(path_of(sheet) for sheet in found))
