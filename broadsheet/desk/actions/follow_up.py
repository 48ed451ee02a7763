"""Follow-up: a new draft beside a story readers have, with nothing of it but a link."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.html import escape
from wagtail.log_actions import log

from broadsheet.desk.actors import current_actor
from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotAllowed, NotReleased
from broadsheet.desk.models import Story
from broadsheet.desk.validators import HEADLINE_LENGTH


def may_follow_up(user: Any, story: Story) -> bool:  # noqa: ANN401 - any user model
    """Return whether that person may write in the story's section."""
    return story.section is not None and bool(story.section.permissions_for_user(user).can_add_subpage())


def start_follow_up(story: Story) -> Story:
    """Make the draft, in the story's section and language, owned by whoever starts it, and return it.

    Its one paragraph links to the story by the name it has for good, so the link holds whatever the story is renamed to
    or moved. Headline and text are to be written; bylines, topics and pictures are not taken over.
    Raises: NotAllowed for whoever may not write in the section; NotReleased.
    """
    user: Any = current_actor().user
    section: Any = story.section
    if user is None or not may_follow_up(user, story):
        msg = f"You may not write in the section of “{story.title}”. Ask somebody who works there."
        raise NotAllowed(msg)
    if not story.live:
        msg = f"“{story.title}” is not before readers, so a follow-up has nothing to link to. Release it first."
        raise NotReleased(msg)
    headline = one_line(story.title)
    follow_up = Story(
        title=f"Follow-up: {headline}"[:HEADLINE_LENGTH],
        locale=story.locale,
        section=section,
        owner=user,
        live=False,
        body=[_link_to(story, words=headline)],
    )
    with transaction.atomic():
        section.add_child(instance=follow_up)
        follow_up.save_revision(user=user, changed=False, clean=False)
        log(instance=follow_up, action="broadsheet.follow_up", user=user, data={"story": story.subject_key.hex})
    return follow_up


def _link_to(story: Story, *, words: str) -> dict[str, str]:
    link = f'<p><a linktype="page" id="{story.pk}">{escape(words)}</a></p>'
    return {"id": str(uuid.uuid4()), "type": "paragraph", "value": link}
