"""The rows below a story: who signs it, what it is about, and which sources it names to the reader."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from broadsheet.desk.models.byline import Byline
from broadsheet.desk.models.topic import Topic
from broadsheet.desk.validators import check_printable


class StoryRow(Orderable):
    """A row below a story. Those that were not put in order by a form stand as they were written."""

    class Meta(Orderable.Meta):
        abstract = True
        ordering = ["sort_order", "id"]


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
