"""What an erasure will change, in sentences, for the two people who do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.desk.actions.foreseeing import listed
from broadsheet.desk.erasing.pictures import only_shown_by
from broadsheet.desk.models import Picture, PictureShown, Story
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.handing_out import copies_holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def foresee_erasure(row: Story | Picture, *, leaving: Iterable[str]) -> Iterator[str]:
    """Yield the sentences. ``leaving`` are those on what a story before readers leaves, and what stays."""
    beside = "drafts, comments, notices, appointments and preview links" if isinstance(row, Story) else "words and tags"
    yield (
        f"Every version of this {subject_of(row).kind} is destroyed, in the ledger and at the desk, with its {beside}. "
        "Nobody can bring it back, not even you."
    )
    yield from _of_story(row, leaving) if isinstance(row, Story) else _of_picture(row)
    yield (
        "The ledger keeps that it was erased, when, by whom and by which order, and proves it. "
        "Partners are told nothing."
    )
    yield from _copies([row, *(only_shown_by(row) if isinstance(row, Story) else ())])


def _of_story(story: Story, leaving: Iterable[str]) -> Iterator[str]:
    if story.first_released_at is not None:
        yield "Its page says in neutral words that the story is no longer available (answer 410)."
        yield (
            f"Its address stays, so that it is never given to another story: it ends in “{story.url_slug}”. "
            "A number of an archive, where it came from one, stays as well."
        )
    yield from leaving
    going = only_shown_by(story)
    if going:
        yield f"The pictures that only this story shows are erased with it: {_titles(going)}."
    staying = Picture.objects.filter(shown_in__story=story).exclude(pk__in=[each.pk for each in going])
    if staying:
        yield f"Pictures that other stories show stay: {_titles(list(staying.order_by('pk')))}."


def _of_picture(picture: Picture) -> Iterator[str]:
    yield "Its file is destroyed, with every size made of it, here and on the site."
    shown = PictureShown.objects.filter(picture=picture).select_related("story").order_by("pk")
    if stories := [each.story for each in shown]:
        yield (
            f"It is taken out of {_titles(stories)}; the stories stay without it, and their captions stay in their texts."
        )


def _copies(rows: Sequence[Story | Picture]) -> Iterator[str]:
    found = dict.fromkeys(
        copy for subject in map(subject_of, rows) for copy in copies_holding(subject.urn, subject.locale)
    )
    for copy in found:
        yield f"{copy.sentence()}, holds it and is not reached: call it back."


def _titles(rows: Sequence[Story | Picture]) -> str:
    return listed([f"“{row.title}”" for row in rows])
