"""Blocks of the ledger in the form in which the desk's body field keeps them: the way back from compiling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from broadsheet.ledger.values import Heading, ItemList, Paragraph, Quotation

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
    stream = []
    for block in blocks:
        match block:
            case Paragraph():
                stream.append(_entry(block.id, "paragraph", _rich(block.html)))
            case Heading():
                stream.append(_entry(block.id, "heading", {"text": block.text, "level": str(block.level)}))
            case ItemList():
                items = [_rich(item) for item in block.items]
                stream.append(_entry(block.id, "list", {"ordered": block.ordered, "items": items}))
            case Quotation():
                stream.append(_entry(block.id, "quotation", _quotation(block)))
            case _ if block.id in pictures:
                stream.append(_entry(block.id, "picture", pictures[block.id]))
    return stream


def _entry(block_id: str, kind: str, value: object) -> dict[str, Any]:
    return {"id": block_id, "type": kind, "value": value}


def _rich(markup: str) -> str:
    """Return the markup as rich text is stored: the editor opens on closed tags only, so ``<br>`` has to be one."""
    return f"<p>{markup.replace('<br>', '<br/>')}</p>"


def _quotation(block: Quotation) -> dict[str, str]:
    return {
        "words": _rich(block.words),
        "speaker": block.speaker,
        "source": block.source,
        "original": block.original,
        "original_locale": block.original_locale or "",
    }
