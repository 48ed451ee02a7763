"""A demo story's blocks in the form in which the desk's body field keeps them."""

from __future__ import annotations

import uuid
from typing import Any, Final

from broadsheet.demo.values import Block, Heading, ItemList, Paragraph, Quotation

#: Below it lie the keys of everything the demo makes, the same at every start, so that nothing is made twice.
DEMO: Final = uuid.UUID("3d0f2a52-7c1e-4f5b-9a86-1f6f0c8b7e21")


def demo_key(*parts: str) -> uuid.UUID:
    """Return the key of a thing of the demo, always the same for the same parts."""
    return uuid.uuid5(DEMO, "/".join(parts))


def body_stream(blocks: tuple[Block, ...], *, name: str) -> list[dict[str, Any]]:
    """Return the blocks as raw stream data.

    Shapes: each ``{"id", "type", "value"}``; ids follow from ``name`` and the block's place.
    """
    return [
        {"id": str(demo_key(name, str(place))), "type": kind, "value": value}
        for place, (kind, value) in enumerate(map(_typed, blocks))
    ]


def _typed(block: Block) -> tuple[str, Any]:
    match block:
        case Paragraph(text=text):
            return "paragraph", f"<p>{text}</p>"
        case Heading(text=text, level=level):
            return "heading", {"text": text, "level": str(level)}
        case ItemList(items=items, ordered=ordered):
            return "list", {"ordered": ordered, "items": [f"<p>{item}</p>" for item in items]}
        case Quotation():
            return "quotation", {
                "words": f"<p>{block.words}</p>",
                "speaker": block.speaker,
                "source": block.source,
                "original": block.original,
                "original_locale": block.original_locale or "",
            }
