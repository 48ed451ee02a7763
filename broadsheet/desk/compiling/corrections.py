"""The public notes below a story or standing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.ledger.values import Correction
from broadsheet.plain.times import to_utc

if TYPE_CHECKING:
    from broadsheet.desk.models import StandingPage, Story


def corrections_of(page: Story | StandingPage) -> tuple[Correction, ...]:
    """Return the notes, oldest first; a page not saved yet has none."""
    if page.pk is None:
        return ()
    return tuple(Correction(words=row.words, at=to_utc(row.at)) for row in page.corrections.all())
