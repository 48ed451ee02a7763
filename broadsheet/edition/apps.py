"""The edition room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class EditionConfig(AppConfig):
    """Registers the room with Django, and its parts with the rooms that call them."""

    name = "broadsheet.edition"
    label = "edition"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the composer with the press and the projector with the ledger."""
        # They reach the models of the ledger, which can be imported only once all apps are loaded.
        from broadsheet.edition.composer import EditionComposer  # noqa: PLC0415
        from broadsheet.edition.projector import ListProjector  # noqa: PLC0415
        from broadsheet.ledger.projecting import register_projector  # noqa: PLC0415
        from broadsheet.press.composing import register_composer  # noqa: PLC0415

        register_composer(EditionComposer())
        register_projector(ListProjector())
