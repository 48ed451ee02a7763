"""Who has to see to a story, and by when. Both belong to the story and not to a draft, and say nothing to readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import log

from broadsheet.desk.actions.act import hold
from broadsheet.desk.actors import current_actor
from broadsheet.desk.assignees import name_of_person, who_may_have
from broadsheet.desk.errors import NotAllowed, NotReady, Problem
from broadsheet.desk.listing import keep_listed
from broadsheet.desk.models import Story
from broadsheet.plain.times import to_utc

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.models import Section


def assign(story: Story, *, assignee: Any, deadline: datetime | None) -> None:  # noqa: ANN401 - any user model, or None
    """Give the story to a person, or to nobody, with a deadline or none. Saying the same again changes nothing.

    Units: the deadline is UTC.
    Raises: NotAllowed for who may not edit the story; NotReady when the person could not write it.
    """
    actor, deadline = current_actor(), deadline and to_utc(deadline)
    with transaction.atomic():
        row: Story = hold(story)
        if actor.user is not None and not row.permissions_for_user(actor.user).can_edit():
            msg = f"You may not assign “{row.title}”, because you may not edit it."
            raise NotAllowed(msg)
        given = assignee.pk if assignee is not None else None
        if given is not None and not who_may_have(row).filter(pk=given).exists():
            sentence = f"{name_of_person(assignee)} cannot write in this section or language."
            raise NotReady((Problem("assignee", sentence),))
        if (row.assignee_id, row.deadline) != (given, deadline):
            Story.objects.filter(pk=row.pk).update(assignee=given, deadline=deadline)
            log(
                instance=row,
                action="broadsheet.assign",
                user=actor.user,
                data={
                    "assignee": assignee.get_username() if assignee is not None else None,
                    "deadline": deadline.isoformat() if deadline is not None else None,
                },
            )
            keep_listed(row.pk)
    story.assignee, story.deadline = assignee, deadline


def commission(section: Section, *, headline: str, assignee: Any, deadline: datetime | None) -> Story:  # noqa: ANN401 - any user model
    """Begin a story in the section with a working headline, and give it to somebody.

    Units: the deadline is UTC.
    Raises: NotAllowed for who may not write in the section; NotReady when the person could not write it.
    """
    actor = current_actor()
    user: Any = actor.user
    if user is not None and not section.permissions_for_user(user).can_add_subpage():
        msg = f"You do not write in the section “{section.title}”."
        raise NotAllowed(msg)
    with transaction.atomic():
        story = Story(title=headline, live=False, locale=section.locale, section=section, owner=user)
        story.body = [{"type": "paragraph", "value": ""}]  # a place to begin writing
        section.add_child(instance=story)
        log(instance=story, action="wagtail.create", user=user, content_changed=True)
        story.save_revision(user=user, log_action=False)
        assign(story, assignee=assignee, deadline=deadline)
    return story
