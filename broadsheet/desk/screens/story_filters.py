"""What the list of stories can be narrowed by."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale

from broadsheet.desk.assignees import desk_people, name_of_person
from broadsheet.desk.models import ListedStory, Section
from broadsheet.desk.status import StoryStatus
from broadsheet.desk.story_lines import Whose, with_byline

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Days a calendar of ours can mean; others could not be counted in every time zone.
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
_NOBODY: Final = "nobody"
_NAME_CHARACTERS: Final = 200


def section_choices() -> list[tuple[str, str]]:
    """Return each section once by its key, named as in the first language that has it."""
    titles: dict[str, str] = {}
    for key, title in Section.objects.order_by("locale_id", "order").values_list("key", "title"):
        titles.setdefault(key, title)
    return list(titles.items())


def language_choices() -> list[tuple[str, str]]:
    """Return the paper's languages by code."""
    return [(locale.language_code, locale.get_display_name()) for locale in Locale.objects.all()]


def _choice(label: str, choices: Any, **how: Any) -> django_filters.ChoiceFilter:  # noqa: ANN401 - Django's choices
    return django_filters.ChoiceFilter(choices=choices, label=label, empty_label="All", widget=forms.RadioSelect, **how)


class PersonField(django_filters.fields.ModelChoiceField):
    """A person by full name."""

    def label_from_instance(self, person: Any) -> str:  # noqa: ANN401 - any user model
        """Return the name; Wagtail asks for that of nobody, too."""
        return "Nobody" if person == _NOBODY else name_of_person(person)


class PersonFilter(django_filters.ModelChoiceFilter):
    """Narrows by a person."""

    field_class = PersonField


class StoryFilters(WagtailFilterSet):
    """What the list can be narrowed by; all of it stands in the one table the list is read from."""

    whose = _choice(
        "Whose", [(Whose.MINE.value, "Mine"), (Whose.WAITING.value, "Waiting for me")], method="leave_to_the_list"
    )
    section = _choice("Section", section_choices, field_name="section_key")
    language = _choice("Language", language_choices)
    status = _choice("Status", [(status.value, status.label) for status in StoryStatus])
    assignee = PersonFilter(
        label="Assigned to",
        queryset=lambda _request: desk_people(),
        empty_label="All",
        null_label="Nobody",
        null_value=_NOBODY,
        widget=forms.RadioSelect,
    )
    byline = django_filters.CharFilter(
        label="Byline", method="signed_by", max_length=_NAME_CHARACTERS, help_text="A name, or part of one."
    )
    since = django_filters.DateFilter(
        label="Changed since",
        method="changed_since",
        widget=AdminDateInput,
        validators=[MinValueValidator(_FIRST_DAY), MaxValueValidator(_LAST_DAY)],
    )

    class Meta:
        model = ListedStory
        fields: list[str] = []

    def leave_to_the_list(self, lines: QuerySet[ListedStory], _name: str, _whose: str) -> QuerySet[ListedStory]:
        """Change nothing: one's own stories are read from several indexes (``story_lines.kinds_of``)."""
        return lines

    def signed_by(self, lines: QuerySet[ListedStory], _name: str, words: str) -> QuerySet[ListedStory]:
        """Narrow by whose name the newest draft carries."""
        return with_byline(lines, words)

    def changed_since(self, lines: QuerySet[ListedStory], _name: str, day: date) -> QuerySet[ListedStory]:
        """Narrow by the last change; the day begins as the paper's zone says."""
        return lines.filter(changed_at__gte=timezone.make_aware(datetime.combine(day, time.min)))
