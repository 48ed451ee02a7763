"""The screen on which a story or standing page is put under legal hold, and the hold lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import redirect, render
from django.views import View
from wagtail.admin import messages

from broadsheet.desk.actions.holding import REASON_CHARACTERS, lift_hold, put_on_hold
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.models import StandingPage, Story
from broadsheet.desk.screens.asking_for import row_for_act, show_refusal
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class HoldForm(forms.Form):
    """Asks why."""

    reason = forms.CharField(
        max_length=REASON_CHARACTERS,
        help_text="For whoever wants to release it: who has to decide what first. Readers never see it.",
    )


class HoldView(View):
    """Shows whether there is a hold; POST puts one on or lifts it."""

    #: What is held.
    model: type[Story | StandingPage] = Story

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        page = row_for_act(self.model, pk, act=Act.RELEASE)
        return self.answer(request, page, HoldForm(initial={"reason": page.legal_hold}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put the hold on or lift it, and say so."""
        page = row_for_act(self.model, pk, act=Act.RELEASE)
        form = HoldForm(request.POST)
        try:
            if "lift" in request.POST:
                lift_hold(page)
                messages.success(request, f"The hold on “{page.title}” is lifted.")
            elif form.is_valid():
                put_on_hold(page, reason=form.cleaned_data["reason"])
                messages.success(
                    request, f"“{page.title}” is under legal hold. Nothing of it goes out until it is lifted."
                )
            else:
                return self.answer(request, page, form)
        except ActRefused as refused:
            show_refusal(refused, form)
            return self.answer(request, page, form)
        return redirect("wagtailadmin_pages:edit", page.pk)

    def answer(self, request: HttpRequest, page: Any, form: HoldForm) -> HttpResponse:  # noqa: ANN401 - of ``model``
        """Return the screen."""
        context = {
            "page": page,
            "what": subject_of(page).kind,
            "form": form,
            "page_title": "Legal hold",
            "header_title": "Legal hold",
            "header_icon": "lock",
        }
        return render(request, "desk/hold.html", context)
