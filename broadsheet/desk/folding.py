"""Headlines as the list looks through them: in plain small letters and without punctuation, so that “chinh tri” finds “Chính trị”."""

from __future__ import annotations

import re
from typing import Final

from broadsheet.plain.folding import without_accents

_NO_WORD: Final = re.compile(r"[^\w]+|_+")


def folded(text: str) -> str:
    """Return the text folded, its words parted by single spaces."""
    return _NO_WORD.sub(" ", without_accents(text)).strip()
