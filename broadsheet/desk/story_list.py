"""Reads one page of the list of stories, from a place in it: no counting, no skipping, whatever the archive holds.

A page is found by its keys in ``ListedStory``, through one index, and only its stories are then read. The place from
which the next page goes on is the last line's own key, so it stays right while others work (decision 0022).
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from broadsheet.desk.models import ListedByline, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet

    from broadsheet.desk.models import ListedStory

#: Stories on one page of the list.
PAGE_STORIES: Final = 25
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Order(StrEnum):
    """In which order the list stands. Value: what its address carries."""

    CHANGED = "changed"
    DUE = "due"

    @property
    def column(self) -> str:
        """Return the column it follows."""
        return "changed_at" if self is Order.CHANGED else "due_at"

    @property
    def is_falling(self) -> bool:
        """Return whether the greatest stands first."""
        return self is Order.CHANGED


class BrokenPlace(ValueError):
    """This address names no place in the list."""


class Place(NamedTuple):
    """A place in the list: the key of one line. Units: UTC; the story's row number."""

    moment: datetime
    story: int

    def __str__(self) -> str:
        return f"{(self.moment - _EPOCH) // _MICROSECOND}-{self.story}"

    @classmethod
    def read(cls, words: str) -> Self:
        """Return the place an address carries. Raises: BrokenPlace."""
        moment, _, story = words.partition("-")
        if not (f"{moment}{story}".isascii() and moment.isdigit() and story.isdigit()) or len(words) > 40:  # noqa: PLR2004 - as long as two numbers
            raise BrokenPlace
        try:
            place = cls(_EPOCH + timedelta(microseconds=int(moment)), int(story))
        except OverflowError as error:
            raise BrokenPlace from error
        if place.story >= 1 << 63:
            raise BrokenPlace
        return place


@dataclass(frozen=True)
class ListPage:
    """One page: its stories in order, and the places from which the pages beside it are read; None: there is none."""

    stories: Sequence[Story]
    older: Place | None
    newer: Place | None


def read_page(
    kinds: Sequence[QuerySet[ListedStory]], *, order: Order, older: Place | None = None, newer: Place | None = None
) -> ListPage:
    """Return the page that goes on from a place, to the older or to the newer side; without one, the first."""
    if newer is None:
        places, more = _keys(kinds, order=order, start=older, turned=False)
        return ListPage(
            stories=_stories(places),
            older=places[-1] if more else None,
            newer=places[0] if older is not None and places else None,
        )
    places, more = _keys(kinds, order=order, start=newer, turned=True)
    if not more:
        # The top is reached: show a whole page from there, and not the few lines above the place.
        return read_page(kinds, order=order)
    places.reverse()
    return ListPage(stories=_stories(places), older=places[-1], newer=places[0])


def _keys(
    kinds: Sequence[QuerySet[ListedStory]], *, order: Order, start: Place | None, turned: bool
) -> tuple[list[Place], bool]:
    """Return the keys of one page, and whether there are more beyond it."""
    falling = order.is_falling != turned
    each = (_some_keys(lines, column=order.column, start=start, falling=falling) for lines in kinds)
    # A story may be one's own for more than one reason.
    merged = dict.fromkeys(heapq.merge(*each, reverse=falling))
    found = list(islice(merged, PAGE_STORIES + 1))
    return found[:PAGE_STORIES], len(found) > PAGE_STORIES


def _some_keys(lines: QuerySet[ListedStory], *, column: str, start: Place | None, falling: bool) -> Iterator[Place]:
    lines = lines.filter(**{f"{column}__isnull": False})
    if start is not None:
        to, beyond = ("lte", "lt") if falling else ("gte", "gt")
        # The first half is the range of the index to read; the second takes out what stands at its edge.
        lines = lines.filter(**{f"{column}__{to}": start.moment}).filter(
            Q(**{f"{column}__{beyond}": start.moment}) | Q(**{f"pk__{beyond}": start.story})
        )
    sign = "-" if falling else ""
    keys = lines.order_by(f"{sign}{column}", f"{sign}pk").values_list(column, "pk")
    return (Place(moment, number) for moment, number in keys[: PAGE_STORIES + 1])


def _stories(places: Iterable[Place]) -> list[Story]:
    """Return the stories with all that a line shows, in the order of their places."""
    signing = ListedByline.objects.select_related("byline").order_by("place")
    stories = (
        Story.objects.filter(pk__in=[place.story for place in places])
        .defer("body", "standfirst", "lead_caption", "lead_alt")
        .select_related("section", "locale", "assignee", "listed")
        .prefetch_related(Prefetch("listed__bylines", queryset=signing))
    )
    found = {story.pk: story for story in stories}
    return [found[place.story] for place in places if place.story in found]


def open_with(stories: Iterable[Story]) -> Mapping[int, Sequence[EditingSession]]:
    """Return who has which story open now, by its row number, as Wagtail's form itself tells of others."""
    sessions = EditingSession.objects.available().filter(
        content_type=ContentType.objects.get_for_model(Page), object_id__in=[str(story.pk) for story in stories]
    )
    found: dict[int, dict[int, EditingSession]] = {}
    for session in sessions.select_related("user").order_by("last_seen_at"):
        found.setdefault(int(session.object_id), {})[session.user_id] = session
    return {number: list(people.values()) for number, people in found.items()}
