"""The screen of what has no drafts: a navigation or front is put together on one form, and sent or appointed from it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views import View
from wagtail.admin import messages

from broadsheet.desk.actions import Release, Withdraw
from broadsheet.desk.actions.act import is_released
from broadsheet.desk.actions.sending import send
from broadsheet.desk.asking import what_was_asked
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.models import Front, Navigation
from broadsheet.desk.screens import clock
from broadsheet.desk.screens.addresses import form_address, screen_address
from broadsheet.desk.screens.appointing import AppointForm
from broadsheet.desk.screens.asking_for import note_what_was_seen
from broadsheet.desk.screens.sending import add_refusal, may_send, standing_of
from broadsheet.ledger.values import Act
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse
    from wagtail.admin.panels import ObjectList

Row = TypeVar("Row", Navigation, Front)


class UndraftedView(View, Generic[Row]):
    """Shows it; POST sends what was put together, shows or appoints it, or withdraws it.

    Each kind says which row is asked for, and how it is looked at before it is sent.
    """

    panels: ClassVar[ObjectList]
    template_name: ClassVar[str]
    icon: ClassVar[str]
    #: What readers see once it is withdrawn, as a sentence.
    without_it: ClassVar[str]

    @abstractmethod
    def find(self, **place: str) -> Row:
        """Return what stands in that place; one never made says what readers see without it. Raises: Http404."""

    def title_of(self, row: Row) -> str:
        """Return what stands over the screen."""
        return str(row)

    @abstractmethod
    def preview(self, request: HttpRequest, row: Row, form: ModelForm[Row]) -> HttpResponse:
        """Return the reader's page with what the form holds, or say why there is none."""

    def get(self, request: HttpRequest, **place: str) -> HttpResponse:
        """Show the form, with what is appointed where that is asked for."""
        row = self.row_for(request, **place)
        return self.answer(request, row, self.form_of(request, row))

    def post(self, request: HttpRequest, **place: str) -> HttpResponse:
        """Do what the button says, or show why not; what was put together stays in the form."""
        row = self.row_for(request, **place)
        note_what_was_seen(request, row)
        if "withdraw" in request.POST:
            Withdraw(row, now=utc_now()).execute()
            messages.success(request, f"“{row}” is withdrawn. {self.without_it}")
            return redirect(form_address(row))
        if "cancel" in request.POST:
            clock.cancel(request, row, request.POST["cancel"])
            return redirect(form_address(row))
        if "appoint" in request.POST:
            return self.appoint(request, row)
        form = self.form_of(request, row)
        if "preview" in request.POST:
            return self.preview(request, row, form)
        if form.is_valid():
            try:
                send(form.save(commit=False), now=utc_now())
            except ActRefused as refused:
                add_refusal(request, form, refused)
            else:
                done = "is on its way to readers" if what_was_asked().done else "is as readers have it already"
                messages.success(request, f"“{row}” {done}.")
                return redirect(form_address(row))
        return self.answer(request, row, form)

    def appoint(self, request: HttpRequest, row: Row) -> HttpResponse:
        """Appoint what was put together, or the withdrawal, or show why not."""
        form, when = self.form_of(request, row), AppointForm(request.POST)
        act = Act.WITHDRAW if request.POST["appoint"] == Act.WITHDRAW else Act.RELEASE
        if when.is_valid() and (act is Act.WITHDRAW or form.is_valid()):
            try:
                wanted = row if act is Act.WITHDRAW else form.save(commit=False)
                clock.appoint(request, wanted, act=act, due_at=when.cleaned_data["due_at"])
            except ActRefused as refused:
                add_refusal(request, form, refused)
            else:
                return redirect(form_address(row))
        return self.answer(request, row, form, when)

    def row_for(self, request: HttpRequest, **place: str) -> Row:
        """Return what is asked for. Raises: Http404; PermissionDenied when the person may not send it."""
        row = self.find(**place)
        if not may_send(request, row):
            raise PermissionDenied
        if request.method == "GET":
            clock.show(row, request.GET.get("appointed", ""))
        return row

    def form_of(self, request: HttpRequest, row: Row) -> ModelForm[Row]:
        """Return the form, filled in where something was sent."""
        form_class: Any = self.panels.bind_to_model(type(row)).get_form_class()
        form: ModelForm[Row] = form_class(request.POST or None, instance=row, for_user=request.user)
        return form

    def answer(
        self, request: HttpRequest, row: Row, form: ModelForm[Row], when: AppointForm | None = None
    ) -> HttpResponse:
        """Return the screen."""
        panel = self.panels.bind_to_model(type(row)).get_bound_panel(instance=row, request=request, form=form)
        standing, now = standing_of(row), utc_now()
        context = {
            "form": form,
            "when": when or AppointForm(),
            "appointments": clock.appointed(row),
            "by_the_clock": clock.SENTENCES,
            "panel": panel,
            "media": panel.media + form.media,
            "seen": standing.number if standing is not None else "",
            "sentences": Release(row, now=now).foresee(),
            "withdrawal": Withdraw(row, now=now).foresee() if is_released(standing) else (),
            "restore": screen_address(row, Act.RESTORE) if standing is not None and row.pk else "",
            "page_title": self.title_of(row),
            "header_title": self.title_of(row),
            "header_icon": self.icon,
        }
        return render(request, self.template_name, context)
