"""Takedown: it goes because somebody outside the paper ordered it, and the order is kept on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from broadsheet.desk.actions.kill import Kill
from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotReady, Problem
from broadsheet.desk.models import StandingPage, Story
from broadsheet.ledger.values import Act, Removal

if TYPE_CHECKING:
    from datetime import datetime

REFERENCE_CHARACTERS: Final = 300


class Takedown(Kill):
    """Take a story, standing page or picture from readers in neutral words. The order's reference is kept and never shown to them."""

    act: ClassVar[Act] = Act.TAKEDOWN
    verb: ClassVar[str] = "take down"

    def __init__(self, row: Any, *, now: datetime, reference: str) -> None:  # noqa: ANN401 - a row of the three
        """Take the row, the moment (UTC), and what names the order: who gave it, its number and date."""
        super().__init__(row, now=now, words="")
        self.reference = one_line(reference)

    @property
    def removal(self) -> Removal:
        """Return the reference."""
        return Removal(reference=self.reference)

    def check_words(self) -> None:
        """Raise NotReady without a reference, or with one that is too long."""
        if not self.reference:
            raise NotReady((Problem("reference", "Name the order: who gave it, its number and date."),))
        if len(self.reference) > REFERENCE_CHARACTERS:
            sentence = f"The reference has {len(self.reference)} characters; {REFERENCE_CHARACTERS} is the most."
            raise NotReady((Problem("reference", sentence),))

    def first_of_all(self) -> tuple[str, ...]:
        """Return what happens first."""
        if isinstance(self.row, Story | StandingPage):
            return (
                f"Before any list changes, its page says in neutral words that the {self.subject.kind} is no longer available.",
                "The reference is kept in the ledger; readers do not see it.",
            )
        return (*super().first_of_all(), "The reference is kept in the ledger; readers do not see it.")

    def way_back(self) -> str:
        """Return how it could come back."""
        return "It comes back only when an administrator restores one of its versions."
