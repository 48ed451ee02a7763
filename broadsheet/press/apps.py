"""The press room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig



class PressConfig(AppConfig):
    """Registers the room with Django."""

    name = "broadsheet.press"
    label = "press"
    default_auto_field = "django.db.models.BigAutoField"

