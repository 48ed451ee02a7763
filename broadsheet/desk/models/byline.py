"""People and agencies who sign stories."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.search import index

from broadsheet.desk.models.keyed import Keyed
from broadsheet.desk.validators import check_byline_key, check_printable


class Byline(Keyed):
    """A person or agency, one row for all languages."""

    key = models.CharField(
        max_length=80,
        unique=True,
        blank=True,
        validators=[check_byline_key],
        help_text="Stands in the address of the byline's page and never changes. Empty: made from the name.",
    )
    is_agency = models.BooleanField("an agency", default=False)

    search_fields = [*Keyed.search_fields, index.FilterField("is_agency")]

    class Meta(Keyed.Meta):
        verbose_name = "byline"
        verbose_name_plural = "bylines"


class BylineName(models.Model):
    """How the name is written in one language, where it differs."""

    byline = ParentalKey(Byline, on_delete=models.CASCADE, related_name="names")
    locale = models.ForeignKey(
        "wagtailcore.Locale", on_delete=models.CASCADE, related_name="+", verbose_name="language"
    )
    name = models.CharField(max_length=200, validators=[check_printable])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["byline", "locale"], name="desk_byline_name_once")]

    def __str__(self) -> str:
        return self.name
