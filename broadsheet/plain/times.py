"""Moments and days. Moments are UTC; days are those of the paper's zone and are stored, never recomputed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

from broadsheet.plain.errors import BadTime

#: A moment in UTC. Always aware; msgspec refuses a naive one when it decodes.
UtcTime = Annotated[datetime, msgspec.Meta(tz=True)]


def utc_now() -> datetime:
    """Return the present moment, to the second-thousandth. Call it at the edge only and pass the value in."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def to_utc(moment: datetime) -> datetime:
    """Return the same moment in UTC.

    Raises: BadTime for a moment without a zone.
    """
    if moment.tzinfo is None:
        msg = f"{moment.isoformat()} has no zone."
        raise BadTime(msg)
    return moment.astimezone(UTC)


def parse_time(text: str) -> datetime:
    """Return the ISO 8601 time as UTC.

    Raises: BadTime when it is no time or has no zone.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        msg = f"{text!r} is not an ISO 8601 time."
        raise BadTime(msg) from error
    return to_utc(moment)


def day_in_zone(moment: datetime, zone: str) -> date:
    """Return the calendar day of that moment in the named IANA zone."""
    return to_utc(moment).astimezone(ZoneInfo(zone)).date()


def moment_in_zone(local: datetime, zone: str) -> datetime:
    """Return the moment (UTC) at which clocks in the named IANA zone show that date and time.

    Raises: BadTime for a time that clocks skip or show twice when they are put forward or back.
    """
    first, second = (local.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    try:
        moment = first.astimezone(UTC)
        is_shown = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local
    except OverflowError as error:
        msg = f"The year {local.year} is out of reach."
        raise BadTime(msg) from error
    if first.utcoffset() == second.utcoffset():
        return moment
    trouble = (
        "comes twice on that day: clocks are put back" if is_shown else "is skipped on that day: clocks go forward"
    )
    msg = f"{local:%H:%M} {trouble} in {zone}. Choose a time an hour earlier or later."
    raise BadTime(msg)
