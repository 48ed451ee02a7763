"""The entries of a navigation as plain data: what an appointment keeps of one that is to go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadsheet.desk.models import Navigation


def entries_of(navigation: Navigation) -> dict[str, Any]:
    """Return ``menu`` and ``footer`` as raw stream data, of the object and not of its row."""
    return {"menu": navigation.menu.get_prep_value(), "footer": navigation.footer.get_prep_value()}


def put_entries(navigation: Navigation, entries: dict[str, Any]) -> None:
    """Put them on the object. Does not save."""
    navigation.menu, navigation.footer = entries.get("menu", []), entries.get("footer", [])
