"""Sending a navigation to readers: saving it and releasing it are one thing, because it is small and has no drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Locale

from broadsheet.desk.actions.act import already_released, is_released
from broadsheet.desk.actions.release import Release
from broadsheet.desk.actors import current_actor
from broadsheet.desk.errors import NotAllowed
from broadsheet.desk.models import Navigation
from broadsheet.desk.permissions import may
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from datetime import datetime


def send_navigation(navigation: Navigation, *, now: datetime) -> None:
    """Save the navigation and let readers have it, or neither. Nothing is sent where they have exactly this.

    Raises: ActRefused.
    """
    subject = subject_of(navigation)
    if not may(actor=current_actor(), act=Act.RELEASE, subject=subject):
        msg = f"You may not change “{subject.title}”. A chief editor can."
        raise NotAllowed(msg)
    with transaction.atomic():
        # Two people who make the first one of a language wait for each other here.
        Locale.objects.select_for_update(no_key=True).get(pk=navigation.locale_id)
        standing = LedgerReader().current(subject.urn, subject.locale)
        # ``adding`` is Django's own flag for a row not yet written.
        is_new = navigation._state.adding  # noqa: SLF001 - Django's documented name
        if is_new and standing is not None and Navigation.objects.filter(locale=navigation.locale).exists():
            raise already_released(subject, standing)
        # Ends in an update where readers have one.
        navigation.save()
        if not is_released(standing):
            Release(navigation, now=now).execute()
