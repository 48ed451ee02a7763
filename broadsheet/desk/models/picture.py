"""Pictures: the desk's working copy. Originals and public sizes are kept by digest (``ledger.pictures``)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from broadsheet.desk.models.keeping import Kept
from broadsheet.desk.validators import check_printable

if TYPE_CHECKING:
    from datetime import datetime


def paper_languages() -> list[tuple[str, str]]:
    """Return the paper's languages as choices: code and name."""
    return list(settings.LANGUAGES)


def first_language() -> str:
    """Return the code of the language the paper names first."""
    return paper_languages()[0][0]


class Picture(Kept, AbstractImage):  # type: ignore[django-manager-missing]  # Wagtail's managers have no types
    """A picture and whose it is. Caption and alternative text are in one language; a story may override both."""

    #: Wagtail's own description gives way to caption and alternative text.
    description = None

    caption = models.TextField(blank=True, max_length=600, validators=[check_printable])
    alt = models.CharField(
        "alternative text",
        blank=True,
        max_length=300,
        validators=[check_printable],
        help_text="What the picture shows, for those who cannot see it.",
    )
    text_locale = models.CharField(
        "language of caption and alternative text", max_length=12, choices=paper_languages, default=first_language
    )
    credit = models.CharField(
        blank=True,
        max_length=200,
        validators=[check_printable],
        help_text="Who made it, as printed: “Lan Nguyễn / Reuters”. Needed before a story with it can go out.",
    )
    creator = models.CharField(
        blank=True,
        max_length=200,
        validators=[check_printable],
        help_text="The photographer or artist, where the credit names an agency.",
    )
    copyright = models.CharField("copyright notice", blank=True, max_length=300, validators=[check_printable])
    licence = models.CharField(
        blank=True,
        max_length=200,
        validators=[check_printable],
        help_text="What lets the paper print it: “Reuters subscription”, “CC BY 4.0”, “own staff”.",
    )
    usage = models.CharField(
        "restrictions",
        blank=True,
        max_length=300,
        validators=[check_printable],
        help_text="What may not be done with it, in words: “No sales”, “Not after the trial”. Partners are told.",
    )
    #: UTC; the form shows and takes the paper's zone.
    rights_expire_at = models.DateTimeField(
        "rights expire on",
        null=True,
        blank=True,
        db_index=True,
        help_text="At this moment the picture is taken off every page by itself. Empty: never.",
    )
    #: The day as the camera had it; it knows no zone.
    taken_on = models.DateField("taken on", null=True, blank=True)

    subject_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: Of the kept original (ledger.pictures): SHA-256 as hex, IANA media type, upright size in pixels.
    original_digest = models.CharField(max_length=64, editable=False, db_index=True)
    original_media_type = models.CharField(max_length=40, editable=False)
    original_width_px = models.PositiveIntegerField(editable=False)
    original_height_px = models.PositiveIntegerField(editable=False)

    admin_form_fields = (
        "title",
        "file",
        "caption",
        "alt",
        "text_locale",
        "credit",
        "creator",
        "copyright",
        "licence",
        "usage",
        "rights_expire_at",
        "taken_on",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        *(field for field in AbstractImage.search_fields if field.field_name != "description"),
        index.SearchField("caption"),
        index.SearchField("credit"),
        index.AutocompleteField("credit"),
        index.SearchField("creator"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = "picture"
        verbose_name_plural = "pictures"
        permissions = [("choose_image", "Can choose picture"), ("release_picture", "Can change what readers see of it")]

    def has_expired(self, *, now: datetime) -> bool:
        """Return whether the rights to show it have ended. ``now`` is UTC."""
        return self.rights_expire_at is not None and self.rights_expire_at <= now

    @property
    def default_alt_text(self) -> str:
        """Return the alternative text Wagtail's own screens show."""
        return self.alt or self.title


class PictureRendition(AbstractRendition):
    """A size of a picture for the desk's own screens. Readers never see one (decision 0011)."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
