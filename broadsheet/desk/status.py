"""Where a story or standing page stands, in the newsroom's words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from broadsheet.desk.models import StandingPage, Story


class StoryStatus(StrEnum):
    """Value: what the address of a list carries. ``label``: what the desk shows."""

    DRAFT = "draft"
    IN_APPROVAL = "approval"
    RELEASED = "released"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    KILLED = "killed"
    TAKEN_DOWN = "takedown"
    ERASED = "erase"

    @property
    def label(self) -> str:
        """Return the words on the screen."""
        return _LABELS[self]


_LABELS = {
    StoryStatus.DRAFT: "Draft",
    StoryStatus.IN_APPROVAL: "In approval",
    StoryStatus.RELEASED: "Released",
    StoryStatus.CHANGED: "Released, with changes not yet out",
    StoryStatus.WITHDRAWN: "Withdrawn",
    StoryStatus.KILLED: "Killed",
    StoryStatus.TAKEN_DOWN: "Taken down",
    StoryStatus.ERASED: "Erased",
}
_REMOVED: Final = {Act.KILL.value: StoryStatus.KILLED, Act.TAKEDOWN.value: StoryStatus.TAKEN_DOWN}


def status_of(page: Story | StandingPage) -> StoryStatus:
    """Return where it stands; approval comes before anything else, because somebody waits for it."""
    if page.removed_by == Act.ERASE:
        return StoryStatus.ERASED
    if page.workflow_in_progress:
        return StoryStatus.IN_APPROVAL
    if page.live:
        return StoryStatus.CHANGED if page.has_unpublished_changes else StoryStatus.RELEASED
    if page.first_released_at is None:
        return StoryStatus.DRAFT
    return _REMOVED.get(page.removed_by, StoryStatus.WITHDRAWN)
