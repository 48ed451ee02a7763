"""Sending what has no drafts: saving a navigation or front and releasing it are one thing, because both are small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Locale

from broadsheet.desk.actions.act import already_released, is_released
from broadsheet.desk.actions.release import Release
from broadsheet.desk.actors import current_actor
from broadsheet.desk.errors import NotAllowed
from broadsheet.desk.permissions import may
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.models import Front, Navigation


def send(row: Navigation | Front, *, now: datetime) -> None:
    """Save the row and let readers have it, or neither. Nothing is sent where they have exactly this.

    Raises: ActRefused.
    """
    subject = subject_of(row)
    if not may(actor=current_actor(), act=Act.RELEASE, subject=subject):
        msg = f"You may not change “{subject.title}”. A chief editor can."
        raise NotAllowed(msg)
    with transaction.atomic():
        # Two people who make the first one of a language wait for each other here.
        Locale.objects.select_for_update(no_key=True).get(pk=row.locale_id)
        standing = LedgerReader().current(subject.urn, subject.locale)
        # ``adding`` is Django's own flag for a row not yet written.
        there = row.in_its_place().first() if row._state.adding else None  # noqa: SLF001 - Django's documented name
        if there is not None:
            if standing is not None:
                raise already_released(subject, standing)
            row.pk = there.pk  # saved for an appointment meanwhile; nobody was sent it
        # Ends in an update where readers have one.
        row.save()
        if not is_released(standing):
            Release(row, now=now).execute()
