"""What readers were told was put right in a story or standing page."""

from __future__ import annotations

from django.db import models


class CorrectionNote(models.Model):
    """One public note of a correction. Written by acts only.

    No part of a draft, unlike bylines and sources: an earlier version of the text must not bring back or lose a note.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="corrections")
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.words
