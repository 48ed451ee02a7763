"""A demo story's blocks in the form in which the desk's body field keeps them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from broadsheet.demo.blocks import (
    Block,
    FactBox,
    Gallery,
    Heading,
    ItemList,
    Paragraph,
    PullQuote,
    Quotation,
    Table,
    Timeline,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.desk.models import Picture

#: Below it lie the keys of everything the demo makes, the same at every start, so that nothing is made twice.
DEMO: Final = uuid.UUID("3d0f2a52-7c1e-4f5b-9a86-1f6f0c8b7e21")


def demo_key(*parts: str) -> uuid.UUID:
    """Return the key of a thing of the demo, always the same for the same parts."""
    return uuid.uuid5(DEMO, "/".join(parts))


def body_stream(blocks: tuple[Block, ...], *, name: str, pictures: Mapping[str, Picture]) -> list[dict[str, Any]]:
    """Return the blocks as raw stream data. ``pictures`` are the desk's by file name.

    Shapes: each ``{"id", "type", "value"}``; ids follow from ``name`` and the block's place.
    """
    return [
        {"id": str(demo_key(name, str(place))), "type": kind, "value": value}
        for place, (kind, value) in enumerate(_typed(block, pictures) for block in blocks)
    ]


def _typed(block: Block, pictures: Mapping[str, Picture]) -> tuple[str, Any]:
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
        case _:
            return _beside(block, pictures)


def _beside(
    block: Gallery | PullQuote | FactBox | Table | Timeline, pictures: Mapping[str, Picture]
) -> tuple[str, Any]:
    match block:
        case Gallery(title=title, pictures=uses):
            shown = [{"picture": pictures[use.file].pk, "caption": use.caption, "alt": use.alt} for use in uses]
            return "gallery", {"title": title, "pictures": shown}
        case PullQuote(words=words, speaker=speaker):
            return "pull_quote", {"words": words, "speaker": speaker}
        case FactBox(title=title, paragraphs=paragraphs):
            return "fact_box", {"title": title, "text": "".join(f"<p>{text}</p>" for text in paragraphs)}
        case Table(title=title, rows=rows):
            lines = "\n".join(" | ".join(row) for row in rows)
            return "table", {"title": title, "rows": lines, "has_head": True, "names_rows": True}
        case Timeline(title=title, events=events):
            told = [{"when": event.when, "words": f"<p>{event.words}</p>"} for event in events]
            return "timeline", {"title": title, "events": told}
