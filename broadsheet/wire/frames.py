"""What a line can stand in: a list, a quotation, a table, a figure. Each collects lines until its end tag.

Must never be nested in its result: the blocks of a story are flat.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.plain.html import SafeHtml, plain_text

if TYPE_CHECKING:
    from broadsheet.wire.values import BodyPicture

_DASHES: Final = "—\u2013―-~ \u00a0"
_SIGNED: Final = re.compile(
    r"(?:[—\u2013―-]|&mdash;)?\s*<cite>(?P<cited>.+?)</cite>\.?|[—\u2013―]\s*(?P<dashed>.{2,120})", re.DOTALL
)
_MARKS: Final = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("「", "」"))


@dataclass
class ListFrame:
    """A list; ``ordered`` as its tag says. Lines of one item belong together."""

    ordered: bool
    items: list[list[str]] = field(default_factory=list)
    fresh: bool = True

    def add(self, line: str) -> None:
        """Put the line in the present item, or begin one."""
        if self.fresh:
            self.items.append([])
            self.fresh = False
        self.items[-1].append(line)

    def lines(self) -> list[str]:
        """Return one line an item."""
        return ["<br>".join(item) for item in self.items]


@dataclass
class QuoteFrame:
    """A quotation, with who said it when it stands below in a footer, a cite or after a dash."""

    words: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    in_footer: bool = False

    def add(self, line: str) -> None:
        """Put the line with the words, or in the footer."""
        (self.footer if self.in_footer else self.words).append(line)

    def lines(self) -> list[str]:
        """Return words, then footer."""
        return [*self.words, *self.footer]

    def speaker(self) -> str:
        """Take the speaker out of the lines and return the name as plain text, "" when none is told."""
        if self.footer:
            return plain_text(SafeHtml(" ".join(self.footer))).strip(_DASHES)
        signed = _SIGNED.fullmatch(self.words[-1]) if len(self.words) > 1 else None
        if signed is None:
            return ""
        self.words.pop()
        return plain_text(SafeHtml(signed["cited"] or signed["dashed"])).strip(_DASHES)


def without_marks(words: str) -> str:
    """Return the words without the one pair of quotation marks around them; the page sets its own."""
    for first, last in _MARKS:
        inner = words[len(first) : -len(last)]
        if words.startswith(first) and words.endswith(last) and inner and first not in inner and last not in inner:
            return inner
    return words


class Grid(NamedTuple):
    """A table whose rows are of one length: cells of inline markup."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    has_head: bool
    names_rows: bool


@dataclass
class TableFrame:
    """A table: rows of cells of lines, and which cells name their row or column."""

    rows: list[list[list[str]]] = field(default_factory=list)
    names: list[list[bool]] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Put the line in the present cell, or in a row of its own (a caption)."""
        if not self.rows or not self.rows[-1]:
            self.start_row()
            self.start_cell(is_name=False)
        self.rows[-1][-1].append(line)

    def start_row(self) -> None:
        """Begin a row."""
        self.rows.append([])
        self.names.append([])

    def start_cell(self, *, is_name: bool) -> None:
        """Begin a cell of the present row."""
        if not self.rows:
            self.start_row()
        self.rows[-1].append([])
        self.names[-1].append(is_name)

    def grid(self) -> Grid | None:
        """Return the table in rows and columns; None where its rows are uneven or it has less than two columns."""
        filled = [(row, names) for row, names in zip(self.rows, self.names, strict=True) if any(row)]
        caption = " ".join(filled.pop(0)[0][0]) if filled and len(filled[0][0]) == 1 else ""
        lengths = {len(row) for row, _ in filled}
        if len(lengths) != 1 or lengths == {1}:
            return None
        has_head = len(filled) > 1 and all(filled[0][1])
        below = filled[1:] if has_head else filled
        return Grid(
            caption=caption,
            rows=tuple(tuple(" ".join(cell) for cell in row) for row, _ in filled),
            has_head=has_head,
            names_rows=all(names[0] for _, names in below),
        )

    def lines(self) -> list[str]:
        """Return one line a row that has words, its cells set apart by dots."""
        rows = [" · ".join("<br>".join(cell) for cell in row if cell) for row in self.rows]
        return [row for row in rows if row]


@dataclass
class FigureFrame:
    """A figure: its pictures and their caption. Other lines in it pass through."""

    pictures: list[BodyPicture] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)
    in_caption: bool = False

    def add(self, line: str) -> None:
        """Put the line in the caption."""
        self.caption.append(line)

    def lines(self) -> list[str]:
        """Return the caption."""
        return self.caption


Frame = ListFrame | QuoteFrame | TableFrame | FigureFrame
