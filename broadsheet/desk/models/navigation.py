"""Where the head and the foot of every page of a language lead."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.fields import StreamField

from broadsheet.desk.blocks import NavigationBlock
from broadsheet.desk.models.undrafted import Undrafted


class Navigation(Undrafted):
    """The navigation of one language. Saving one that readers have sends it to them."""

    entry_fields: ClassVar = ("menu", "footer")
    place_fields: ClassVar = ("locale",)

    locale = models.OneToOneField(
        "wagtailcore.Locale", on_delete=models.PROTECT, related_name="+", verbose_name="language", editable=False
    )
    menu = StreamField(
        NavigationBlock(),
        blank=True,
        help_text="Stands in the head of every page, in this order. Without an entry there is no menu.",
    )
    footer = StreamField(
        NavigationBlock(),
        blank=True,
        help_text="Stands in the foot of every page, before the front page and the news feed.",
    )

    class Meta:
        verbose_name = "navigation"
        verbose_name_plural = "navigations"

    def __str__(self) -> str:
        return f"Navigation ({self.locale.get_display_name()})"
