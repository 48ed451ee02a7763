"""The reader's address of a story or standing page: given once, at first release, and never again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from broadsheet.desk.models import StandingPage, Story
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.actions import reserve_slug
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug, make_slug
from broadsheet.plain.times import day_in_zone

if TYPE_CHECKING:
    from datetime import datetime


def propose_address(page: Story | StandingPage, *, published_at: datetime) -> None:
    """Fill in the address the page would get, on the object only. One that has an address keeps it.

    Units: ``published_at`` is UTC; the day is that of the paper's zone.  Source: decision 0005.
    """
    if page.first_released_at is not None:
        return
    page.published_at = page.published_at or published_at
    page.url_slug = page.url_slug or make_slug(page.title, fallback=page.subject_key.hex)
    if isinstance(page, Story):
        page.first_section_key = page.section.key if page.section else ""
        page.first_day = day_in_zone(page.published_at, settings.TIME_ZONE)


def fix_address(page: Story | StandingPage, *, now: datetime) -> None:
    """Reserve the proposed address and write it into the row for good. One that has an address keeps it."""
    if page.first_released_at is not None:
        return
    page.url_slug = reserve_slug(
        locale=Locale(page.locale.language_code), wanted=Slug(page.url_slug), subject=subject_of(page).urn
    )
    page.first_released_at = now
    written = {"url_slug": page.url_slug, "first_released_at": now, "published_at": page.published_at}
    if isinstance(page, Story):
        written |= {"first_section_key": page.first_section_key, "first_day": page.first_day}
    type(page).objects.filter(pk=page.pk).update(**written)
