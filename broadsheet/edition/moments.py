"""Times as pages print them: figures in the order of the language by CLDR, 24 hours, in the paper's zone.

Never relative ("2 hours ago"): a finished page does not know when it is read. Source: decision 0007.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import DateTimePattern, parse_pattern

from broadsheet.edition.words import cldr
from broadsheet.plain.times import to_utc

if TYPE_CHECKING:
    from datetime import date, datetime

    from broadsheet.plain.locales import Locale

_ONE_DIGIT: Final = re.compile(r"(?<!d)d(?!d)|(?<!M)M(?!M)|(?<!H)H(?!H)")
_YEAR: Final = re.compile("y+")


class Moment(msgspec.Struct, frozen=True):
    """A time or day: ``iso`` for machines (ISO 8601, with the zone's offset), ``shown`` for readers."""

    iso: str
    shown: str


class _Patterns(NamedTuple):
    day: DateTimePattern
    time: DateTimePattern
    day_in_words: DateTimePattern


def shown_time(moment: datetime, zone: str, *, locale: Locale) -> Moment:
    """Return the time as the paper's own clocks show it, to the minute."""
    local, patterns, cldr_locale = _local(moment, zone), _patterns(locale), cldr(locale)
    shown = f"{patterns.day.apply(local, cldr_locale)} {patterns.time.apply(local, cldr_locale)}"
    return Moment(iso=iso_time(moment, zone), shown=shown)


def shown_clock(moment: datetime, zone: str, *, locale: Locale) -> Moment:
    """Return the time without its day, for a list that says the day above."""
    shown = _patterns(locale).time.apply(_local(moment, zone), cldr(locale))
    return Moment(iso=iso_time(moment, zone), shown=shown)


def iso_time(moment: datetime, zone: str) -> str:
    """Return the time for machines, with the offset of the paper's zone."""
    return _local(moment, zone).isoformat(timespec="seconds")


def shown_day(day: date, *, locale: Locale) -> Moment:
    """Return a calendar day, its month in words; the paper's days are stored, so there is no zone to turn it into."""
    shown = _patterns(locale).day_in_words.apply(day, cldr(locale))
    return Moment(iso=f"{day.year:04}-{day:%m-%d}", shown=shown)


def _local(moment: datetime, zone: str) -> datetime:
    return to_utc(moment).astimezone(ZoneInfo(zone))


@cache
def _patterns(locale: Locale) -> _Patterns:
    known = cldr(locale)
    day, time = (_in_full(str(known.datetime_skeletons[skeleton])) for skeleton in ("yMd", "Hm"))
    return _Patterns(parse_pattern(day), parse_pattern(time), known.date_formats["long"])


def _in_full(pattern: str) -> str:
    """Return the pattern with two digits for day, month and hour and four for the year, so that columns line up."""
    return _YEAR.sub("yyyy", _ONE_DIGIT.sub(lambda found: found[0] * 2, pattern))
