"""Import: a story of the archive goes to readers under its own date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from broadsheet.desk.actions.act import is_released, refuse_removed
from broadsheet.desk.actions.release import Release
from broadsheet.desk.errors import NothingToUpdate
from broadsheet.ledger.values import Act, Standing

if TYPE_CHECKING:
    from datetime import datetime


class Import(Release):
    """Release what was published elsewhere before. ``recorded_at`` is now; the dates readers see are the archive's.

    Importing a subject again records a new version where the archive changed it, and refuses where it did not.
    """

    act: ClassVar[Act] = Act.IMPORT
    verb: ClassVar[str] = "import"

    def __init__(self, row: Any, *, now: datetime, published_at: datetime | None = None) -> None:  # noqa: ANN401
        """Take the row, the present moment, and when the archive published it (both UTC)."""
        super().__init__(row, now=now)
        self.published_at = published_at

    @property
    def released_at(self) -> datetime:
        """Return the archive's own moment."""
        return self.published_at or self.now

    def check_state(self, standing: Standing | None) -> None:
        """Raise NothingToUpdate when readers have exactly this already, WasRemoved when it was killed."""
        refuse_removed(self.subject, standing)
        if standing is not None and is_released(standing) and standing.document == self.ready_document():
            msg = f"“{self.subject.title}” is in the ledger already, exactly as the archive has it."
            raise NothingToUpdate(msg)

    def release_companion(self, row: Any) -> None:  # noqa: ANN401 - a companion
        """Bring in what the story shows, under the same date."""
        Import(row, now=self.now, published_at=self.published_at).execute()
