"""What must be there before a story goes out, as sentences for the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, timezone

from broadsheet.desk.body_pictures import picture_values, pictures_of
from broadsheet.desk.compiling.asides import cells_of
from broadsheet.desk.compiling.picture_use import PictureWords, use_picture
from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import Problem
from broadsheet.desk.models import Picture, StandingPage, Story
from broadsheet.desk.validators import HEADLINE_LENGTH, MOST_TOPICS
from broadsheet.ledger.blocks import Block, Gallery, PictureUse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from wagtail.blocks import StreamValue

    from broadsheet.desk.models import Section, StoryByline, Topic
    from broadsheet.plain.locales import Locale

#: More than this nobody reads on a page.
TABLE_ROWS: Final = 200
TABLE_COLUMNS: Final = 20


def story_problems(
    story: Story,
    *,
    section: Section | None,
    bylines: Iterable[StoryByline],
    topics: Collection[Topic],
    locale: Locale,
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
    if len(topics) > MOST_TOPICS:
        sentence = f"The story has {len(topics)} topics; {MOST_TOPICS} are the most. Leave the least important out."
        yield Problem("topics", sentence)
    if story.lead_picture is not None:
        words = PictureWords(caption=story.lead_caption, alt=story.lead_alt)
        yield from _picture_problems(story.lead_picture, words=words, field="lead_picture", locale=locale)


def body_problems(
    body: StreamValue, *, blocks: tuple[Block, ...], astray: frozenset[int], locale: Locale, what: str = "story"
) -> Iterator[Problem]:
    """Yield what is missing or wrong in the body of a story or page. Pictures alone are no text."""
    if all(isinstance(block, PictureUse | Gallery) for block in blocks):
        yield Problem("body", f"The {what} has no body text.")
    if astray:
        yield Problem(
            "body", "A link in the body leads to a page of the desk that readers cannot have. Change or remove it."
        )
    for child in body:
        yield from _aside_problems(child.block_type, child.value)
    for value in picture_values(body):
        picture = value["picture"]
        if picture is None:
            yield Problem("body", "A picture in the body is missing. Choose one, or remove the block.")
            continue
        words = PictureWords(caption=value["caption"], alt=value["alt"])
        yield from _picture_problems(picture, words=words, field="body", locale=locale, what=what)


def rights_problems(row: Any, *, now: datetime) -> Iterator[Problem]:  # noqa: ANN401 - any subject's row
    """Yield the pictures whose rights have ended: a picture's own, or those a story or page shows."""
    if isinstance(row, Picture):
        yield from _ended(row, field="rights_expire_at", now=now)
    if not isinstance(row, Story | StandingPage):
        return
    if isinstance(row, Story) and row.lead_picture is not None:
        yield from _ended(row.lead_picture, field="lead_picture", now=now)
    for picture in pictures_of(row.body):
        yield from _ended(picture, field="body", now=now)


def _aside_problems(kind: str, value: Any) -> Iterator[Problem]:  # noqa: ANN401 - each block has its own
    """Yield what keeps a block beside the text from saying what it should."""
    if kind == "gallery" and len(value["pictures"]) == 1:
        yield Problem("body", "A gallery has one picture. Add another, or place it as a picture.")
    if kind == "table":
        yield from _table_problems(one_line(value["title"]), cells_of(value["rows"]))
    if kind == "fact_box" and not one_line(value["title"]):
        yield Problem("body", "A fact box has no title. Say what the facts are about.")
    if kind == "timeline" and any(not one_line(event["when"]) for event in value["events"]):
        yield Problem("body", "An event of a timeline has no time. Say when it was.")


def _table_problems(title: str, rows: list[tuple[str, ...]]) -> Iterator[Problem]:
    named = f"The table “{title}”" if title else "A table"
    columns = len(rows[0]) if rows else 0
    uneven = next((place for place, row in enumerate(rows, start=1) if len(row) != columns), None)
    if rows and max(map(len, rows)) == 1:
        yield Problem("body", f"{named} has one column. Write a list instead, or put | between its cells.")
    elif uneven is not None:
        found = len(rows[uneven - 1])
        yield Problem(
            "body", f"{named} has {found} cells in row {uneven} and {columns} in the first. Give each row as many."
        )
    if len(rows) > TABLE_ROWS or columns > TABLE_COLUMNS:
        yield Problem("body", f"{named} is too large; {TABLE_ROWS} rows of {TABLE_COLUMNS} cells are the most.")


def _ended(picture: Picture, *, field: str, now: datetime) -> Iterator[Problem]:
    if picture.has_expired(now=now):
        ended = timezone.localtime(picture.rights_expire_at, ZoneInfo(settings.TIME_ZONE))
        said = formats.date_format(ended, r"j F Y \a\t H:i")
        sentence = f"The rights to the picture “{picture.title}” ended on {said}. Take another, or have them renewed."
        yield Problem(field, sentence)


def _picture_problems(
    picture: Picture, *, words: PictureWords, field: str, locale: Locale, what: str = "story"
) -> Iterator[Problem]:
    if not one_line(picture.credit):
        yield Problem(field, f"The picture “{picture.title}” has no credit. Add it to the picture.")
    if not use_picture(picture, block_id="", words=words, locale=locale).alt:
        sentence = (
            f"The picture “{picture.title}” has no alternative text in the {what}'s language. Write it beside it."
        )
        yield Problem(field, sentence)
