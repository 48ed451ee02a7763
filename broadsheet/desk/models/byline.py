"""People and agencies who sign stories."""

from __future__ import annotations

import uuid

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index

from broadsheet.desk.models.keeping import Kept
from broadsheet.desk.validators import check_byline_key, check_printable


class Byline(Kept, index.Indexed, ClusterableModel):
    """A person or agency, one row for all languages."""

    key = models.CharField(
        max_length=80,
        unique=True,
        blank=True,
        validators=[check_byline_key],
        help_text="Stands in the address of the byline's page and never changes. Empty: made from the name.",
    )
    name = models.CharField(max_length=200, validators=[check_printable])
    is_agency = models.BooleanField("an agency", default=False)
    subject_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: Erased by order: an empty row, which no story is signed with. Written by the act only.
    is_erased = models.BooleanField(default=False, editable=False)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("is_agency")]

    class Meta:
        verbose_name = "byline"
        verbose_name_plural = "bylines"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


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
