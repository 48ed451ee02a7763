"""Times as pages print them: one form in every language, day/month/year and 24 hours, in the paper's zone.

Never relative ("2 hours ago"): a finished page does not know when it is read. Source: decision 0007.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from broadsheet.plain.times import to_utc

if TYPE_CHECKING:
    from datetime import date, datetime


class Moment(msgspec.Struct, frozen=True):
    """A time or day: ``iso`` for machines (ISO 8601, with the zone's offset), ``shown`` for readers."""

    iso: str
    shown: str


def shown_time(moment: datetime, zone: str) -> Moment:
    """Return the time as the paper's own clocks show it, to the minute."""
    local = to_utc(moment).astimezone(ZoneInfo(zone))
    return Moment(iso=local.isoformat(timespec="seconds"), shown=f"{shown_day(local).shown} {local:%H:%M}")


def shown_day(day: date) -> Moment:
    """Return a calendar day; the paper's days are stored, so there is no zone to turn it into."""
    return Moment(iso=f"{day.year:04}-{day:%m-%d}", shown=f"{day:%d/%m}/{day.year:04}")
