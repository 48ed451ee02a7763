"""The press room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register


class PressConfig(AppConfig):
    """Registers the room with Django."""

    name = "broadsheet.press"
    label = "press"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the room's system checks."""
        # They reach the tables, which can be imported only once all apps are loaded.
        from broadsheet.press.checks import check_composer, check_log_guards  # noqa: PLC0415

        register(check_composer)
        register(check_log_guards, Tags.database)
