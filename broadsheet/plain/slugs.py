"""URL slugs: ASCII, short, readable."""

from __future__ import annotations

import re
from typing import Final, NewType

from anyascii import anyascii

Slug = NewType("Slug", str)

SLUG_BYTES: Final = 80
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
_APOSTROPHES: Final = re.compile("['’‘`]")


def make_slug(text: str, *, fallback: str) -> Slug:
    """Return the text as a slug; the fallback (an id) when nothing of it can be written in ASCII.

    Units: at most 80 bytes, cut at a word where one ends in the last half.
    Source: DESIGN "Reader URL"; transliteration by anyascii (ISC), which knows đ, Cyrillic, Arabic, CJK.
    """
    words = _NOT_WORD.sub("-", _APOSTROPHES.sub("", anyascii(text)).lower()).strip("-")
    if not words:
        return Slug(fallback)
    if len(words) > SLUG_BYTES:
        cut = words[: SLUG_BYTES + 1].rfind("-")
        words = words[:cut] if cut >= SLUG_BYTES // 2 else words[:SLUG_BYTES]
    return Slug(words.strip("-"))


def numbered_slug(slug: Slug, number: int) -> Slug:
    """Return the slug with ``-<number>`` at its end, still at most 80 bytes."""
    tail = f"-{number}"
    return Slug(slug[: SLUG_BYTES - len(tail)].rstrip("-") + tail)
