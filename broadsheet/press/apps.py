"""The press room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register

from broadsheet.press.checks import check_composer


class PressConfig(AppConfig):
    """Registers the room with Django."""

    name = "broadsheet.press"
    label = "press"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the room's system check."""
        register(check_composer)
