"""Language versions of a story, tied and untied by hand.

Stories that share Wagtail's translation key are versions of each other. Saving a tied story ends in its act, so a
released one is updated for readers at once.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from broadsheet.desk.errors import CannotLink
from broadsheet.desk.models import Story

if TYPE_CHECKING:
    from collections.abc import Iterable


def tie_versions(*, story: Story, other: Story) -> None:
    """Make the two stories, and whatever versions each already has, versions of each other.

    Raises: CannotLink when two of them would be in the same language; what the acts raise.
    """
    if story.translation_key == other.translation_key:
        msg = f"“{story.title}” and “{other.title}” are versions of each other already."
        raise CannotLink(msg)
    joining, staying = _versions(story), _versions(other)
    for one in joining:
        for another in staying:
            if one.locale_id == another.locale_id:
                msg = (
                    f"“{one.title}” and “{another.title}” are both in {one.locale.get_display_name()}; "
                    "a story has one version in each language."
                )
                raise CannotLink(msg)
    _give_key(joining, other.translation_key)


def untie_version(*, story: Story) -> None:
    """Take the story out of its versions; the others stay tied to each other. Raises: CannotLink; what acts raise."""
    if len(_versions(story)) == 1:
        msg = f"“{story.title}” is not tied to any other story."
        raise CannotLink(msg)
    _give_key([story], uuid.uuid4())


def _versions(story: Story) -> list[Story]:
    return list(Story.objects.filter(translation_key=story.translation_key).select_related("locale"))


def _give_key(stories: Iterable[Story], key: uuid.UUID) -> None:
    with transaction.atomic():
        for story in stories:
            story.translation_key = key
            story.save(update_fields=["translation_key"], clean=False)
