"""An erasure that waits for its second administrator, and what an erasure still has to take from the disk."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models

#: Of the order, as that of a takedown.
REFERENCE_LENGTH: Final = 300


class ErasureRequest(models.Model):
    """One administrator asked for it; another agrees, and it is done, or either takes it back. Written by acts only."""

    #: The subject's name in the ledger: one erasure of it waits at a time.
    subject = models.CharField(max_length=120)
    locale = models.CharField(max_length=16)
    reference = models.CharField(max_length=REFERENCE_LENGTH)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "locale"], name="desk_erasure_request_once")]

    def __str__(self) -> str:
        return f"erasure of {self.subject} ({self.locale})"


class Remnant(models.Model):
    """Something on the disk an erasure has to take away after its commit. The row goes once it is gone."""

    class Kind(models.TextChoices):
        """Where it lies."""

        MEDIA = "media", "a file of the desk"
        ORIGINAL = "original", "an original, and the sizes made of it"
        WORDS = "words", "the words of a picture's files"
        DATABASE = "database", "the database's log of writes"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    #: A file's name in its store, or a digest.
    name = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="desk_remnant_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
