"""Moments in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import formats, timezone

if TYPE_CHECKING:
    from datetime import datetime


def said(moment: datetime) -> str:
    """Return the moment in the person's zone, as a sentence says it: 10:03 on 5 May 2026."""
    return formats.date_format(timezone.localtime(moment), r"H:i \o\n j F Y")


def said_by_the_paper(moment: datetime) -> str:
    """Return the moment in the paper's zone, which is named: 06:00 on 5 May 2026 (Asia/Ho_Chi_Minh).

    An appointment is kept by the paper's clock, wherever the person who reads of it sits.
    """
    with timezone.override(settings.TIME_ZONE):
        local = timezone.localtime(moment)
    clock = "H:i:s" if local.second else "H:i"
    words = formats.date_format(local, clock + r" \o\n j F Y")
    return f"{words} ({settings.TIME_ZONE})"
