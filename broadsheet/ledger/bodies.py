"""What lies inside the blocks of a body, for those who need all pictures or all markup of it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from broadsheet.ledger.blocks import Block, FactBox, Gallery, ItemList, Paragraph, PictureUse, Quotation, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from broadsheet.plain.html import SafeHtml


def pictures_in(blocks: Iterable[object]) -> Iterator[PictureUse]:
    """Yield every picture the blocks show, in order, those of galleries too."""
    for block in blocks:
        match block:
            case PictureUse():
                yield block
            case Gallery(pictures=pictures):
                yield from pictures


def markup_in(block: Block) -> tuple[SafeHtml, ...]:
    """Return the inline markup of a block, in order."""
    match block:
        case Paragraph(html=html):
            return (html,)
        case ItemList(items=items):
            return items
        case Quotation(words=words):
            return (words,)
        case FactBox(paragraphs=paragraphs):
            return paragraphs
        case Timeline(events=events):
            return tuple(event.words for event in events)
        case _:
            return ()


def with_markup(block: Block, changed: Callable[[SafeHtml], SafeHtml]) -> Block:
    """Return the block with each piece of its markup changed."""
    match block:
        case Paragraph():
            return msgspec.structs.replace(block, html=changed(block.html))
        case ItemList():
            return msgspec.structs.replace(block, items=tuple(map(changed, block.items)))
        case Quotation():
            return msgspec.structs.replace(block, words=changed(block.words))
        case FactBox():
            return msgspec.structs.replace(block, paragraphs=tuple(map(changed, block.paragraphs)))
        case Timeline():
            events = (msgspec.structs.replace(event, words=changed(event.words)) for event in block.events)
            return msgspec.structs.replace(block, events=tuple(events))
        case _:
            return block
