"""The screen on which a story is put under legal hold, and the hold lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import redirect, render
from django.views import View
from wagtail.admin import messages

from broadsheet.desk.actions.holding import REASON_CHARACTERS, lift_hold, put_on_hold
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.models import Story
from broadsheet.desk.screens.asking_for import row_for_act, show_refusal
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

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        story = row_for_act(Story, pk, act=Act.RELEASE)
        return self.answer(request, story, HoldForm(initial={"reason": story.legal_hold}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put the hold on or lift it, and say so."""
        story = row_for_act(Story, pk, act=Act.RELEASE)
        form = HoldForm(request.POST)
        try:
            if "lift" in request.POST:
                lift_hold(story)
                messages.success(request, f"The hold on “{story.title}” is lifted.")
            elif form.is_valid():
                put_on_hold(story, reason=form.cleaned_data["reason"])
                messages.success(
                    request, f"“{story.title}” is under legal hold. Nothing of it goes out until it is lifted."
                )
            else:
                return self.answer(request, story, form)
        except ActRefused as refused:
            show_refusal(refused, form)
            return self.answer(request, story, form)
        return redirect("wagtailadmin_pages:edit", story.pk)

    def answer(self, request: HttpRequest, story: Story, form: HoldForm) -> HttpResponse:
        """Return the screen."""
        context = {
            "story": story,
            "form": form,
            "page_title": "Legal hold",
            "header_title": "Legal hold",
            "header_icon": "lock",
        }
        return render(request, "desk/hold.html", context)
