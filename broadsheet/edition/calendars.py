"""Months and days of the paper: the buckets old lists are kept in, so that a release touches one of them and no other.

A bucket holds the stories of a list published in one month, or on one day, as the paper's own calendar counts.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, NewType
from zoneinfo import ZoneInfo

from broadsheet.plain.times import day_in_zone

if TYPE_CHECKING:
    from collections.abc import Iterator

#: ``2026-03``: sorts as time does.
Month = NewType("Month", str)
Bucket = Month | date


class Span(NamedTuple):
    """From ``since`` until before ``until``, both UTC."""

    since: datetime
    until: datetime


#: All time there is.
EVER: Final = Span(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


def month_of(day: date) -> Month:
    """Return the month the day is in."""
    return Month(f"{day.year:04}-{day.month:02}")


def first_day(month: Month) -> date:
    """Return the first day of the month."""
    return date(int(month[:4]), int(month[5:]), 1)


def days_of(month: Month) -> tuple[date, ...]:
    """Return all days of the month, earliest first."""
    first = first_day(month)
    return tuple(first.replace(day=number + 1) for number in range(monthrange(first.year, first.month)[1]))


def months_from(first: Month, last: Month) -> Iterator[Month]:
    """Yield every month from the first to the last, both included."""
    month = first
    while month <= last:
        yield month
        month = month_of(first_day(month) + timedelta(days=31))


def span_of(bucket: Bucket, zone: str) -> Span:
    """Return the time the bucket covers on the paper's clocks."""
    first = bucket if isinstance(bucket, date) else first_day(bucket)
    after = first + timedelta(days=1) if isinstance(bucket, date) else first_day(month_of(first + timedelta(days=31)))
    return Span(_midnight(first, zone), _midnight(after, zone))


def bucket_like(bucket: Bucket, moment: datetime, zone: str) -> Bucket:
    """Return the bucket of the moment, a month or a day as the given one is."""
    day = day_in_zone(moment, zone)
    return day if isinstance(bucket, date) else month_of(day)


def parse_bucket(text: str) -> Bucket:
    """Return the bucket written so: ``2026-03`` or ``2026-03-04``."""
    return Month(text) if len(text) == len("2026-03") else date.fromisoformat(text)


def _midnight(day: date, zone: str) -> datetime:
    # Where clocks skip midnight the day begins at the moment they show after it; ``fold`` 0 is that one.
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
