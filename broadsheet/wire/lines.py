"""One line of inline markup being written: a paragraph, a list item, a cell, a caption.

Tags are written only once there are words for them, so an empty tag never comes out. Must never hold a block.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final

_BLANK: Final = re.compile(r"[ \t\r\n\f]+")
#: Spaces that indent or fill when they stand at the edge of a line, but join words inside one.
_EDGE: Final = " \t\n\u00a0\u2002\u2003\u2007\u2009\u200b\u202f\u3000"


@dataclass
class _Open:
    tag: str
    markup: str
    written: bool = False
    used: bool = False


class Line:
    """Collects words and inline tags; ``take`` gives the line and begins the next inside the same open tags."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open: list[_Open] = []
        self._space = False
        #: Line breaks seen since the last words; two or more end a paragraph.
        self.breaks = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was written since the last ``take``."""
        return not self._pieces

    def start(self, tag: str, markup: str) -> None:
        """Open a tag; one without markup, or inside one of its kind, has no effect but must be ended too."""
        again = any(entry.tag == tag and entry.markup for entry in self._open)
        self._open.append(_Open(tag=tag, markup="" if again else markup))

    def end(self, tag: str) -> bool:
        """Close the innermost such tag and return whether it held words."""
        place = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n].tag == tag), None)
        if place is None:
            return True
        inner = self._open[place + 1 :]
        self._close(self._open[place:])
        used = self._open[place].used
        del self._open[place]
        for entry in inner:
            entry.written = False
        return used

    def words(self, text: str) -> None:
        """Write text; blanks run together, and those at the edges of the line go."""
        for part in re.split(r"([ \t\r\n\f]+)", text):
            if not part:
                continue
            if _BLANK.fullmatch(part) or (self.empty and not part.strip(_EDGE)):
                self._space = True
                continue
            self._write(part.lstrip(_EDGE) if self.empty else part)

    def exactly(self, text: str) -> None:
        """Write text of a program or table: blanks at its start stay, as spaces that do not break."""
        bare = text.expandtabs(4)
        indent = len(bare) - len(bare.lstrip(" "))
        if bare.strip():
            self._space = False
            self._write("\u00a0" * indent + bare.strip(" "))

    def take(self) -> str:
        """Return the line's markup, "" when there is nothing to read in it."""
        self._close(self._open)
        markup = "".join(self._pieces).rstrip(_EDGE)
        self._pieces, self._space, self.breaks = [], False, 0
        return markup

    def _write(self, words: str) -> None:
        if self.breaks and not self.empty:
            self._pieces.append("<br>" * self.breaks)
        elif self._space and not self.empty:
            self._pieces.append(" ")
        self.breaks, self._space = 0, False
        for entry in self._open:
            entry.used = True
            if entry.markup and not entry.written:
                self._pieces.append(entry.markup)
                entry.written = True
        self._pieces.append(html.escape(words, quote=False))

    def _close(self, entries: list[_Open]) -> None:
        for entry in reversed(entries):
            if entry.written:
                self._pieces.append(f"</{entry.tag}>")
                entry.written = False
