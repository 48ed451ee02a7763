"""The screens before an act that needs words: what it will change, the words, and the button that does it.

What may be done is said by the acts; here it is only shown and asked for.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from wagtail.admin import messages

from broadsheet.desk.actions import Correct, Kill, Restore, Takedown
from broadsheet.desk.actions.act import name_of, refuse_erased
from broadsheet.desk.actions.correct import NOTE_CHARACTERS, send_correction
from broadsheet.desk.actions.kill import NOTICE_CHARACTERS
from broadsheet.desk.actions.moments import said as said_at
from broadsheet.desk.actions.takedown import REFERENCE_CHARACTERS
from broadsheet.desk.actors import current_actor
from broadsheet.desk.asking import what_was_asked
from broadsheet.desk.errors import ActRefused, NotReady
from broadsheet.desk.models import Story
from broadsheet.desk.permissions import may
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import REMOVALS, Act, ReleaseRecord, StoryDocument
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        help_text="What was wrong, and what is right. In the story's language; readers see it below the story.",
    )


class KillForm(forms.Form):
    """Asks for the notice of a kill."""

    words = forms.CharField(
        label="Kill notice",
        max_length=NOTICE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why the paper no longer stands by it. In the story's language; readers and partners see it.",
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

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the sentences and the form."""
        story = self.story_for(pk)
        return self.answer(request, story, self.form_for(story))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do the act, or say why not."""
        story = self.story_for(pk)
        form = self.form_for(story, request.POST)
        seen = request.POST.get("seen", "")
        if form.is_valid():
            what_was_asked().seen[subject_of(story).urn] = int(seen) if seen.isascii() and seen.isdigit() else None
            try:
                self.do(story, form.cleaned_data)
            except ActRefused as refused:
                _show(refused, form)
            else:
                messages.success(request, self.done.format(title=story.title))
                return redirect("wagtailadmin_pages:edit", story.pk)
        return self.answer(request, story, form)

    def story_for(self, pk: int) -> Story:
        """Return the story. Raises: Http404; PermissionDenied when the person may not do this act to it; WasErased."""
        story: Story = get_object_or_404(Story.objects.select_related("locale", "section"), pk=pk)
        if not may(actor=current_actor(), act=self.act, subject=subject_of(story)):
            raise PermissionDenied
        refuse_erased(subject_of(story))
        return story

    def form_for(self, story: Story, data: Any = None) -> forms.Form:  # noqa: ANN401, ARG002 - a QueryDict
        """Return the form, filled in where something was sent."""
        return self.form_class(data)

    @abstractmethod
    def act_on(self, story: Story, said: Mapping[str, Any]) -> ForeseenAct:
        """Return the act with what the form holds; to say what will change, that may be nothing yet."""

    def do(self, story: Story, said: Mapping[str, Any]) -> None:
        """Do the act with what the form holds. Raises: ActRefused."""
        self.act_on(story, said).execute()

    def answer(self, request: HttpRequest, story: Story, form: forms.Form) -> HttpResponse:
        """Return the screen."""
        subject = subject_of(story)
        standing = LedgerReader().current(subject.urn, subject.locale)
        if standing is None:
            messages.error(request, f"“{story.title}” was never before readers.")
            return redirect("wagtailadmin_pages:edit", story.pk)
        context = {
            "story": story,
            "form": form,
            "seen": standing.number,
            "sentences": self.act_on(story, {}).foresee(),
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

    def act_on(self, story: Story, said: Mapping[str, Any]) -> ForeseenAct:
        """See ``ActView.act_on``; the draft is what will go out."""
        return Correct(story.get_latest_revision_as_object(), now=utc_now(), words=said.get("words", ""))

    def do(self, story: Story, said: Mapping[str, Any]) -> None:
        """See ``ActView.do``; the draft is published by Wagtail, and the act follows from that."""
        send_correction(story, words=said["words"], now=utc_now())


class KillView(ActView):
    """Kill, with a notice to readers and partners."""

    act = Act.KILL
    form_class = KillForm
    title = "Kill"
    icon = "warning"
    button = "Kill this story"
    done = "“{title}” is killed. Readers find your notice in its place."

    def act_on(self, story: Story, said: Mapping[str, Any]) -> ForeseenAct:
        """See ``ActView.act_on``."""
        return Kill(story, now=utc_now(), words=said.get("words", ""))


class TakedownView(ActView):
    """Take down by order."""

    act = Act.TAKEDOWN
    form_class = TakedownForm
    title = "Take down"
    icon = "no-view"
    button = "Take this story down"
    done = "“{title}” is taken down. Readers no longer find it."

    def act_on(self, story: Story, said: Mapping[str, Any]) -> ForeseenAct:
        """See ``ActView.act_on``."""
        return Takedown(story, now=utc_now(), reference=said.get("reference", ""))


class RestoreView(ActView):
    """Restore one of the versions readers had."""

    act = Act.RESTORE
    form_class = RestoreForm
    title = "Restore a version"
    icon = "history"
    button = "Restore the chosen version"
    done = "“{title}” is restored. Readers have that version within a moment."

    def form_for(self, story: Story, data: Any = None) -> forms.Form:  # noqa: ANN401 - a QueryDict
        """Return the form with the versions readers had, newest first."""
        form = super().form_for(story, data)
        subject = subject_of(story)
        reader = LedgerReader()
        had = [record for record in reader.versions(subject.urn, subject.locale) if record.act not in REMOVALS]
        newest = had[: -_VERSIONS - 1 : -1]
        form.fields["number"].choices = [(record.number, _told(record, reader)) for record in newest]  # type: ignore[attr-defined]
        return form

    def act_on(self, story: Story, said: Mapping[str, Any]) -> ForeseenAct:
        """See ``ActView.act_on``."""
        return Restore(story, now=utc_now(), number=said.get("number", 0))


def _told(record: ReleaseRecord, reader: LedgerReader) -> str:
    document = reader.document(record.document_digest)
    headline = document.headline if isinstance(document, StoryDocument) else ""
    return (
        f"{record.version}: “{headline}” ({record.act}, {said_at(record.recorded_at)}, {name_of(record.released_by)})"
    )


def _show(refused: ActRefused, form: forms.Form) -> None:
    problems = refused.problems if isinstance(refused, NotReady) else ()
    for problem in problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
    if not problems:
        form.add_error(None, str(refused))
