"""What follows from a release: where its subject stands (``Current``) and in which lists (``Placement``).

The appending act and the rebuild both go through here, so that the rebuilt tables cannot differ from the live ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from broadsheet.ledger.errors import ProjectorMissing
from broadsheet.ledger.models import Current, Placement
from broadsheet.ledger.values import REMOVALS, Act, Document, PageDocument, ReleaseRecord, State, StoryDocument

if TYPE_CHECKING:
    from datetime import datetime


class Projector(Protocol):
    """Says in which lists a released document stands. Pure: the same document gives the same places."""

    def placements(self, document: Document) -> tuple[tuple[str, datetime], ...]:
        """Return (list name, sort_at) of each list, each list once. The locale is the document's own."""


_registered: list[Projector] = []


def register_projector(projector: Projector) -> None:
    """Make this the paper's projector. Called once, from the edition's ``AppConfig.ready``."""
    _registered[:] = [projector]


def the_projector() -> Projector:
    """Return the registered projector.

    Raises: ProjectorMissing.
    """
    if not _registered:
        raise ProjectorMissing
    return _registered[0]


def state_after(act: Act) -> State:
    """Return where a subject stands once this was done to it."""
    return REMOVALS.get(act, State.RELEASED)


def current_after(before: Current | None, *, record: ReleaseRecord, document: Document) -> Current:
    """Return the row of the subject after this release, not saved; ``before`` is the row until then.

    A removal leaves the moments of the first and the last release as they are.
    """
    state = state_after(record.act)
    return Current(
        id=before.id if before else None,
        subject=record.subject,
        locale=record.locale,
        kind=record.kind,
        state=state,
        version=record.version,
        number=record.number,
        document_digest=record.document_digest,
        edition_key=document.edition_key if isinstance(document, StoryDocument | PageDocument) else "",
        first_released_at=before.first_released_at if before else record.released_at,
        last_released_at=before.last_released_at if before and state is not State.RELEASED else record.released_at,
    )


def placements_after(*, record: ReleaseRecord, document: Document) -> list[Placement]:
    """Return the rows the subject has in lists after this release, not saved; none once it was removed."""
    if state_after(record.act) is not State.RELEASED:
        return []
    return [
        Placement(locale=record.locale, list_name=list_name, sort_at=sort_at, subject=record.subject)
        for list_name, sort_at in the_projector().placements(document)
    ]
