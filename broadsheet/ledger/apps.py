"""The ledger room as a Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the room and its start-up checks with Django."""

    name = "broadsheet.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the checks register themselves."""
        import_module("broadsheet.ledger.checks")
