"""The desk room as a Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room with Django."""

    name = "broadsheet.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every save and deletion end in the acts, and give Wagtail our words and screens."""
        import_module("broadsheet.desk.receivers").connect()
        import_module("broadsheet.desk.screens.preview").connect()
        for hooks in ("log_words", "buttons", "story_buttons", "editing", "link_entities"):
            import_module(f"broadsheet.desk.{hooks}")
