"""The Composer the press calls: facts, readings and pages of this edition. Registered in ``apps``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from django.conf import settings

from broadsheet.edition import assets, facts, sheets
from broadsheet.edition.environment import fill, renderer_digest, template_digest
from broadsheet.edition.owning import owned_sheets, standing_sheets
from broadsheet.edition.pages import MovedPage, PictureFile
from broadsheet.edition.reading import ClockedReader
from broadsheet.edition.touched import touched_facts
from broadsheet.ledger.errors import WordsMissing
from broadsheet.ledger.pictures import keep_words, picture_at, size_bytes
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import PictureDocument
from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.locales import MULTIPLE, Locale
from broadsheet.plain.searching import SearchSheet
from broadsheet.plain.times import utc_now
from broadsheet.press.values import FactName, Gathered, RecordMark, SheetPath, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from broadsheet.edition.reading import Reader
    from broadsheet.press.composing import ReadFact

# A fact's value has the type of its kind (``facts``); the press hands it on without knowing.
# ruff: noqa: ANN401


class EditionComposer:
    """Says which facts and sheets there are. Holds a clock for its readers and nothing else: one gives the same answers."""

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self.clock = clock

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
        return owned_sheets(name, before=before, after=after)

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
        # What programs read has no frame, and its language is its own.
        locale: Locale = getattr(page, "frame", page).locale  # type: ignore[attr-defined]
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
        yield from standing_sheets(reader)

    def mark(self, reader: LedgerReader) -> RecordMark:
        """Return the end of the ledger's chain as the reader sees it."""
        return RecordMark(*reader.chain_end())

    def open_reader(self, alias: str) -> ClockedReader:
        """Return a reader of the ledger over that database connection, opened now."""
        return ClockedReader(alias, now=self.clock())


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
