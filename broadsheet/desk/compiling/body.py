"""The body of a story: blocks of the desk made into blocks of the ledger."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Literal

from broadsheet.desk.compiling import asides
from broadsheet.desk.compiling.picture_use import PictureWords, use_picture
from broadsheet.desk.compiling.rich_text import one_paragraph, paragraphs
from broadsheet.desk.compiling.wording import one_line
from broadsheet.ledger.blocks import Block, Heading, ItemList, Paragraph, Quotation
from broadsheet.plain.locales import Locale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wagtail.blocks import StreamValue

    from broadsheet.plain.urns import Urn


def rich_texts(body: StreamValue) -> Iterator[str]:
    """Yield every rich text of the body as stored."""
    for child in body:
        value = child.value
        if child.block_type == "paragraph":
            yield value.source
        elif child.block_type == "quotation":
            yield value["words"].source
        elif child.block_type == "list":
            yield from (item.source for item in value["items"])
        elif child.block_type == "fact_box":
            yield value["text"].source
        elif child.block_type == "timeline":
            yield from (event["words"].source for event in value["events"])


def compile_body(body: StreamValue, *, locale: Locale, targets: Mapping[int, Urn], seed: uuid.UUID) -> Iterator[Block]:
    """Yield the body's blocks; empty ones are left out.

    A block keeps its id from version to version. One that was never saved gets one from ``seed`` and its place.
    """
    for place, child in enumerate(body):
        block_id = child.id or str(uuid.uuid5(seed, str(place)))
        match child.block_type:
            case "paragraph":
                yield from _paragraphs(block_id, child.value.source, targets)
            case "heading":
                yield from _heading(block_id, child.value)
            case "list":
                yield from _list(block_id, child.value, targets)
            case "quotation":
                yield from _quotation(block_id, child.value, targets)
            case "picture" if child.value["picture"] is not None:
                words = PictureWords(caption=child.value["caption"], alt=child.value["alt"])
                yield use_picture(child.value["picture"], block_id=block_id, words=words, locale=locale)
            case _:
                yield from _aside(child.block_type, block_id, child.value, targets=targets, locale=locale)


def _aside(
    kind: str, block_id: str, value: Mapping[str, Any], *, targets: Mapping[int, Urn], locale: Locale
) -> Iterator[Block]:
    match kind:
        case "pull_quote":
            yield from asides.pull_quote(block_id, value)
        case "gallery":
            yield from asides.gallery(block_id, value, locale=locale)
        case "table":
            yield from asides.table(block_id, value)
        case "fact_box":
            yield from asides.fact_box(block_id, value, targets)
        case "timeline":
            yield from asides.timeline(block_id, value, targets)


def _paragraphs(block_id: str, source: str, targets: Mapping[int, Urn]) -> Iterator[Paragraph]:
    """Yield each paragraph of the block; those after the first get the block's id with their number."""
    for number, markup in enumerate(paragraphs(source, targets=targets), start=1):
        yield Paragraph(id=block_id if number == 1 else f"{block_id}-{number}", html=markup)


def _heading(block_id: str, value: Mapping[str, Any]) -> Iterator[Heading]:
    if text := one_line(value["text"]):
        level: Literal[2, 3] = 3 if value["level"] == "3" else 2
        yield Heading(id=block_id, level=level, text=text)


def _list(block_id: str, value: Mapping[str, Any], targets: Mapping[int, Urn]) -> Iterator[ItemList]:
    items = (one_paragraph(item.source, targets=targets) for item in value["items"])
    if kept := tuple(item for item in items if item):
        yield ItemList(id=block_id, ordered=bool(value["ordered"]), items=kept)


def _quotation(block_id: str, value: Mapping[str, Any], targets: Mapping[int, Urn]) -> Iterator[Quotation]:
    words = one_paragraph(value["words"].source, targets=targets)
    if not words:
        return
    original = one_line(value["original"])
    language = one_line(value["original_locale"])
    yield Quotation(
        id=block_id,
        words=words,
        speaker=one_line(value["speaker"]),
        source=one_line(value["source"]),
        original=original,
        original_locale=Locale(language) if original and language else None,
    )
