"""Moments in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import formats, timezone

if TYPE_CHECKING:
    from datetime import datetime


def said(moment: datetime) -> str:
    """Return the moment in the person's zone, as a sentence says it: 10:03 on 5 May 2026."""
    return formats.date_format(timezone.localtime(moment), r"H:i \o\n j F Y")
