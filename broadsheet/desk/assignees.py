"""Who can be given a story, and what people are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from broadsheet.desk.models import SectionLimit
from broadsheet.desk.permissions import INSPECTORS

if TYPE_CHECKING:
    from broadsheet.desk.models import Story


def desk_people() -> QuerySet[Any]:
    """Return everybody who works at the desk, by name. An inspector changes nothing and works at none."""
    entering = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    people = get_user_model()._default_manager  # noqa: SLF001 - Django's documented name
    working = Q(is_superuser=True) | Q(pk__in=people.filter(groups__permissions__in=entering).values("pk"))
    inspecting = Q(pk__in=people.filter(groups__name=INSPECTORS).values("pk"), is_superuser=False)
    return people.filter(working, is_active=True).exclude(inspecting).order_by("first_name", "last_name", "username")


def who_may_have(story: Story) -> QuerySet[Any]:
    """Return those who can write the story: who work in its language and are not kept to other sections.

    Whoever has it already stays among them, also after moving elsewhere.
    """
    people = desk_people()
    everywhere = get_user_model()._default_manager.filter(groups__page_permissions__page__locale=story.locale_id)  # noqa: SLF001
    able = Q(is_superuser=True) | Q(pk__in=everywhere.values("pk"))
    if story.section is not None:
        limited = SectionLimit.objects.values("user")
        here = SectionLimit.objects.filter(section_key=story.section.key).values("user")
        able &= Q(is_superuser=True) | ~Q(pk__in=limited) | Q(pk__in=here)
    return people.filter(able | Q(pk=story.assignee_id))


def name_of_person(person: Any) -> str:  # noqa: ANN401 - any user model
    """Return the full name, or the log-in of who has given none."""
    return person.get_full_name() or person.get_username()
