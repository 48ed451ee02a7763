"""Links with which somebody without a log-in sees one draft for some days."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class PreviewLink(models.Model):
    """One link to one saved version of one story or standing page. Ending it deletes the row; the desk's log keeps who did what when."""

    #: SHA-256 of the link's secret, which is too long to be guessed and is kept nowhere.
    token_digest = models.CharField(max_length=64, unique=True)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="preview_links")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return what it shows, for logs."""
        return f"{self.page}, until {self.expires_at}"
