"""The wire room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class WireConfig(AppConfig):
    """Registers the room with Django."""

    name = "broadsheet.wire"
    label = "wire"
    default_auto_field = "django.db.models.BigAutoField"
