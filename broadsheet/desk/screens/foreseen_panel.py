"""The part of a story's form that says what sending it to readers will change, or why it cannot go yet."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class ForeseenPanel(Panel):
    """Shown to who may do it. What it says is of the draft as it was last saved."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"heading": "When it goes to readers", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        """The panel of one story. Its template asks the acts (``templatetags.acts``): models name their panels."""

        template_name = "desk/foreseen_panel.html"

        def is_shown(self) -> bool:
            """Return whether the person may send this story to readers."""
            story: Any = self.instance
            may_send = story.pk and story.permissions_for_user(self.request.user).can_publish()
            return bool(super().is_shown() and may_send)
