"""What an editor puts on the home front of a language, or on the front of a section."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from wagtail.fields import StreamField

from broadsheet.desk.blocks import PinsBlock, StripBlock
from broadsheet.desk.models.undrafted import Undrafted

LAYOUTS: Final = [
    ("lead", "One lead: one story across the page"),
    ("lead-two", "Lead with two: one large story and two beside it"),
    ("row", "Row of three: three stories of one size"),
]


class Front(Undrafted):
    """One front. Saving one that readers have sends it to them. Without a section it is the home front."""

    entry_fields: ClassVar = ("layout", "strip", "slots", "featured")
    place_fields: ClassVar = ("locale", "section")

    locale = models.ForeignKey(
        "wagtailcore.Locale", on_delete=models.PROTECT, related_name="+", verbose_name="language", editable=False
    )
    section = models.OneToOneField(
        "desk.Section", null=True, on_delete=models.PROTECT, related_name="front", editable=False
    )
    layout = models.CharField(max_length=16, choices=LAYOUTS, default="lead-two")
    strip = StreamField(
        StripBlock(),
        blank=True,
        verbose_name="breaking strip",
        help_text="A sentence over everything else, until a moment you say.",
    )
    slots = StreamField(
        PinsBlock(),
        blank=True,
        help_text="The first ones readers can have fill the slots of the layout, in this order; the others wait for "
        "their turn. A slot left empty has the newest story.",
    )
    featured = StreamField(
        PinsBlock(), blank=True, help_text="Stand below the slots, before the newest. None stands there twice."
    )
    #: When the next pin or strip ends, so that the scheduler need not look into every front.
    next_end = models.DateTimeField(null=True, editable=False, db_index=True)

    class Meta:
        verbose_name = "front"
        verbose_name_plural = "fronts"
        constraints = [
            models.UniqueConstraint(fields=["locale"], condition=Q(section=None), name="desk_front_one_home"),
        ]

    def __str__(self) -> str:
        name = "Home front" if self.section is None else f"Front of {self.section.title}"
        return f"{name} ({self.locale.get_display_name()})"
