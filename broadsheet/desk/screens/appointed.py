"""What is appointed and what could not be done: over the form it is about, and all of it in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views import View
from wagtail import hooks
from wagtail.admin import messages

from broadsheet.desk.actions.appointing import words_of
from broadsheet.desk.actors import current_actor
from broadsheet.desk.appointments import all_appointments
from broadsheet.desk.assignees import name_of_person
from broadsheet.desk.models import StandingPage, Story
from broadsheet.desk.models.appointment import COMING_OFF, GOING_OUT
from broadsheet.desk.models.undrafted import Undrafted
from broadsheet.desk.permissions import may
from broadsheet.desk.screens.addresses import form_address, screen_address
from broadsheet.desk.story_lines import languages_of
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

    from broadsheet.desk.models import Appointment

ICON = "time"
#: As much as a person looks through.
_ROWS = 200


class AppointmentsView(View):
    """Everything that is appointed in the person's languages, and what could not be done."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        rows = all_appointments(languages=languages_of(request.user), limit=_ROWS)
        context = {
            "appointments": [ShownAppointment(row) for row in rows],
            "limit": _ROWS,
            "page_title": "By the clock",
            "header_title": "By the clock",
            "header_icon": ICON,
        }
        return render(request, "desk/appointments.html", context)


class ShownAppointment:
    """An appointment as the screens show it."""

    def __init__(self, appointment: Appointment) -> None:
        row: Any = appointment.row
        subject = subject_of(row)
        self.row = appointment
        self.words = words_of(appointment)
        self.by = name_of_person(appointment.made_by) if appointment.made_by else "nobody at the desk any more"
        self.trouble = appointment.sentence or _in_the_way(appointment)
        self.title = row.get_admin_display_title() if subject.is_page else subject.title
        self.locale = subject.locale
        self.place = _place_of(row)
        self.form = form_address(row)


@hooks.register("before_edit_page")
def say_what_is_appointed(request: HttpRequest, page: Page) -> None:
    """Say over the page's form what is appointed for it, and what could not be done."""
    if request.method != "GET" or not isinstance(page, Story | StandingPage):
        return
    row = type(page).objects.get(pk=page.pk)  # the form holds the newest draft
    for appointment in row.appointments.order_by("due_at"):
        appointment.row = row
        shown = ShownAppointment(appointment)
        is_theirs = may(actor=current_actor(), act=Act(appointment.act), subject=subject_of(row))
        buttons = [messages.button(_screen_of(appointment), "Look")] if is_theirs else []
        if appointment.failed_at:
            messages.error(request, f"{shown.words} was not done. {shown.trouble}", buttons=buttons)
        elif shown.trouble:
            messages.warning(
                request, f"{shown.words} is appointed, and will not be done. {shown.trouble}", buttons=buttons
            )
        else:
            messages.info(request, f"{shown.words} is appointed.", buttons=buttons)


def _place_of(row: Story | StandingPage | Undrafted) -> str:
    if isinstance(row, Story):
        return row.section.title if row.section else ""
    return str(row._meta.verbose_name).capitalize()  # noqa: SLF001 - Django's documented name


def _screen_of(appointment: Appointment) -> str:
    kind = COMING_OFF if appointment.act in COMING_OFF else GOING_OUT
    return screen_address(appointment.row, f"{kind[0]}_at")


def _in_the_way(appointment: Appointment) -> str:
    """Return what is known already to keep it from being done; empty: nothing."""
    row: Any = appointment.row
    if appointment.act == Act.WITHDRAW:
        return ""
    if isinstance(row, Undrafted):
        return _sent_since(row, appointment)
    if row.legal_hold:
        return f"The {subject_of(row).kind} is under legal hold: {row.legal_hold}"
    if row.latest_revision_created_at != appointment.text_saved_at:
        return "Another version was saved since. Look at it, then choose the moment again."
    return ""


def _sent_since(row: Undrafted, appointment: Appointment) -> str:
    subject = subject_of(row)
    standing = LedgerReader().current(subject.urn, subject.locale)
    if (standing.number if standing else None) == appointment.seen_release:
        return ""
    return "Another one was sent or withdrawn since. Look at it, then choose the moment again."
