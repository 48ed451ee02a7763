"""The part of a navigation's screen that is about the clock: what is appointed, appointing, cancelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin import messages

from broadsheet.desk.actions import cancel_appointment, make_appointment
from broadsheet.desk.actions.appointing import words_of
from broadsheet.desk.navigation_entries import put_entries
from broadsheet.desk.screens.appointed import ShownAppointment
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from broadsheet.desk.models import Appointment, Navigation
    from broadsheet.ledger.values import Act

SENTENCES = (
    "What is put together above goes out then as if it were sent at that second.",
    "When somebody sends or withdraws another one before, it is not done, and this screen says so.",
    "It is done in your name. If you may not do it any more by then, it is not done.",
)


def appointed(navigation: Navigation) -> list[ShownAppointment]:
    """Return what is appointed for it, the next first."""
    rows = navigation.appointments.order_by("due_at").select_related("made_by") if navigation.pk else ()
    return [ShownAppointment(row) for row in rows]


def appoint(request: HttpRequest, navigation: Navigation, *, act: Act, due_at: datetime) -> None:
    """Appoint it and say so. Raises: ActRefused."""
    made = make_appointment(navigation, act=act, due_at=due_at, text_seen=None, now=utc_now())
    messages.success(request, f"“{navigation}”: {words_of(made)} is appointed.")


def cancel(request: HttpRequest, navigation: Navigation, number: str) -> None:
    """Cancel that one of its appointments. Raises: ActRefused."""
    if (appointment := find(navigation, number)) is not None:
        cancel_appointment(appointment)
        messages.success(request, f"“{navigation}”: {words_of(appointment)} is no longer appointed.")


def show(navigation: Navigation, number: str) -> None:
    """Put what is appointed under that number on the object, so that the form shows it; nothing for none."""
    if (appointment := find(navigation, number)) is not None and appointment.entries is not None:
        put_entries(navigation, appointment.entries)


def find(navigation: Navigation, number: str) -> Appointment | None:
    """Return the navigation's appointment of that number."""
    if not (navigation.pk and number.isascii() and number.isdigit()):
        return None
    rows: Any = navigation.appointments.filter(pk=number)
    return rows.first()
