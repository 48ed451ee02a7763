"""The screen on which a story or standing page is appointed to go out or come off.

What may be done is said by the actions; here it is only shown and asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views import View
from wagtail.admin import messages

from broadsheet.desk.actions import cancel_appointment, make_appointment
from broadsheet.desk.actions.act import name_of
from broadsheet.desk.actions.appointing import kind_of, words_of
from broadsheet.desk.actions.moments import said
from broadsheet.desk.actions.withdraw import Withdraw
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.forms.paper_time import PaperTimeField
from broadsheet.desk.models import Appointment, StandingPage, Story
from broadsheet.desk.screens.appointed import ICON, ShownAppointment
from broadsheet.desk.screens.asking_for import row_for_act, show_refusal
from broadsheet.desk.screens.foreseeing import sending
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.values import Act
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse


class AppointForm(forms.Form):
    """Asks when."""

    due_at = PaperTimeField(
        label="Day and time", help_text=f"By the paper's clock ({settings.TIME_ZONE}), to the second."
    )


class AppointView(View):
    """Shows what will change and what is appointed already; POST appoints or cancels."""

    #: What goes out or comes off, and by which act.
    model: type[Story | StandingPage] = Story
    act: ClassVar[Act] = Act.RELEASE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the sentences and the form."""
        page = row_for_act(self.model, pk, act=self.act)
        kept = Appointment.objects.filter(page=page, act__in=kind_of(self.act), failed_at=None).first()
        return self.answer(request, page, AppointForm(initial={"due_at": kept.due_at} if kept else {}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Appoint and lead back to the form, over which it stands; or cancel; or say why not."""
        page = row_for_act(self.model, pk, act=self.act)
        if "cancel" in request.POST:
            return self.cancel(request, page, request.POST["cancel"])
        form = AppointForm(request.POST)
        if form.is_valid():
            try:
                make_appointment(
                    page,
                    act=self.act,
                    due_at=form.cleaned_data["due_at"],
                    text_seen=_moment(request.POST.get("text_seen", "")),
                    now=utc_now(),
                )
            except ActRefused as refused:
                show_refusal(refused, form)
            else:
                return redirect("wagtailadmin_pages:edit", page.pk)
        return self.answer(request, self.model.objects.get(pk=pk), form)

    def cancel(self, request: HttpRequest, page: Any, number: str) -> HttpResponse:  # noqa: ANN401 - a row of ``model``
        """Cancel one of the page's, and come back to this screen."""
        found = Appointment.objects.filter(page=page, pk=number) if number.isascii() and number.isdigit() else ()
        for appointment in found:
            cancel_appointment(appointment)
            messages.success(request, f"“{page.title}”: {words_of(appointment)} is no longer appointed.")
        return redirect(request.path)

    def answer(self, request: HttpRequest, page: Any, form: AppointForm) -> HttpResponse:  # noqa: ANN401 - as above
        """Return the screen."""
        word = self.act.value if self.act is Act.WITHDRAW or not page.live else Act.UPDATE.value
        saved_at = page.latest_revision_created_at
        context = {
            "page": page,
            "form": form,
            "act": self.act,
            "sentences": _coming_off(page) if self.act is Act.WITHDRAW else _going_out(page),
            "appointments": [
                ShownAppointment(each) for each in page.appointments.order_by("due_at").select_related("made_by")
            ],
            "text_seen": saved_at.isoformat() if saved_at else "",
            "button": f"{word.title()} at that moment",
            "page_title": f"{word.title()} at…",
            "header_title": f"{word.title()} at a set second",
            "header_icon": ICON,
        }
        return render(request, "desk/appoint.html", context)


def _going_out(page: Story | StandingPage) -> tuple[str, ...]:
    saved, kind = page.latest_revision, subject_of(page).kind
    by = f" by {name_of(saved.user.get_username())}" if saved and saved.user else ""
    draft: Story | StandingPage = page.get_latest_revision_as_object()
    return (
        f"Readers get the draft saved at {said(saved.created_at)}{by}." if saved else "Readers get the text as it is.",
        f"No other text goes out: when somebody saves another version before, it is not done, and the {kind} says so.",
        *_foreseen(draft),
        *(
            [f"It is under embargo until {said(draft.embargo_until)}; the moment must not be earlier."]
            if isinstance(draft, Story) and draft.embargo_until
            else []
        ),
        *([f"It is under legal hold: {page.legal_hold}"] if page.legal_hold else []),
        _IN_YOUR_NAME,
    )


def _foreseen(draft: Story | StandingPage) -> tuple[str, ...]:
    """Return what the act will change as things stand; a draft that is not ready says so when it is appointed."""
    try:
        return sending(draft, now=utc_now()).foresee()
    except ActRefused:
        return ()


def _coming_off(page: Story | StandingPage) -> tuple[str, ...]:
    return (
        *Withdraw(page, now=utc_now()).foresee(),
        "It is done whatever text readers have by then.",
        _IN_YOUR_NAME,
    )


_IN_YOUR_NAME = "It is done in your name. If you may not do it any more by then, it is not done."


def _moment(text: str) -> datetime | None:
    """Return when the draft was saved that the screen showed; what cannot be read is no draft's time."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None
