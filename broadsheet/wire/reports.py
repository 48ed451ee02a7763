"""What an import did not take over, and why. Nothing is left out in silence.

Must never decide anything: it only counts and remembers.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

Outcome = Literal["imported", "updated", "unchanged", "refused"]


class Note(msgspec.Struct, frozen=True):
    """One thing that was changed or left out.

    Shapes: ``kind`` is one word or two to count by (``table``, ``picture``, ``link``); ``sentence`` says what
    happened; ``text`` holds all words, or the address, that no longer stand in the story ("" when none were lost).
    """

    kind: str
    sentence: str
    text: str = ""


class ItemReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one item. ``line`` is its line in the file, from 1."""

    line: int
    uri: str
    outcome: Outcome
    sentence: str = ""
    notes: tuple[Note, ...] = ()


class Report:
    """Counts of a whole import, and the items that were refused.

    Notes themselves go to the report file as they come: an archive of a million stories must fit.
    """

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.notes: Counter[str] = Counter()
        self.refused: list[ItemReport] = []

    def add(self, item: ItemReport) -> None:
        """Count the item."""
        self.outcomes[item.outcome] += 1
        self.notes.update(note.kind for note in item.notes)
        if item.outcome == "refused":
            self.refused.append(item)

    @property
    def total(self) -> int:
        """How many items were looked at."""
        return self.outcomes.total()
