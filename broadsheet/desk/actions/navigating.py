"""Sending a navigation to readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.desk.actions.sending import send

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.models import Navigation


def send_navigation(navigation: Navigation, *, now: datetime) -> None:
    """Save the navigation and let readers have it, or neither. Raises: ActRefused."""
    send(navigation, now=now)
