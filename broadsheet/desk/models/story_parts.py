"""The rows below a story: who signs it, what it is about, and which sources it names to the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from broadsheet.desk.models.byline import Byline
from broadsheet.desk.models.topic import Topic
from broadsheet.desk.validators import check_printable

if TYPE_CHECKING:
    from collections.abc import Iterable


class StoryRow(Orderable):
    """A row below a story. Older ones, that nothing put in order, stand as they were written."""

    class Meta(Orderable.Meta):
        abstract = True
        ordering = ["sort_order", "id"]


RowType = TypeVar("RowType", bound=StoryRow)


def put_in_order(rows: Iterable[RowType]) -> list[RowType]:
    """Return the rows, each numbered by its place, as a form does it.

    Beside numbered rows one without a number stands first on SQLite and last on PostgreSQL.
    """
    numbered = list(rows)
    for place, row in enumerate(numbered):
        row.sort_order = place
    return numbered


class StoryByline(StoryRow):
    """A byline over a story, in order, with the part it had in it."""

    story = ParentalKey("desk.Story", on_delete=models.CASCADE, related_name="bylines")
    #: Empty while an editor has added the row and not chosen yet: a draft is saved and shown all the same.
    byline = models.ForeignKey(Byline, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(
        blank=True,
        max_length=120,
        validators=[check_printable],
        help_text="In the story's language, such as “in Hanoi” or “translated by”. Mostly empty.",
    )

    def __str__(self) -> str:
        return str(self.byline) if self.byline else "nobody yet"


class StoryTopic(StoryRow):
    """A topic, person or place a story is about, in order."""

    story = ParentalKey("desk.Story", on_delete=models.CASCADE, related_name="topics")
    #: Empty while an editor has added the row and not chosen yet.
    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.topic) if self.topic else "nothing yet"


class StorySource(StoryRow):
    """A source named to the reader."""

    story = ParentalKey("desk.Story", on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(max_length=300, validators=[check_printable])
    url = models.URLField("address", blank=True, max_length=2000)
    language = models.CharField(
        blank=True, max_length=12, help_text="The source's language as a code, such as ru or pt-BR."
    )

    def __str__(self) -> str:
        return self.name
