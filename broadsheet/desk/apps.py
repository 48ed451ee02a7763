"""The desk room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room with Django."""

    name = "broadsheet.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
