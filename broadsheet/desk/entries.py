"""The entries of a navigation or front as plain data: what an appointment keeps of one that is to go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.blocks import StreamValue

if TYPE_CHECKING:
    from broadsheet.desk.models.undrafted import Undrafted


def entries_of(row: Undrafted) -> dict[str, Any]:
    """Return its fields, streams as raw data, of the object and not of its row."""
    return {name: _plain(getattr(row, name)) for name in row.entry_fields}


def put_entries(row: Undrafted, entries: dict[str, Any]) -> None:
    """Put them on the object. Does not save."""
    for name, value in entries.items():
        setattr(row, name, value)


def _plain(value: Any) -> Any:  # noqa: ANN401 - of whatever field
    return value.get_prep_value() if isinstance(value, StreamValue) else value
