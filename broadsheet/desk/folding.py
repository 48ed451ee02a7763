"""Words as they are looked for: without accents, capitals and punctuation, so that “chinh tri” finds “Chính trị”."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Letters whose stroke Unicode does not take off as an accent.
_STROKES: Final = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe"})
_NO_WORD: Final = re.compile(r"[^\w]+|_+")


def folded(text: str) -> str:
    """Return the text folded, its words parted by single spaces."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in parts if not unicodedata.combining(character))
    return _NO_WORD.sub(" ", plain.translate(_STROKES)).strip()
