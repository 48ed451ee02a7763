"""What the screens before an act share: finding the row, and showing a refusal where the words were typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from broadsheet.desk.actions.act import refuse_erased
from broadsheet.desk.actors import current_actor
from broadsheet.desk.asking import what_was_asked
from broadsheet.desk.errors import ActRefused, NotReady
from broadsheet.desk.permissions import may
from broadsheet.desk.subjects import subject_of

if TYPE_CHECKING:
    from django import forms
    from django.db.models import Model
    from django.http import HttpRequest

    from broadsheet.ledger.values import Act


def row_for_act(model: type[Model], pk: int, *, act: Act) -> Any:  # noqa: ANN401 - a row of that model
    """Return the row. Raises: Http404; PermissionDenied when the person may not do this act to it; WasErased."""
    row = get_object_or_404(model, pk=pk)
    subject = subject_of(row)
    if not may(actor=current_actor(), act=act, subject=subject):
        raise PermissionDenied
    refuse_erased(subject)
    return row


def note_what_was_seen(request: HttpRequest, row: Any) -> None:  # noqa: ANN401 - a row of SUBJECT_MODELS
    """Note which release the person's form was opened on, so that the act finds out when somebody was first."""
    seen = request.POST.get("seen", "")
    what_was_asked().seen[subject_of(row).urn] = int(seen) if seen.isascii() and seen.isdigit() else None


def show_refusal(refused: ActRefused, form: forms.BaseForm) -> None:
    """Put each sentence beside the field it is about, or over the form."""
    problems = refused.problems if isinstance(refused, NotReady) else ()
    for problem in problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
    if not problems:
        form.add_error(None, str(refused))
