"""The ledger room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the room with Django."""

    name = "broadsheet.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
