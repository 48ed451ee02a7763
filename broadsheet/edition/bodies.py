"""The blocks of a body as pages and feeds print them: every reading made, every link resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition import names
from broadsheet.edition.links import Links
from broadsheet.edition.pages import (
    ShownBlock,
    ShownFigure,
    ShownHeading,
    ShownList,
    ShownParagraph,
    ShownPicture,
    ShownQuotation,
)
from broadsheet.edition.pictures import picture_files, shown_picture
from broadsheet.ledger.values import Block, Heading, ItemList, Paragraph, PictureUse, Quotation
from broadsheet.plain.locales import Locale, direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.edition.values import PaperLine, PictureLine
    from broadsheet.press.composing import ReadFact
    from broadsheet.press.values import SheetPath


class BodyGatherer:
    """Reads what one body shows. ``prefix`` stands before links inside it (a feed wants whole addresses)."""

    def __init__(self, *, read: ReadFact, paper: PaperLine, locale: Locale, prefix: str = "") -> None:
        self._read = read
        self._links = Links(read=read, paper=paper, locale=locale, prefix=prefix)
        self._files: list[SheetPath] = []

    @property
    def files(self) -> tuple[SheetPath, ...]:
        """Return the files that what was gathered so far needs, each once."""
        return tuple(dict.fromkeys(self._files))

    def gather(self, blocks: Iterable[Block]) -> tuple[ShownBlock, ...]:
        """Return the blocks. Pictures that are not out are left away."""
        return tuple(shown for block in blocks for shown in self._block(block))

    def picture(self, use: PictureUse) -> ShownPicture | None:
        """Return the picture, None while it is not out."""
        line: PictureLine | None = self._read(names.picture_fact(use.picture))
        if line is None:
            return None
        self._files.extend(picture_files(line))
        return shown_picture(line, alt=use.alt, caption=use.caption)

    def _block(self, block: Block) -> Iterator[ShownBlock]:
        match block:
            case Paragraph(html=html):
                yield ShownParagraph(self._links.resolved(html))
            case Heading(level=level, text=text):
                yield ShownHeading(level, text)
            case ItemList(ordered=ordered, items=items):
                yield ShownList(ordered, tuple(map(self._links.resolved, items)))
            case Quotation():
                yield self._quotation(block)
            case PictureUse():
                picture = self.picture(block)
                if picture is not None:
                    yield ShownFigure(picture)

    def _quotation(self, block: Quotation) -> ShownQuotation:
        original_locale = block.original_locale
        return ShownQuotation(
            words=self._links.resolved(block.words),
            speaker=block.speaker,
            source=block.source,
            original=block.original,
            original_locale=original_locale or "",
            original_direction=direction(original_locale) if original_locale else "auto",
        )
