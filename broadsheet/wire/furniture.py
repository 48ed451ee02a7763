"""Furniture: what a web page puts round a story and a careless export takes along.

Only what cannot be part of any story is cleared away, and each piece is noted. Must never touch a sentence.
"""

from __future__ import annotations

import re
from typing import Final

from broadsheet.ledger.blocks import Heading, Paragraph
from broadsheet.plain.html import plain_text
from broadsheet.wire.reports import Note
from broadsheet.wire.values import Body, BodyBlock

_FILE_NAME: Final = re.compile(r"[\w%+.()-]+\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|heic|svg)", re.IGNORECASE)
_MAKER: Final = re.compile(r"powered\s+by\b.{0,60}", re.IGNORECASE)
_STRAY: Final = frozenset("x\u00d7✕✖|•·…-\u2013—*")
#: How near the edges of a body a second headline may stand to count as furniture.
_EDGE_BLOCKS: Final = 3


def without_furniture(body: Body, *, headline: str) -> Body:
    """Return the body without the headline again, bare file names of pictures, and the like."""
    kept: list[BodyBlock] = []
    notes = list(body.notes)
    last = len(body.blocks) - 1
    for place, block in enumerate(body.blocks):
        words = _words(block)
        at_edge = place < _EDGE_BLOCKS or place > last - _EDGE_BLOCKS
        reason = _furniture(words, headline=headline, at_edge=at_edge) if words else ""
        if reason:
            notes.append(Note(kind="furniture", sentence=reason, text=words))
        else:
            kept.append(block)
    return Body(blocks=tuple(kept), notes=tuple(notes))


def _furniture(words: str, *, headline: str, at_edge: bool) -> str:
    """Return why these words are furniture, "" when they are not."""
    if _FILE_NAME.fullmatch(words):
        return "The bare file name of a picture was left out."
    if not at_edge:
        return ""
    if headline and _folded(words) == _folded(headline):
        return "The headline stood in the body once more."
    if words in _STRAY:
        return "A stray sign was left out."
    if _MAKER.fullmatch(words):
        return "The name of the system that made the page was left out."
    return ""


def _words(block: BodyBlock) -> str:
    if isinstance(block, Paragraph):
        return plain_text(block.html).strip()
    return block.text if isinstance(block, Heading) else ""


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
