"""The fronts: a list of those a person may arrange, and one screen for each, with the real front beside the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from broadsheet.desk.actions import Release, Withdraw
from broadsheet.desk.actions.act import is_released
from broadsheet.desk.actions.arranging import send_front
from broadsheet.desk.asking import what_was_asked
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.models import Front, Section
from broadsheet.desk.panels import FRONT_PANELS
from broadsheet.desk.screens.addresses import front_address, screen_address
from broadsheet.desk.screens.asking_for import note_what_was_seen, show_refusal
from broadsheet.desk.screens.preview import show_unsent
from broadsheet.desk.screens.sending import add_refusal, languages, may_send, standing_of
from broadsheet.ledger.values import Act
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

_ICON = "grip"


class FrontsMenuItem(MenuItem):
    """The fronts, for those who may release in some language."""

    def __init__(self) -> None:
        super().__init__("Fronts", reverse_lazy("desk_fronts"), name="fronts", icon_name=_ICON, order=107)

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person may do anything there."""
        return bool(policy_registry.get_by_type(Page).user_has_permission(request.user, "publish"))


class FrontsView(View):
    """Lists the fronts the person may arrange, by language: the home front, then those of sections."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        context = {
            "rows": [
                (front, front_address(front), is_released(standing_of(front)))
                for language in languages()
                for front in _fronts_of(language)
                if may_send(request, front)
            ],
            "page_title": "Fronts",
            "header_title": "Fronts",
            "header_icon": _ICON,
        }
        return render(request, "desk/fronts.html", context)


class FrontView(View):
    """Shows one front; POST sends what was put together, shows it beside the form, or withdraws it."""

    def get(self, request: HttpRequest, code: str, key: str = "") -> HttpResponse:
        """Show the form; where the frame beside it asks, the front itself."""
        front = self.front_for(request, code, key)
        if "shown" in request.GET:
            return _shown(request, front, _form_of(request, front))
        return _answer(request, front, _form_of(request, front))

    def post(self, request: HttpRequest, code: str, key: str = "") -> HttpResponse:
        """Do what the button says, or show why not; what was put together stays in the form."""
        front = self.front_for(request, code, key)
        note_what_was_seen(request, front)
        if "withdraw" in request.POST:
            Withdraw(front, now=utc_now()).execute()
            messages.success(request, f"“{front}” is withdrawn. Readers see its newest stories again.")
            return redirect(front_address(front))
        form = _form_of(request, front)
        if "preview" in request.POST:
            return _shown(request, form.save(commit=False) if form.is_valid() else front, form)
        if form.is_valid():
            try:
                send_front(form.save(commit=False), now=utc_now())
            except ActRefused as refused:
                add_refusal(request, form, refused)
            else:
                done = "is on its way to readers" if what_was_asked().done else "is as readers have it already"
                messages.success(request, f"“{front}” {done}.")
                return redirect(front_address(front))
        return _answer(request, front, form)

    def front_for(self, request: HttpRequest, code: str, key: str) -> Front:
        """Return the front. Raises: Http404; PermissionDenied when the person may not send it."""
        language = get_object_or_404(Locale, language_code=code)
        section = get_object_or_404(Section, locale=language, key=key, live=True) if key else None
        front = _front_of(language, section)
        if not may_send(request, front):
            raise PermissionDenied
        return front


def _front_of(language: Locale, section: Section | None) -> Front:
    """Return the front of the section or the home front; one nobody arranged yet is empty."""
    found = Front.objects.select_related("locale", "section").filter(locale=language, section=section).first()
    return found or Front(locale=language, section=section)


def _fronts_of(language: Locale) -> Iterator[Front]:
    yield _front_of(language, None)
    for section in Section.objects.filter(locale=language, live=True).order_by("order", "key"):
        yield _front_of(language, section)


def _form_of(request: HttpRequest, front: Front) -> ModelForm[Front]:
    form_class = FRONT_PANELS.bind_to_model(Front).get_form_class()
    form: ModelForm[Front] = form_class(request.POST or None, instance=front, for_user=request.user)
    return form


def _shown(request: HttpRequest, front: Front, form: ModelForm[Front]) -> HttpResponse:
    """Return the front with what the form holds, or the sentences why it cannot be shown."""
    if not form.errors:
        try:
            return show_unsent(front)
        except ActRefused as refused:
            show_refusal(refused, form)
    return render(request, "desk/front_not_shown.html", {"form": form})


def _answer(request: HttpRequest, front: Front, form: ModelForm[Front]) -> HttpResponse:
    panel = FRONT_PANELS.bind_to_model(Front).get_bound_panel(instance=front, request=request, form=form)
    standing, now = standing_of(front), utc_now()
    context = {
        "form": form,
        "panel": panel,
        "media": panel.media + form.media,
        "seen": standing.number if standing is not None else "",
        "sentences": Release(front, now=now).foresee(),
        "withdrawal": Withdraw(front, now=now).foresee() if is_released(standing) else (),
        "restore": screen_address(front, Act.RESTORE) if standing is not None and front.pk else "",
        "page_title": str(front),
        "header_title": str(front),
        "header_icon": _ICON,
    }
    return render(request, "desk/front.html", context)
