"""What stories are about: topics, people and places."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.search import index

from broadsheet.desk.models.keyed import Keyed
from broadsheet.desk.validators import check_printable, check_url_slug


class Topic(Keyed):
    """A topic, person or place, one row for all languages."""

    class Kind(models.TextChoices):
        """What it is; the values are those of the ledger."""

        TOPIC = "topic", "Topic"
        PERSON = "person", "Person"
        PLACE = "place", "Place"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TOPIC)
    key = models.CharField(
        max_length=80,
        unique=True,
        blank=True,
        validators=[check_url_slug],
        help_text="Stands in the address of its front and never changes. Empty: made from the name.",
    )

    search_fields = [*Keyed.search_fields, index.FilterField("kind")]

    class Meta(Keyed.Meta):
        verbose_name = "topic"
        verbose_name_plural = "topics, people and places"


class TopicName(models.Model):
    """How it is called and described in one language. Without a name there, it has the one above."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="names")
    locale = models.ForeignKey(
        "wagtailcore.Locale", on_delete=models.CASCADE, related_name="+", verbose_name="language"
    )
    name = models.CharField(blank=True, max_length=200, validators=[check_printable])
    description = models.CharField(
        blank=True,
        max_length=500,
        validators=[check_printable],
        help_text="A sentence or two, for readers of that language. Stands on its front.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "locale"], name="desk_topic_name_once")]

    def __str__(self) -> str:
        return self.name
