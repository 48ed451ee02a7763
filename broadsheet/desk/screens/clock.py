"""The part of a navigation's or front's screen that is about the clock: what is appointed, appointing, cancelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.admin import messages

from broadsheet.desk.actions import cancel_appointment, make_appointment
from broadsheet.desk.actions.appointing import words_of
from broadsheet.desk.entries import put_entries
from broadsheet.desk.screens.appointed import ShownAppointment
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from broadsheet.desk.models import Appointment, Front, Navigation
    from broadsheet.ledger.values import Act

SENTENCES = (
    "What is put together above goes out then as if it were sent at that second.",
    "When somebody sends or withdraws another one before, it is not done, and this screen says so.",
    "It is done in your name. If you may not do it any more by then, it is not done.",
)


def appointed(row: Navigation | Front) -> list[ShownAppointment]:
    """Return what is appointed for it, the next first."""
    rows = row.appointments.order_by("due_at").select_related("made_by") if row.pk else ()
    return [ShownAppointment(each) for each in rows]


def appoint(request: HttpRequest, row: Navigation | Front, *, act: Act, due_at: datetime) -> None:
    """Appoint it and say so. Raises: ActRefused."""
    made = make_appointment(row, act=act, due_at=due_at, text_seen=None, now=utc_now())
    messages.success(request, f"“{row}”: {words_of(made)} is appointed.")


def cancel(request: HttpRequest, row: Navigation | Front, number: str) -> None:
    """Cancel that one of its appointments. Raises: ActRefused."""
    if (appointment := find(row, number)) is not None:
        cancel_appointment(appointment)
        messages.success(request, f"“{row}”: {words_of(appointment)} is no longer appointed.")


def show(row: Navigation | Front, number: str) -> None:
    """Put what is appointed under that number on the object, so that the form shows it; nothing for none."""
    if (appointment := find(row, number)) is not None and appointment.entries is not None:
        put_entries(row, appointment.entries)


def find(row: Navigation | Front, number: str) -> Appointment | None:
    """Return its appointment of that number."""
    if not (row.pk and number.isascii() and number.isdigit()):
        return None
    found: Appointment | None = row.appointments.filter(pk=number).first()
    return found
