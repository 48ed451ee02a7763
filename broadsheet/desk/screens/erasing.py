"""The screen of an erasure: the first administrator names the order, the second reads it and agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import redirect, render
from django.views import View
from wagtail.admin import messages

from broadsheet.desk.actions.act import name_of
from broadsheet.desk.actions.erase import (
    REFERENCE_CHARACTERS,
    Erase,
    ask_to_erase,
    take_back_erasure,
    waiting_request,
)
from broadsheet.desk.errors import ActRefused, NotAgreed
from broadsheet.desk.models import Story
from broadsheet.desk.screens.addresses import form_address
from broadsheet.desk.screens.asking_for import row_for_act, show_refusal
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.values import Act
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from broadsheet.desk.erasing.reaching import Erasable


class AskForm(forms.Form):
    """Asks for the order."""

    reference = forms.CharField(
        label="Reference of the order",
        max_length=REFERENCE_CHARACTERS,
        help_text=(
            "Who gave it, its number and date. It is kept in the ledger for ever: name the order, not what it is about."
        ),
    )


class AgreeForm(forms.Form):
    """Asks the second administrator to mean it."""

    agreed = forms.BooleanField(label="I have read the order. Destroy this for good.")


class EraseView(View):
    """Shows what will be destroyed. POST asks for it, takes that back, or as a second person does it."""

    #: What is erased.
    model: type[Erasable] = Story

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the sentences and the form that is next."""
        row = row_for_act(self.model, pk, act=Act.ERASE)
        is_asked = waiting_request(subject_of(row)) is not None
        return _answer(request, row, AgreeForm() if is_asked else AskForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says, or say why not."""
        row = row_for_act(self.model, pk, act=Act.ERASE)
        subject = subject_of(row)
        form: forms.Form = AskForm(request.POST) if "ask" in request.POST else AgreeForm(request.POST)
        try:
            if "take_back" in request.POST:
                take_back_erasure(row)
                messages.success(request, f"“{subject.title}” is not to be erased any more.")
            elif not form.is_valid():
                return _answer(request, row, form)
            elif "ask" in request.POST:
                ask_to_erase(row, reference=form.cleaned_data["reference"], now=utc_now())
                messages.success(request, f"“{subject.title}” is erased once another administrator agrees.")
            else:
                return _erase(request, row)
        except NotAgreed as refused:
            # Somebody else asked, agreed or took it back meanwhile: the form that is next is another one.
            messages.error(request, str(refused))
        except ActRefused as refused:
            show_refusal(refused, form)
            return _answer(request, row, form)
        return redirect(request.path)


def _erase(request: HttpRequest, row: Any) -> HttpResponse:  # noqa: ANN401 - a row of ``model``
    subject = subject_of(row)
    Erase(row, now=utc_now()).execute()
    messages.success(request, f"The {subject.kind} is erased. This is what the ledger keeps of it.")
    return redirect("ledger_subject", subject.urn)


def _answer(request: HttpRequest, row: Any, form: forms.Form) -> HttpResponse:  # noqa: ANN401 - as above
    subject = subject_of(row)
    waiting = waiting_request(subject)
    context = {
        "subject": subject,
        "back": form_address(row),
        "waiting": waiting,
        "asked_by": name_of(waiting.asked_by.get_username()) if waiting else "",
        "is_own": waiting is not None and waiting.asked_by_id == request.user.pk,
        "form": form,
        "sentences": Erase(row, now=utc_now()).foresee(),
        "page_title": "Erase by order",
        "header_title": "Erase by order",
        "header_icon": "bin",
    }
    return render(request, "desk/erase.html", context)
