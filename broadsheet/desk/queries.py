"""Reads of the desk for its acts, screens and checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from broadsheet.desk.models import Byline, Picture, Section, Story
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.plain.locales import Locale
    from broadsheet.plain.urns import Urn


def released_stories_using(row: object, *, limit: int) -> Iterator[Story]:
    """Yield live stories that show this section, byline or picture, at most so many. None use a story."""
    live = Story.objects.filter(live=True).order_by("-pk")
    found: QuerySet[Story] | list[Story]
    if isinstance(row, Section):
        found = live.filter(section=row)
    elif isinstance(row, Byline):
        found = live.filter(bylines__byline=row).distinct()
    elif isinstance(row, Picture):
        # The stored body is JSON text; the number found in it is confirmed on the blocks, for 12 is also in 120.
        maybe = live.filter(Q(lead_picture=row) | Q(body__icontains=f'"picture": {row.pk}'))
        found = [story for story in maybe.iterator(chunk_size=100) if row.pk in _picture_numbers(story)]
    else:
        return
    yield from found[:limit]


def _picture_numbers(story: Story) -> set[int]:
    numbers = {block.value["picture"].pk for block in story.body if block.block_type == "picture"}
    return numbers if story.lead_picture_id is None else numbers | {story.lead_picture_id}


def live_without_release() -> Iterator[Story | Section]:
    """Yield the pages that are live at the desk and that readers do not have: somebody went round the acts."""
    for page in _live_pages():
        subject = subject_of(page)
        standing = LedgerReader().current(subject.urn, subject.locale)
        if standing is None or standing.state is not State.RELEASED:
            yield page


def released_without_live() -> Iterator[tuple[Urn, Locale]]:
    """Yield the stories and sections readers have and that are not live at the desk (any more)."""
    live = {(subject.urn, subject.locale) for subject in map(subject_of, _live_pages())}
    reader = LedgerReader()
    for kind in ("story", "section"):
        for standing in reader.standings(kind):
            here = (standing.subject, standing.locale)
            if standing.state is State.RELEASED and here not in live:
                yield here


def _live_pages() -> Iterator[Story | Section]:
    for model in (Section, Story):
        yield from model.objects.filter(live=True).select_related("locale").iterator(chunk_size=500)
