"""Blocks of the ledger in the form in which the desk's body field keeps them: the way back from compiling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from broadsheet.ledger.blocks import (
    Aside,
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
    from collections.abc import Iterable, Mapping


class Identified(Protocol):
    """A block: one of the ledger's, or whatever stands for a picture."""

    @property
    def id(self) -> str:
        """Return the block's own id."""


def stream_of(blocks: Iterable[Identified], *, pictures: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the blocks as raw stream data, each ``{"id", "type", "value"}``.

    Shapes: ``pictures`` has the stream value of each picture block by its id; one that is missing there is left out.
    """
    typed = (_typed(block, pictures) for block in blocks)
    return [{"id": block_id, "type": kind, "value": value} for block_id, kind, value in typed if kind]


def _typed(block: Identified, pictures: Mapping[str, dict[str, Any]]) -> tuple[str, str, object]:
    """Return id, type and value; the type is empty where there is nothing to keep."""
    match block:
        case Paragraph():
            return block.id, "paragraph", _rich(block.html)
        case Heading():
            return block.id, "heading", {"text": block.text, "level": str(block.level)}
        case ItemList():
            return block.id, "list", {"ordered": block.ordered, "items": [_rich(item) for item in block.items]}
        case Quotation():
            return block.id, "quotation", _quotation(block)
        case PullQuote() | Gallery() | Table() | FactBox() | Timeline():
            return (block.id, *_aside(block, pictures))
        case _:
            return block.id, "picture" if block.id in pictures else "", pictures.get(block.id)


def _aside(block: Aside, pictures: Mapping[str, dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    match block:
        case PullQuote():
            return "pull_quote", {"words": block.words, "speaker": block.speaker}
        case Gallery():
            shown = [pictures[use.id] for use in block.pictures if use.id in pictures]
            return "gallery", {"title": block.title, "pictures": shown}
        case Table():
            return "table", _table(block)
        case FactBox():
            return "fact_box", {"title": block.title, "text": "".join(map(_rich, block.paragraphs))}
        case Timeline():
            events = [{"when": event.when, "words": _rich(event.words)} for event in block.events]
            return "timeline", {"title": block.title, "events": events}


def _rich(markup: str) -> str:
    """Return the markup as rich text is stored: the editor opens on closed tags only, so ``<br>`` has to be one."""
    return f"<p>{markup.replace('<br>', '<br/>')}</p>"


def _table(block: Table) -> dict[str, Any]:
    return {
        "title": block.title,
        # Tabs, because no cell holds one.
        "rows": "\n".join("\t".join(row) for row in block.rows),
        "has_head": block.has_head,
        "names_rows": block.names_rows,
    }


def _quotation(block: Quotation) -> dict[str, str]:
    return {
        "words": _rich(block.words),
        "speaker": block.speaker,
        "source": block.source,
        "original": block.original,
        "original_locale": block.original_locale or "",
    }
