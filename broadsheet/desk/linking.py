"""Language versions of a story or standing page, tied and untied by hand.

Pages that share Wagtail's translation key are versions of each other. Saving a tied story ends in its act, so a
released one is updated for readers at once.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from broadsheet.desk.errors import CannotLink
from broadsheet.desk.models import StandingPage, Story

if TYPE_CHECKING:
    from collections.abc import Iterable


Tied = Story | StandingPage


def tie_versions(*, story: Tied, other: Tied) -> None:
    """Make the two stories, or two standing pages, and whatever versions each already has, versions of each other.

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
                    f"a {word_for(story)} has one version in each language."
                )
                raise CannotLink(msg)
    _give_key(joining, other.translation_key)


def untie_version(*, story: Tied) -> None:
    """Take the page out of its versions; the others stay tied to each other. Raises: CannotLink; what acts raise."""
    if len(_versions(story)) == 1:
        msg = f"“{story.title}” is not tied to any other {word_for(story)}."
        raise CannotLink(msg)
    _give_key([story], uuid.uuid4())


def word_for(story: Tied) -> str:
    """Return what a person at the desk calls such a thing."""
    return "story" if isinstance(story, Story) else "page"


def _versions(story: Tied) -> list[Tied]:
    return list(type(story).objects.filter(translation_key=story.translation_key).select_related("locale"))


def _give_key(stories: Iterable[Tied], key: uuid.UUID) -> None:
    with transaction.atomic():
        for story in stories:
            story.translation_key = key
            story.save(update_fields=["translation_key"], clean=False)
