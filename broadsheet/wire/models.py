"""What the wire remembers of what it took over."""

from __future__ import annotations

from django.db import models


class TakenItem(models.Model):
    """An item that became a story: which version of it, byte for byte. The story has its uri as ``import_source_id``.

    It lets an import be run again, or go on after it was stopped, without taking the same version twice.
    """

    #: SHA-256 of the item's uri as hex: agencies' names have no greatest length.
    uri_digest = models.CharField(max_length=64, unique=True)
    uri = models.TextField()
    version = models.CharField(max_length=80, blank=True)
    dispatch_digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.uri
