"""The screens before an act that needs words: what it will change, the words, and the button that does it.

What may be done is said by the acts; here it is only shown and asked for.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.shortcuts import redirect, render
from django.views import View
from wagtail.admin import messages

from broadsheet.desk.actions import Correct, Kill, Restore, Takedown
from broadsheet.desk.actions.act import name_of
from broadsheet.desk.actions.correct import NOTE_CHARACTERS, send_correction
from broadsheet.desk.actions.kill import NOTICE_CHARACTERS
from broadsheet.desk.actions.moments import said as said_at
from broadsheet.desk.actions.takedown import REFERENCE_CHARACTERS
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.models import Story
from broadsheet.desk.screens.addresses import form_address
from broadsheet.desk.screens.asking_for import note_what_was_seen, row_for_act, show_refusal
from broadsheet.desk.screens.version_words import told_apart
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import REMOVALS, Act, ReleaseRecord
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

    ForeseenAct = Correct | Kill | Takedown | Restore

#: As many versions as a person can look through; older ones are found in the ledger.
_VERSIONS = 50


class CorrectForm(forms.Form):
    """Asks for the note of a correction."""

    words = forms.CharField(
        label="Note to readers",
        max_length=NOTE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What was wrong, and what is right. In its language; readers see it below the text.",
    )


class KillForm(forms.Form):
    """Asks for the notice of a kill."""

    words = forms.CharField(
        label="Kill notice",
        max_length=NOTICE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why the paper no longer stands by it. In its language: readers find it where the text was. Partners see it.",
    )


class TakedownForm(forms.Form):
    """Asks for the order behind a takedown."""

    reference = forms.CharField(
        label="Reference of the order",
        max_length=REFERENCE_CHARACTERS,
        help_text="Who gave it, its number and date. Kept in the ledger; readers do not see it.",
    )


class RestoreForm(forms.Form):
    """Asks which version is to come back."""

    number = forms.TypedChoiceField(label="Version", coerce=int, widget=forms.RadioSelect)


class ActView(View):
    """Shows what the act will change; POST does it. A refusal is shown where the words were typed, which stay."""

    act: ClassVar[Act]
    form_class: ClassVar[type[forms.Form]]
    title: ClassVar[str]
    icon: ClassVar[str]
    button: ClassVar[str]
    done: ClassVar[str]
    #: What the act is done to: one of ``SUBJECT_MODELS``.
    model: type[Model] = Story

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the sentences and the form."""
        row = row_for_act(self.model, pk, act=self.act)
        return self.answer(request, row, self.form_for(row))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do the act, or say why not."""
        row = row_for_act(self.model, pk, act=self.act)
        form = self.form_for(row, request.POST)
        subject = subject_of(row)
        if form.is_valid():
            note_what_was_seen(request, row)
            try:
                self.do(row, form.cleaned_data)
            except ActRefused as refused:
                show_refusal(refused, form)
            else:
                messages.success(request, self.done.format(title=subject.title))
                return redirect(form_address(row))
        return self.answer(request, row, form)

    def form_for(self, row: Any, data: Any = None) -> forms.Form:  # noqa: ANN401, ARG002 - a row, a QueryDict
        """Return the form, filled in where something was sent."""
        return self.form_class(data)

    @abstractmethod
    def act_on(self, row: Any, said: Mapping[str, Any]) -> ForeseenAct:  # noqa: ANN401 - a row of ``model``
        """Return the act with what the form holds; to say what will change, that may be nothing yet."""

    def do(self, row: Any, said: Mapping[str, Any]) -> None:  # noqa: ANN401 - a row of ``model``
        """Do the act with what the form holds. Raises: ActRefused."""
        self.act_on(row, said).execute()

    def answer(self, request: HttpRequest, row: Any, form: forms.Form) -> HttpResponse:  # noqa: ANN401 - as above
        """Return the screen."""
        subject = subject_of(row)
        standing = LedgerReader().current(subject.urn, subject.locale)
        if standing is None:
            messages.error(request, f"“{subject.title}” was never before readers.")
            return redirect(form_address(row))
        context = {
            "subject": subject,
            "back": form_address(row),
            "form": form,
            "seen": standing.number,
            "sentences": self.act_on(row, {}).foresee(),
            "act": self.act,
            "button": self.button,
            "page_title": self.title,
            "header_title": self.title,
            "header_icon": self.icon,
        }
        return render(request, "desk/act.html", context)


class CorrectView(ActView):
    """Correct, with a note to readers."""

    act = Act.CORRECT
    form_class = CorrectForm
    title = "Correct"
    icon = "edit"
    button = "Send the correction"
    done = "The correction of “{title}” is on its way to readers, with your note."

    def act_on(self, row: Any, said: Mapping[str, Any]) -> ForeseenAct:  # noqa: ANN401 - a row of ``model``
        """See ``ActView.act_on``; the draft is what will go out."""
        return Correct(row.get_latest_revision_as_object(), now=utc_now(), words=said.get("words", ""))

    def do(self, row: Any, said: Mapping[str, Any]) -> None:  # noqa: ANN401 - a Story or StandingPage
        """See ``ActView.do``; the draft is published by Wagtail, and the act follows from that."""
        send_correction(row, words=said["words"], now=utc_now())


class KillView(ActView):
    """Kill, with a notice to readers and partners."""

    act = Act.KILL
    form_class = KillForm
    title = "Kill"
    icon = "warning"
    button = "Kill it"
    done = "“{title}” is killed. Readers no longer find it; partners get your notice."

    def act_on(self, row: Any, said: Mapping[str, Any]) -> ForeseenAct:  # noqa: ANN401 - a row of ``model``
        """See ``ActView.act_on``."""
        return Kill(row, now=utc_now(), words=said.get("words", ""))


class TakedownView(ActView):
    """Take down by order."""

    act = Act.TAKEDOWN
    form_class = TakedownForm
    title = "Take down"
    icon = "no-view"
    button = "Take it down"
    done = "“{title}” is taken down. Readers no longer find it."

    def act_on(self, row: Any, said: Mapping[str, Any]) -> ForeseenAct:  # noqa: ANN401 - a row of ``model``
        """See ``ActView.act_on``."""
        return Takedown(row, now=utc_now(), reference=said.get("reference", ""))


class RestoreView(ActView):
    """Restore one of the versions readers had."""

    act = Act.RESTORE
    form_class = RestoreForm
    title = "Restore a version"
    icon = "history"
    button = "Restore the chosen version"
    done = "“{title}” is restored. Readers have that version within a moment."

    def form_for(self, row: Any, data: Any = None) -> forms.Form:  # noqa: ANN401 - a row, a QueryDict
        """Return the form with the versions readers had, newest first."""
        form = super().form_for(row, data)
        subject = subject_of(row)
        reader = LedgerReader()
        had = [record for record in reader.versions(subject.urn, subject.locale) if record.act not in REMOVALS]
        newest = had[: -_VERSIONS - 1 : -1]
        form.fields["number"].choices = [(record.number, _told(record, reader)) for record in newest]  # type: ignore[attr-defined]
        return form

    def act_on(self, row: Any, said: Mapping[str, Any]) -> ForeseenAct:  # noqa: ANN401 - a row of ``model``
        """See ``ActView.act_on``."""
        return Restore(row, now=utc_now(), number=said.get("number", 0))


def _told(record: ReleaseRecord, reader: LedgerReader) -> str:
    words = told_apart(reader.document(record.document_digest), reader)
    return f"{record.version}: {words} ({record.act}, {said_at(record.recorded_at)}, {name_of(record.released_by)})"
