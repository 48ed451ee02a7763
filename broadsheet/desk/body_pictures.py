"""The pictures placed in a body at the desk: alone between paragraphs, or in a gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wagtail.blocks import StreamValue

    from broadsheet.desk.models import Picture


def picture_values(body: StreamValue) -> Iterator[Mapping[str, Any]]:
    """Yield each place of a picture with ``picture`` (None while none is chosen), ``caption`` and ``alt``."""
    for child in body:
        if child.block_type == "picture":
            yield child.value
        elif child.block_type == "gallery":
            yield from child.value["pictures"]


def pictures_of(body: StreamValue) -> list[Picture]:
    """Return the pictures that are chosen, in order."""
    return [value["picture"] for value in picture_values(body) if value["picture"] is not None]


def picture_numbers_of(body: StreamValue) -> set[int]:
    """Return their row numbers; nothing is fetched for it."""
    values: list[Mapping[str, Any]] = []
    for block in body.get_prep_value():
        if block["type"] == "picture":
            values.append(block["value"])
        elif block["type"] == "gallery":
            # What was never opened is as it was written: an item may stand there bare.
            values += [item.get("value", item) for item in block["value"]["pictures"]]
    return {value["picture"] for value in values if value.get("picture") is not None}
