"""The screen of an erasure: the first administrator names the order, the second reads it and agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View
from wagtail.admin import messages

from broadsheet.desk.actions.act import name_of, refuse_erased
from broadsheet.desk.actions.erase import (
    REFERENCE_CHARACTERS,
    Erase,
    ask_to_erase,
    take_back_erasure,
    waiting_request,
)
from broadsheet.desk.actors import current_actor
from broadsheet.desk.errors import ActRefused, NotReady
from broadsheet.desk.models import Picture, Story
from broadsheet.desk.permissions import may
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.values import Act
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_KINDS: Final[dict[str, type[Story | Picture]]] = {"story": Story, "picture": Picture}


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

    def get(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """Show the sentences and the form that is next."""
        row = _row_for(kind, pk)
        return _answer(request, row, _form_for(row))

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """Do what the button says, or say why not."""
        row = _row_for(kind, pk)
        form: forms.Form = AskForm(request.POST) if "ask" in request.POST else AgreeForm(request.POST)
        try:
            if "take_back" in request.POST:
                take_back_erasure(row)
                messages.success(request, f"“{row.title}” is not to be erased any more.")
            elif not form.is_valid():
                return _answer(request, row, form)
            elif "ask" in request.POST:
                ask_to_erase(row, reference=form.cleaned_data["reference"], now=utc_now())
                messages.success(request, f"“{row.title}” is erased once another administrator agrees.")
            else:
                return _erase(request, row)
        except ActRefused as refused:
            sentences = (
                [each.sentence for each in refused.problems] if isinstance(refused, NotReady) else [str(refused)]
            )
            for sentence in sentences:
                messages.error(request, sentence)
        return redirect("desk_erase", kind, row.pk)


def _erase(request: HttpRequest, row: Story | Picture) -> HttpResponse:
    subject = subject_of(row)
    Erase(row, now=utc_now()).execute()
    messages.success(request, f"The {subject.kind} is erased. This is what the ledger keeps of it.")
    return redirect("ledger_subject", subject.urn)


def _row_for(kind: str, pk: int) -> Story | Picture:
    """Return the row. Raises: Http404; PermissionDenied for whoever is no administrator; WasErased."""
    if kind not in _KINDS:
        raise Http404
    row = get_object_or_404(_KINDS[kind], pk=pk)
    subject = subject_of(row)
    if not may(actor=current_actor(), act=Act.ERASE, subject=subject):
        raise PermissionDenied
    refuse_erased(subject)
    return cast("Story | Picture", row)


def _form_for(row: Story | Picture) -> forms.Form:
    return AskForm() if waiting_request(subject_of(row)) is None else AgreeForm()


def _answer(request: HttpRequest, row: Story | Picture, form: forms.Form) -> HttpResponse:
    waiting = waiting_request(subject_of(row))
    edit = "wagtailadmin_pages:edit" if isinstance(row, Story) else "wagtailimages:edit"
    context = {
        "row": row,
        "lang": row.locale.language_code if isinstance(row, Story) else "",
        "back": reverse(edit, args=[row.pk]),
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
