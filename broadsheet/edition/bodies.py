"""The blocks of a body as pages and feeds print them: every reading made, every link resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition import names
from broadsheet.edition.links import Links
from broadsheet.edition.pictures import picture_files, shown_picture
from broadsheet.edition.shown_blocks import (
    ShownBlock,
    ShownFactBox,
    ShownFigure,
    ShownGallery,
    ShownHeading,
    ShownList,
    ShownParagraph,
    ShownPicture,
    ShownPullQuote,
    ShownQuotation,
    ShownTable,
    ShownTimeline,
)
from broadsheet.ledger.blocks import (
    Aside,
    Block,
    FactBox,
    Gallery,
    Heading,
    ItemList,
    Paragraph,
    PictureUse,
    PullQuote,
    Quotation,
    Table,
    Timeline,
)
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
            case _:
                yield from self._aside(block)

    def _aside(self, block: Aside) -> Iterator[ShownBlock]:
        match block:
            case Gallery(title=title, pictures=uses):
                pictures = tuple(picture for picture in map(self.picture, uses) if picture is not None)
                if pictures:
                    yield ShownGallery(title, pictures)
            case PullQuote(words=words, speaker=speaker):
                yield ShownPullQuote(words, speaker)
            case Table():
                head, rows = (block.rows[0], block.rows[1:]) if block.has_head else ((), block.rows)
                yield ShownTable(block.title, head, rows, block.names_rows)
            case FactBox(title=title, paragraphs=paragraphs):
                yield ShownFactBox(title, tuple(map(self._links.resolved, paragraphs)))
            case Timeline(title=title, events=events):
                yield ShownTimeline(title, tuple((each.when, self._links.resolved(each.words)) for each in events))

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
