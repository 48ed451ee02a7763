"""Text as it comes in: repaired where every reader would agree, and looked at for leaked masks.

Must never change a word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from broadsheet.plain.html import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable


def _windows_leftovers() -> dict[int, str | None]:
    # Old systems stored Windows-1252 bytes as if they were Latin-1, so a right quote arrives as U+0092. The HTML
    # standard reads &#146; in the same way; what Windows-1252 leaves open has no meaning at all and goes.
    table: dict[int, str | None] = {}
    for code in range(0x80, 0xA0):
        table[code] = bytes([code]).decode("cp1252", errors="ignore") or None
    return table


_NONCHARACTERS: Final = [
    *range(0xFDD0, 0xFDF0),
    *(plane * 0x10000 + low for plane in range(17) for low in (0xFFFE, 0xFFFF)),
]
_REPAIRS: Final[dict[int, str | None]] = {
    **_windows_leftovers(),
    **dict.fromkeys([*_NONCHARACTERS, *range(0xD800, 0xE000)]),
}
#: All blanks but those that do not break: French and Vietnamese typography sets them on purpose.
_SPACES: Final = re.compile(r"[^\S\u00a0\u202f]+")
#: What a translator's letter mask looks like once it has leaked: DNUM_CAZAHZCACF stood where a date belonged.
_MASK: Final = re.compile(r"\b[A-Z]{1,6}NUM_[A-Z]{2,}\b|__[A-Z]{1,4}\d+__|⟦\d+⟧")


def repair(text: str) -> str:
    """Return the text without control characters, noncharacters and lone surrogates; Windows leftovers made right."""
    return clean_text(text.translate(_REPAIRS))


def composed(text: str) -> str:
    """Return the text with letters and their marks as one sign where there is one (Unicode form NFC).

    Never for markup: a mark after a bracket would become one with it, and the tag would be gone.
    """
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return the plain text repaired and composed, on one line, with single spaces."""
    return _SPACES.sub(" ", composed(repair(text))).strip()


def leaked_mask(texts: Iterable[str]) -> str:
    """Return the first mask or placeholder found in the texts, or "" when there is none.

    Source: design "Translation", tripwire; only the patterns no person writes.
    """
    for text in texts:
        found = _MASK.search(text)
        if found:
            return found[0]
    return ""
