"""A released front written back into its row, and the moments its row holds. Does not save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.desk.errors import CannotRestore
from broadsheet.desk.models import Story
from broadsheet.plain.urns import Urn, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from broadsheet.desk.models import Front
    from broadsheet.ledger.arrangements import FrontDocument, Pin


def write_front_back(front: Front, document: FrontDocument) -> None:
    """Put what the document says into the row.

    Raises: CannotRestore when it shows a story the desk no longer has.
    """
    strip = document.strip
    front.layout = document.layout
    front.slots = _pins(document.slots)
    front.featured = _pins(document.featured)
    front.strip = []
    if strip is not None:
        story = _story(strip.story) if strip.story is not None else None
        front.strip = [("breaking", {"words": strip.words, "until": strip.until, "story": story})]


def ends_of(front: Front) -> list[datetime]:
    """Return when its pins and its strip end, the past ones too, earliest first."""
    children = [child for stream in (front.strip, front.slots, front.featured) for child in stream]
    return sorted({child.value["until"] for child in children if child.value["until"] is not None})


def _pins(pins: Iterable[Pin]) -> list[tuple[str, dict[str, Any]]]:
    return [("story", {"story": _story(pin.story), "until": pin.until}) for pin in pins]


def _story(urn: Urn) -> Story:
    found = Story.objects.filter(subject_key=key_of(urn)).first()
    if found is None:
        msg = "That version shows a story the desk no longer has. Arrange the front again on its screen."
        raise CannotRestore(msg)
    return found
