"""The edition room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from broadsheet.edition.projector import ListProjector


class EditionConfig(AppConfig):
    """Registers the room with Django, and its parts with the rooms that call them."""

    name = "broadsheet.edition"
    label = "edition"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the projector with the ledger."""
        # Models of other rooms can be imported only now.
        from broadsheet.ledger.projecting import register_projector  # noqa: PLC0415

        register_projector(ListProjector())
