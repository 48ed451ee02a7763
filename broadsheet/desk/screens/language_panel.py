"""The part of the story's form that shows its versions in other languages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class LanguageVersionsPanel(Panel):
    """Lists the versions, each a link to its form, and leads to the screen that ties and unties them."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"heading": "Language versions", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        """The panel of one story."""

        template_name = "desk/language_versions_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Return the versions and where to change them; a story never saved has neither."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk:
                context["versions"] = self.instance.get_translations().select_related("locale").order_by("locale")
                context["manage_url"] = reverse("desk_languages", args=[self.instance.pk])
            return context
