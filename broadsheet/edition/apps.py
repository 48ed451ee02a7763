"""The edition room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class EditionConfig(AppConfig):
    """Registers the room with Django."""

    name = "broadsheet.edition"
    label = "edition"
    default_auto_field = "django.db.models.BigAutoField"
