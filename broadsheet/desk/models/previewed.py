"""Showing a draft as readers would see it. Who can do that is registered by the desk's screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

#: Makes the answer that shows the draft held in memory.
ShowDraft = Callable[[Any], HttpResponse]

_PHONE: Final = {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": "As on a phone"}
_DESKTOP: Final = {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": "As on a desktop"}

_registered: list[ShowDraft] = []


def register_preview(show_draft: ShowDraft) -> None:
    """Let this show every preview. Called once, from the desk's ``AppConfig.ready``."""
    _registered[:] = [show_draft]


class PreviewedPage:
    """A page whose preview is the reader's own page, made from the unsaved draft."""

    #: Wagtail's pairs of name and label; one way of showing a story.
    preview_modes: Final = [("", "As readers will see it")]
    preview_sizes: Final = [_PHONE, _DESKTOP]

    def serve_preview(self, _request: HttpRequest, _mode_name: str) -> HttpResponse:
        """Return the preview of this draft, in whatever state it is."""
        return _registered[0](self)
