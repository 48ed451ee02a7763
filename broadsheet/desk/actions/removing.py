"""What all removals leave on a story's row, so that lists can tell them apart without asking the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.desk.listing import keep_listed
from broadsheet.desk.models import Story

if TYPE_CHECKING:
    from broadsheet.ledger.values import Act


def note_removal(story: Story, *, act: Act | None) -> None:
    """Write which act took the story from readers; None when they have it again."""
    removed_by = act.value if act else ""
    if story.removed_by == removed_by:
        return
    story.removed_by = removed_by
    Story.objects.filter(pk=story.pk).update(removed_by=story.removed_by)
    keep_listed(story.pk)
