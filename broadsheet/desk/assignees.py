"""Who can be given a story, and what people are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from broadsheet.desk.people import at_the_desk, writers

if TYPE_CHECKING:
    from broadsheet.desk.models import Story


def desk_people() -> QuerySet[Any]:
    """Return everybody who works at the desk, by name. An inspector changes nothing and works at none."""
    entering = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    working = Q(is_superuser=True) | Q(pk__in=at_the_desk().filter(groups__permissions__in=entering).values("pk"))
    return at_the_desk().filter(working).order_by("first_name", "last_name", "username")


def who_may_have(story: Story) -> QuerySet[Any]:
    """Return those who can write the story. Whoever has it already stays among them, also after moving elsewhere."""
    return desk_people().filter(Q(is_superuser=True) | writers(story) | Q(pk=story.assignee_id))


def name_of_person(person: Any) -> str:  # noqa: ANN401 - any user model
    """Return the full name, or the log-in of who has given none."""
    return person.get_full_name() or person.get_username()
