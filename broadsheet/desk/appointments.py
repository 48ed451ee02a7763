"""Reads of appointments, for the scheduler and for the desk's screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db.models import F, Q
from django.utils import formats, timezone

from broadsheet.desk.models import Appointment, Front, Picture, StandingPage, Story
from broadsheet.plain.times import day_in_zone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from wagtail.models import Locale


def next_moment(*, after: datetime) -> datetime | None:
    """Return when something is due next by the clock: an appointment, the end of rights to a picture, or of a pin.

    Three looks into an index; an idle scheduler asks nothing else. Units: UTC. What is overdue is in the past.
    """
    appointments = Appointment.objects.filter(failed_at=None).order_by("due_at", "pk")
    rights = Picture.objects.filter(rights_expire_at__gt=after).order_by("rights_expire_at")
    ends = Front.objects.filter(next_end__isnull=False).order_by("next_end")
    moments = (
        appointments.values_list("due_at", flat=True).first(),
        rights.values_list("rights_expire_at", flat=True).first(),
        ends.values_list("next_end", flat=True).first(),
    )
    return min((moment for moment in moments if moment is not None), default=None)


def appointments_of(pages: Iterable[Story | StandingPage], *, now: datetime) -> dict[int, str]:
    """Return by the number of its row what is appointed for each page, in words for a list; one query for all.

    Shapes: “Release at 06:00, withdraw at 22:00 on 5 May”; the day is left out where it is today's in the paper's zone.
    """
    rows = Appointment.objects.filter(page__in=[page.pk for page in pages]).order_by("due_at", "pk")
    words: dict[int, list[str]] = {}
    for row in rows:
        words.setdefault(cast("int", row.page_id), []).append(_briefly(row, now=now))
    return {number: _capital(", ".join(found)) for number, found in words.items()}


def all_appointments(*, languages: Iterable[Locale], limit: int) -> list[Appointment]:
    """Return what is appointed in those languages with its row: what failed, newest first, then what is due next."""
    of_languages = Q(page__locale__in=languages) | Q(navigation__locale__in=languages) | Q(front__locale__in=languages)
    beside = ("made_by", "navigation__locale", "front__locale", "front__section")
    rows = Appointment.objects.filter(of_languages).select_related(*beside)
    found = list(rows.order_by(F("failed_at").desc(nulls_last=True), "due_at", "pk")[:limit])
    numbers = [row.page_id for row in found if row.page_id is not None]
    pages = {
        **Story.objects.select_related("locale", "section").in_bulk(numbers),
        **StandingPage.objects.select_related("locale").in_bulk(numbers),
    }
    for row in found:
        if row.page_id is not None:
            row.row = pages[row.page_id]
    return found


def _briefly(appointment: Appointment, *, now: datetime) -> str:
    with timezone.override(settings.TIME_ZONE):
        local = timezone.localtime(appointment.due_at)
    is_today = local.date() == day_in_zone(now, settings.TIME_ZONE)
    when = formats.date_format(local, "H:i" if is_today else r"H:i \o\n j F")
    return f"could not {appointment.act} at {when}" if appointment.failed_at else f"{appointment.act} at {when}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
