"""Keeping ``PictureShown`` true: which pictures a story shows, as released and in its newest draft.

Wagtail's own index of references is written by a task after the save, and from the draft alone: too late and too
little to refuse a withdrawal by (decision 0018).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.desk.body_pictures import picture_numbers_of
from broadsheet.desk.models import Picture, PictureShown, Story

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.desk.models import StandingPage

#: Written by every save of a draft; the object saved then holds the draft's text, the row does not.
_NEW_DRAFT: Final = "latest_revision"
#: Of the seventy columns of a story.
_READ: Final = ("live", "live_revision", "latest_revision", "lead_picture", "body")


def keep_pictures_shown(story: Story, *, fields: Iterable[str] | None, text_was_written: bool) -> None:
    """Write down what the story just saved shows; in the transaction of the save."""
    released: set[int] | None = None
    draft: set[int] | None = None
    if text_was_written:
        row = story if fields is None else Story.objects.only(*_READ).get(pk=story.pk)
        released = picture_numbers(row) if row.live else set()
        if row.latest_revision_id in {None, row.live_revision_id}:
            draft = picture_numbers(row)
    if fields is not None and _NEW_DRAFT in fields:
        draft = picture_numbers(story)
    _write(story, released=released, draft=draft)


def picture_numbers(story: Story) -> set[int]:
    """Return the row numbers of the pictures in the story, lead and body; nothing is fetched for it."""
    lead = {story.lead_picture_id} if story.lead_picture_id is not None else set()
    return picture_numbers_of(story.body) | lead


def page_numbers(page: StandingPage) -> tuple[set[int], set[int]]:
    """Return the row numbers of the pictures in a standing page as released, and in its newest draft.

    There are a few of them in a paper, so their texts are looked through instead of kept account of.
    """
    draft = page.latest_revision.as_object().body if page.latest_revision is not None else page.body
    return picture_numbers_of(page.body) if page.live else set(), picture_numbers_of(draft)


def _write(story: Story, *, released: set[int] | None, draft: set[int] | None) -> None:
    """Set both marks; None leaves one as it is."""
    kept = {shown.picture_id: shown for shown in PictureShown.objects.filter(story=story)}
    wanted = {*(released or ()), *(draft or ())}
    known = Picture.objects.filter(pk__in=wanted - kept.keys()).values_list("pk", flat=True) if wanted else ()
    for number in known:
        kept[number] = PictureShown(story=story, picture_id=number)
    for number, shown in kept.items():
        before = (shown.in_released, shown.in_draft)
        shown.in_released = shown.in_released if released is None else number in released
        shown.in_draft = shown.in_draft if draft is None else number in draft
        if not (shown.in_released or shown.in_draft):
            shown.delete()
        elif shown.pk is None or before != (shown.in_released, shown.in_draft):
            shown.save()
