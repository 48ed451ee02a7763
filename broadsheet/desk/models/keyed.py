"""What bylines and topics share: a name, and a key of their own."""

from __future__ import annotations

import uuid

from django.db import models
from modelcluster.models import ClusterableModel
from wagtail.search import index

from broadsheet.desk.models.keeping import Kept
from broadsheet.desk.validators import check_printable


class Keyed(Kept, index.Indexed, ClusterableModel):
    """A subject stories name, one row for all languages. Each kind says what its ``key`` may be."""

    name = models.CharField(max_length=200, validators=[check_printable])
    subject_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: Erased by order: an empty row, which no story names. Written by the act only.
    is_erased = models.BooleanField(default=False, editable=False)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        abstract = True
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
