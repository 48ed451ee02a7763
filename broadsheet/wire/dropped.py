"""An element on its way out of a body: what it showed, and the words in it.

Must never give back anything but plain words and an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from broadsheet.wire.reports import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Tags that show something from elsewhere; its address stays as a link.
EMBEDS: Final = frozenset({"iframe", "video", "audio", "object", "embed", "frame"})
_BLANK: Final = re.compile(r"\s+")


@dataclass
class Dropped:
    """One dropped element and all below it."""

    tag: str
    address: str = ""
    title: str = ""
    _depth: int = 1
    _words: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """See a tag inside it."""
        if tag == self.tag:
            self._depth += 1
        self.address = self.address or shown_address(attributes)

    def end(self, tag: str) -> bool:
        """See an end tag, and return whether it was its own."""
        if tag == self.tag:
            self._depth -= 1
        return not self._depth

    def words(self, text: str) -> None:
        """See text inside it."""
        self._words.append(text)

    def note(self) -> Note:
        """Return the report: the words, or where there were none, the address."""
        words = _BLANK.sub(" ", " ".join(self._words)).strip()
        shown = self.tag.removeprefix("x-")
        return Note(kind=shown, sentence=f"<{shown}> has no place in a story.", text=words or self.address)


def shown_address(attributes: Mapping[str, str]) -> str:
    """Return where the shown thing lies, "" when the tag does not say."""
    return attributes.get("src") or attributes.get("data", "")
