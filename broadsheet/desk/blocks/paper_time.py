"""A moment by the paper's clock inside a block."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from wagtail.blocks import FieldBlock

from broadsheet.desk.forms.paper_time import PaperTimeField


class PaperTimeBlock(FieldBlock):
    """Typed in the paper's zone, kept in UTC."""

    def __init__(self, *, required: bool = True, help_text: str | None = None, **more: Any) -> None:  # noqa: ANN401 - a block's own options
        self.field = PaperTimeField(required=required, help_text=help_text or "")
        super().__init__(**more)

    def to_python(self, value: Any) -> datetime | None:  # noqa: ANN401 - as stored, or a moment
        """Return the moment that is stored."""
        return parse_datetime(value) if isinstance(value, str) else value

    def get_prep_value(self, value: datetime | None) -> str | None:
        """Return the moment as it is stored."""
        return value.isoformat() if isinstance(value, datetime) else value

    class Meta:
        icon = "time"
