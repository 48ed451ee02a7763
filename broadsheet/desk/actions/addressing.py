"""The reader's address of a story: given once, at first release, and never again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from broadsheet.desk.models import Story
from broadsheet.ledger.actions import reserve_slug
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug, make_slug
from broadsheet.plain.times import day_in_zone
from broadsheet.plain.urns import make_urn

if TYPE_CHECKING:
    from datetime import datetime


def propose_address(story: Story, *, published_at: datetime) -> None:
    """Fill in the address the story would get, on the object only. A story that has one keeps it.

    Units: ``published_at`` is UTC; the day is that of the paper's zone.  Source: decision 0005.
    """
    if story.first_released_at is not None:
        return
    story.first_section_key = story.section.key if story.section else ""
    story.published_at = story.published_at or published_at
    story.first_day = day_in_zone(story.published_at, settings.TIME_ZONE)
    story.url_slug = story.url_slug or make_slug(story.title, fallback=story.subject_key.hex)


def fix_address(story: Story, *, now: datetime) -> None:
    """Reserve the proposed address and write it into the row for good. A story that has one keeps it."""
    if story.first_released_at is not None:
        return
    story.url_slug = reserve_slug(
        locale=Locale(story.locale.language_code),
        wanted=Slug(story.url_slug),
        subject=make_urn("story", story.subject_key.hex),
    )
    story.first_released_at = now
    Story.objects.filter(pk=story.pk).update(
        url_slug=story.url_slug,
        first_released_at=now,
        first_section_key=story.first_section_key,
        first_day=story.first_day,
        published_at=story.published_at,
    )
