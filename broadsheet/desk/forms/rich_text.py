"""The editor of inline text, as it comes back from the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from wagtail.admin.rich_text import DraftailRichTextArea

if TYPE_CHECKING:
    from collections.abc import Mapping


class ForgivingEditor(DraftailRichTextArea):
    """Wagtail's editor. What it cannot have sent becomes a paragraph of plain text instead of an error."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:  # noqa: ANN401 - Django's signature
        """Return the text as HTML; None where the form had no such field."""
        try:
            return super().value_from_datadict(data, files, name)
        except Exception:  # noqa: BLE001 - what is no text of this editor fails in a dozen ways, and nothing may be lost
            return str(format_html("<p>{}</p>", data[name]))
