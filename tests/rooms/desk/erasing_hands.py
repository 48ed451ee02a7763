"""Erases as two administrators do: one asks, an hour later the other agrees."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from broadsheet.desk.actions import Erase, ask_to_erase
from broadsheet.desk.actors import acting_as
from tests.rooms.desk.rows import again

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LAST = NOW + timedelta(hours=2)


def erase(row: Any, first: Any, second: Any, *, reference: str = "Court of Huế, 7/2026") -> None:
    """Erase it as it is then."""
    with acting_as(first):
        ask_to_erase(again(row), reference=reference, now=LATER)
    with acting_as(second):
        Erase(again(row), now=LAST).execute()
