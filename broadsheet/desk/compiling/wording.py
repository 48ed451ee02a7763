"""Plain words as they are typed, made fit to print."""

from __future__ import annotations

import re
from typing import Final

from broadsheet.plain.html import clean_text

_SPACES: Final = re.compile(r"\s+")


def one_line(text: str | None) -> str:
    """Return the text on one line: no control characters or overrides, white space as single spaces, none at the ends.

    A no-break space between words stays one: French and Vietnamese typography need it.
    """
    kept = "\u00a0"
    cleaned = clean_text(sound(text or ""))
    return "".join(
        kept if kept in found else " " if found.isspace() else found for found in re.split(r"(\s+)", cleaned)
    ).strip()


def sound(text: str) -> str:
    """Return the text without halves of surrogate pairs, which no encoding can carry."""
    return text.encode("utf-8", "ignore").decode("utf-8")
