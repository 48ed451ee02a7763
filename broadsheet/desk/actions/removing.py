"""What all removals leave on the row of a story or standing page, so that lists can tell them apart without asking the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.desk.listing import keep_listed
from broadsheet.desk.models import Story

if TYPE_CHECKING:
    from broadsheet.desk.models import StandingPage
    from broadsheet.ledger.values import Act


def note_removal(page: Story | StandingPage, *, act: Act | None) -> None:
    """Write which act took it from readers; None when they have it again."""
    removed_by = act.value if act else ""
    if page.removed_by == removed_by:
        return
    page.removed_by = removed_by
    type(page).objects.filter(pk=page.pk).update(removed_by=page.removed_by)
    if isinstance(page, Story):
        keep_listed(page.pk)
