"""Moves the clock on and does what the scheduler does then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.desk.actions import keep_next_due

if TYPE_CHECKING:
    from datetime import datetime

    import time_machine


def keep_all(clock: time_machine.Coordinates, at: datetime) -> list[str]:
    """Let it be that moment; keep what is due. Return the sentences, empty where it was kept."""
    clock.move_to(at)
    found = []
    while (outcome := keep_next_due(now=at)) is not None:
        found.append(outcome.sentence)
    return found
