"""What must be there before a story goes out, as sentences for the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, timezone

from broadsheet.desk.compiling.picture_use import PictureWords, use_picture
from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import Problem
from broadsheet.desk.models import Picture, Story
from broadsheet.desk.validators import HEADLINE_LENGTH
from broadsheet.ledger.values import Block, PictureUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from wagtail.blocks import StreamValue

    from broadsheet.desk.models import Section, StoryByline
    from broadsheet.plain.locales import Locale


def story_problems(
    story: Story, *, section: Section | None, bylines: Iterable[StoryByline], locale: Locale
) -> Iterator[Problem]:
    """Yield what is missing outside the body."""
    headline = one_line(story.title)
    if not headline:
        yield Problem("title", "The story has no headline.")
    if len(headline) > HEADLINE_LENGTH:
        sentence = f"The headline has {len(headline)} characters; {HEADLINE_LENGTH} is the most a page can carry."
        yield Problem("title", sentence)
    if section is None:
        yield Problem("section", "The story stands in no section. Move it into one.")
    if any(row.byline_id is None for row in bylines):
        yield Problem("bylines", "A byline is empty. Choose who signs, or remove it.")
    if story.lead_picture is not None:
        words = PictureWords(caption=story.lead_caption, alt=story.lead_alt)
        yield from _picture_problems(story.lead_picture, words=words, field="lead_picture", locale=locale)


def body_problems(
    body: StreamValue, *, blocks: tuple[Block, ...], astray: frozenset[int], locale: Locale
) -> Iterator[Problem]:
    """Yield what is missing or wrong in the body. A body of pictures alone is no story."""
    if all(isinstance(block, PictureUse) for block in blocks):
        yield Problem("body", "The story has no body text.")
    if astray:
        yield Problem("body", "A link in the body leads to a page of the desk that is no story. Change or remove it.")
    for child in body:
        if child.block_type != "picture":
            continue
        picture = child.value["picture"]
        if picture is None:
            yield Problem("body", "A picture in the body is missing. Choose one, or remove the block.")
            continue
        words = PictureWords(caption=child.value["caption"], alt=child.value["alt"])
        yield from _picture_problems(picture, words=words, field="body", locale=locale)


def rights_problems(row: Any, *, now: datetime) -> Iterator[Problem]:  # noqa: ANN401 - any subject's row
    """Yield the pictures whose rights have ended: a picture's own, or those a story shows."""
    if isinstance(row, Picture):
        yield from _ended(row, field="rights_expire_at", now=now)
    if not isinstance(row, Story):
        return
    if row.lead_picture is not None:
        yield from _ended(row.lead_picture, field="lead_picture", now=now)
    for child in row.body:
        if child.block_type == "picture" and child.value["picture"] is not None:
            yield from _ended(child.value["picture"], field="body", now=now)


def _ended(picture: Picture, *, field: str, now: datetime) -> Iterator[Problem]:
    if picture.has_expired(now=now):
        ended = timezone.localtime(picture.rights_expire_at, ZoneInfo(settings.TIME_ZONE))
        said = formats.date_format(ended, r"j F Y \a\t H:i")
        sentence = f"The rights to the picture “{picture.title}” ended on {said}. Take another, or have them renewed."
        yield Problem(field, sentence)


def _picture_problems(picture: Picture, *, words: PictureWords, field: str, locale: Locale) -> Iterator[Problem]:
    if not one_line(picture.credit):
        yield Problem(field, f"The picture “{picture.title}” has no credit. Add it to the picture.")
    if not use_picture(picture, block_id="", words=words, locale=locale).alt:
        yield Problem(
            field, f"The picture “{picture.title}” has no alternative text in the story's language. Write it beside it."
        )
