"""Makes the blocks of one body, cleaned for readers, each with an id that is the same at every import.

Must never print markup that did not pass ``clean_inline``.
"""

from __future__ import annotations

import uuid
from typing import Final

from broadsheet.ledger.blocks import Heading, ItemList, Paragraph, Quotation, Table
from broadsheet.plain.html import SafeHtml, clean_inline, plain_text
from broadsheet.wire.frames import FigureFrame, Grid, ListFrame, QuoteFrame, TableFrame, without_marks
from broadsheet.wire.reports import Note
from broadsheet.wire.texts import one_line
from broadsheet.wire.values import Body, BodyBlock, BodyPicture

HEADING_CHARACTERS: Final = 200
SPEAKER_CHARACTERS: Final = 200
#: Names the blocks of imported bodies; a version 5 UUID below it is the same for an item and a place in its body.
_BLOCKS: Final = uuid.UUID("0d9f2f64-52a8-5c58-8f5c-6a1a3c9bd0a7")


class BlockMaker:
    """Collects blocks and notes. ``uri`` is the item's."""

    def __init__(self, *, uri: str) -> None:
        self.notes: list[Note] = []
        self._uri = uri
        self._blocks: list[BodyBlock] = []
        self._made = 0

    def body(self) -> Body:
        """Return what was collected."""
        return Body(blocks=tuple(self._blocks), notes=tuple(self.notes))

    def place(self, picture: BodyPicture) -> None:
        """Put a picture that was made before in its place."""
        self._blocks.append(picture)

    def paragraph(self, markup: str) -> None:
        """Add a paragraph, unless there is nothing to read in it."""
        words = clean_inline(markup)
        if _readable(words):
            self._blocks.append(Paragraph(id=self._id(), html=words))

    def heading(self, markup: str, *, level: int) -> None:
        """Add a heading; below no heading of level 2 it is one itself, so that no level is skipped."""
        if "<a " in markup:
            self.note("link", "Links in a heading were taken off its words.")
        text = _plain_line(markup)
        if len(text) > HEADING_CHARACTERS:
            self.note("heading", f"A heading of more than {HEADING_CHARACTERS} characters became a paragraph.")
            self.paragraph(f"<strong>{markup}</strong>")
        elif text:
            under = any(isinstance(block, Heading) for block in self._blocks)
            self._blocks.append(Heading(id=self._id(), level=3 if level > 2 and under else 2, text=text))  # noqa: PLR2004 - HTML's levels

    def frame(self, frame: ListFrame | QuoteFrame | TableFrame) -> None:
        """Add the block, or the blocks, a frame becomes."""
        if isinstance(frame, QuoteFrame):
            self._quotation(frame)
        elif isinstance(frame, TableFrame):
            self._table(frame)
        else:
            self._list(frame.lines(), ordered=frame.ordered)

    def picture(self, *, address: str, alt: str) -> BodyPicture:
        """Return a picture to be placed later."""
        return BodyPicture(id=self._id(), address=address, alt=alt)

    def captioned(self, figure: FigureFrame) -> list[BodyPicture]:
        """Return the pictures of a figure, the caption with the last; without a picture it becomes a paragraph."""
        caption = _plain_line(" ".join(figure.caption))
        if not figure.pictures:
            for line in figure.caption:
                self.paragraph(line)
            return []
        last = figure.pictures[-1]
        return [
            *figure.pictures[:-1],
            BodyPicture(id=last.id, address=last.address, alt=last.alt, caption=caption),
        ]

    def note(self, kind: str, sentence: str, text: str = "") -> None:
        """Report something."""
        self.notes.append(Note(kind=kind, sentence=sentence, text=text))

    def _list(self, lines: list[str], *, ordered: bool) -> None:
        items = tuple(item for item in map(clean_inline, lines) if _readable(item))
        if items:
            self._blocks.append(ItemList(id=self._id(), ordered=ordered, items=items))

    def _quotation(self, frame: QuoteFrame) -> None:
        speaker = one_line(frame.speaker())
        if len(speaker) > SPEAKER_CHARACTERS:
            frame.words.append(clean_inline(speaker))
            speaker = ""
        words = clean_inline("<br><br>".join(without_marks(line) for line in frame.words))
        if _readable(words):
            self._blocks.append(Quotation(id=self._id(), words=words, speaker=speaker))
        elif speaker:
            self.paragraph(clean_inline(speaker))

    def _table(self, frame: TableFrame) -> None:
        lines, grid = frame.lines(), frame.grid()
        if not lines:
            return
        if grid is not None:
            self._grid(grid)
            return
        if all(len(row) <= 1 for row in frame.rows):
            for line in lines:
                self.paragraph(line)
        else:
            self._list(lines, ordered=False)
        self.note("table", f"A table of {len(lines)} rows was kept as lines.")

    def _grid(self, grid: Grid) -> None:
        if any("<a " in cell for row in grid.rows for cell in row):
            self.note("link", "Links in a table were taken off its words.")
        self._blocks.append(
            Table(
                id=self._id(),
                title=_plain_line(grid.caption),
                rows=tuple(tuple(map(_plain_line, row)) for row in grid.rows),
                has_head=grid.has_head,
                names_rows=grid.names_rows,
            )
        )

    def _id(self) -> str:
        self._made += 1
        return str(uuid.uuid5(_BLOCKS, f"{self._uri}#{self._made}"))


def _plain_line(markup: str) -> str:
    return one_line(plain_text(clean_inline(markup)))


def _readable(words: SafeHtml) -> bool:
    return bool(plain_text(words).strip(" \t\n\u00a0\u200b\u3000"))
