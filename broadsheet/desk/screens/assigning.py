"""The screens on which a story is given to somebody, with a deadline: one that is there, and one that is to be written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateTimeInput

from broadsheet.desk.actions.assigning import assign, commission
from broadsheet.desk.actions.moments import said
from broadsheet.desk.assignees import desk_people, name_of_person, who_may_have
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.models import Section, Story
from broadsheet.desk.queries import sections_to_write_in
from broadsheet.desk.screens.asking_for import show_refusal
from broadsheet.desk.validators import HEADLINE_LENGTH, check_printable

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

#: Moments a calendar of ours can mean; others could not be told in every time zone.
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none while it runs
    """A person by full name."""

    def label_from_instance(self, person: Any) -> str:  # noqa: ANN401 - any user model
        """Return the name."""
        return name_of_person(person)


class AssignmentForm(forms.Form):
    """Asks who, and by when."""

    assignee = PersonChoice(
        queryset=Story.objects.none(),
        required=False,
        empty_label="Nobody yet",
        help_text="Who sees to it. They may then write it, also where somebody else began it.",
        error_messages={"invalid_choice": "This person cannot write in this section or language; choose another."},
    )
    deadline = forms.DateTimeField(
        required=False,
        widget=AdminDateTimeInput,
        validators=[MinValueValidator(_FIRST), MaxValueValidator(_LAST)],
        help_text="When it has to be ready. Nothing happens by itself then; the list shows that it is late.",
    )

    def __init__(self, *args: Any, people: QuerySet[Any], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]  # Django's and Wagtail's types know less than they have


class SectionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none while it runs
    """A section with its language."""

    def label_from_instance(self, section: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return both."""
        return f"{section.title} ({section.locale.get_display_name()})"


class CommissionForm(AssignmentForm):
    """Asks for a story that is to be written."""

    section = SectionChoice(queryset=Section.objects.none())
    headline = forms.CharField(
        label="Working headline", max_length=HEADLINE_LENGTH, validators=[check_printable], help_text="It can change."
    )
    field_order = ("section", "headline")

    def __init__(self, *args: Any, sections: QuerySet[Section], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, people=desk_people(), **kwargs)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]  # Django's and Wagtail's types know less than they have


class AssignView(View):
    """Shows who has the story; POST gives it to somebody."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        story = self.story_for(request, pk)
        given = {"assignee": story.assignee_id, "deadline": story.deadline}
        return self.answer(request, story, AssignmentForm(initial=given, people=who_may_have(story)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Assign, and say so."""
        story = self.story_for(request, pk)
        form = AssignmentForm(request.POST, people=who_may_have(story))
        if form.is_valid():
            try:
                assign(story, **form.cleaned_data)
            except ActRefused as refused:
                show_refusal(refused, form)
            else:
                messages.success(request, _told(story))
                return redirect("wagtailadmin_pages:edit", story.pk)
        return self.answer(request, story, form)

    def story_for(self, request: HttpRequest, pk: int) -> Story:
        """Return the story. Raises: Http404; PermissionDenied when the person may not edit it."""
        story: Story = get_object_or_404(Story.objects.select_related("locale", "section", "assignee"), pk=pk)
        if not story.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return story

    def answer(self, request: HttpRequest, story: Story, form: AssignmentForm) -> HttpResponse:
        """Return the screen."""
        back = reverse("wagtailadmin_pages:edit", args=[story.pk])
        context = {"story": story, "form": form, "back": back, "button": "Assign", **_titled("Assignment", "user")}
        return render(request, "desk/assign.html", context)


class CommissionView(View):
    """Asks for a new story; POST begins it and gives it to somebody."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.answer(request, CommissionForm(sections=self.sections_for(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin the story, and lead to its form."""
        form = CommissionForm(request.POST, sections=self.sections_for(request))
        if form.is_valid():
            asked = form.cleaned_data
            try:
                story = commission(asked.pop("section"), **asked)
            except ActRefused as refused:
                show_refusal(refused, form)
            else:
                messages.success(request, _told(story))
                return redirect("wagtailadmin_pages:edit", story.pk)
        return self.answer(request, form)

    def sections_for(self, request: HttpRequest) -> QuerySet[Section]:
        """Return the sections the person may write in. Raises: PermissionDenied where there is none."""
        sections = sections_to_write_in(request.user)
        if not sections:
            raise PermissionDenied
        return sections

    def answer(self, request: HttpRequest, form: CommissionForm) -> HttpResponse:
        """Return the screen."""
        titled = _titled("Commission a story", "circle-plus")
        context = {"form": form, "back": reverse("story_list:index"), "button": "Commission", **titled}
        return render(request, "desk/assign.html", context)


def _titled(title: str, icon: str) -> dict[str, str]:
    return {"page_title": title, "header_title": title, "header_icon": icon}


def _told(story: Story) -> str:
    who = name_of_person(story.assignee) if story.assignee else "nobody"
    by = f", to be ready by {said(story.deadline)}" if story.deadline else ""
    return f"“{story.title}” is assigned to {who}{by}."
