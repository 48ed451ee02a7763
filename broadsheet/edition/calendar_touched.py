"""Which buckets of lists a change may have changed, and what stands beside them.

A bucket that opens with its first story, or closes with its last, changes the list of buckets and its two neighbours;
any other release changes the one bucket it is in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition import names
from broadsheet.edition.calendars import Month, month_of, parse_bucket, span_of
from broadsheet.edition.facts import compute
from broadsheet.edition.reading import paper_zone
from broadsheet.plain.times import day_in_zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from broadsheet.edition.calendars import Bucket
    from broadsheet.edition.reading import Reader, Stored
    from broadsheet.edition.values import Near, PagePlace, Place, Shelf
    from broadsheet.plain.locales import Locale
    from broadsheet.press.values import FactName


def by_place(place: Place, locale: Locale, *, stored: Stored, reader: Reader) -> Iterator[FactName]:
    """Yield the day and the months a story is in, or was in, when it stands there."""
    if place.published_at is None:
        return
    day = day_in_zone(place.published_at, paper_zone(reader))
    month = month_of(day)
    yield names.sitemap_fact(locale, day)
    yield names.bucket_fact(locale, day, names.NEWEST)
    if beside := tuple(_beside(day, names.NEWEST, locale, stored, reader)):
        yield from beside
        yield names.days_fact(locale, month)
        yield from _month(month, names.NEWEST, locale, stored, reader)
    for list_name in map(names.list_of, place.among):
        yield names.bucket_fact(locale, month, list_name)
        yield from _month(month, list_name, locale, stored, reader)


def by_corrections(place: Place | PagePlace, locale: Locale, *, stored: Stored, reader: Reader) -> Iterator[FactName]:
    """Yield the lists that show the corrections of a story or page, or did."""
    if not place.corrected_at:
        return
    yield names.corrections_fact(locale, names.NEWEST)
    for month in {month_of(day_in_zone(at, paper_zone(reader))) for at in place.corrected_at}:
        name = names.corrections_fact(locale, month)
        yield name
        if bool(stored(name)) is not bool(compute(name, reader)):
            yield names.corrected_fact(locale)


def whole_calendar(locale: Locale, *, stored: Stored, reader: Reader) -> Iterator[FactName]:
    """Yield every bucket of every list of the language: as many as there ever were days."""
    yield names.window_fact(locale)
    yield names.authors_fact(locale)
    yield names.topics_fact(locale)
    corrected = names.corrected_fact(locale)
    yield corrected
    for month in {*(stored(corrected) or ()), *compute(corrected, reader)}:
        yield names.corrections_fact(locale, month)
    for month in _months(names.NEWEST, locale, stored, reader):
        name = names.days_fact(locale, month)
        yield name
        yield names.near_fact(locale, month, names.NEWEST)
        days: set[date] = {*(stored(name) or ()), *compute(name, reader)}
        for day in days:
            yield names.sitemap_fact(locale, day)
            yield names.near_fact(locale, day, names.NEWEST)
            yield names.bucket_fact(locale, day, names.NEWEST)
    yield names.shelf_fact(locale, names.NEWEST)
    of_every_language = (*reader.standings("byline"), *reader.standings("topic"))
    for each in (*reader.standings("section", locale), *of_every_language):
        list_name = names.list_of(each.subject)
        yield names.shelf_fact(locale, list_name)
        for month in _months(list_name, locale, stored, reader):
            yield names.near_fact(locale, month, list_name)
            yield names.bucket_fact(locale, month, list_name)


def _month(month: Month, list_name: str, locale: Locale, stored: Stored, reader: Reader) -> Iterator[FactName]:
    if beside := tuple(_beside(month, list_name, locale, stored, reader)):
        yield from beside
        yield names.shelf_fact(locale, list_name)


def _beside(bucket: Bucket, list_name: str, locale: Locale, stored: Stored, reader: Reader) -> Iterator[FactName]:
    """Yield the bucket and its neighbours where it has opened or closed, nothing where it only changed."""
    own = names.near_fact(locale, bucket, list_name)
    before: Near | None = stored(own)
    is_filled = any(reader.filled([(list_name, *span_of(bucket, paper_zone(reader)))], locale=locale))
    if is_filled is (before is not None):
        return
    yield own
    near: Near | None = compute(own, reader) if is_filled else before
    for text in (near.earlier, near.later) if near is not None else ():
        if text:
            yield names.near_fact(locale, parse_bucket(text), list_name)


def _months(list_name: str, locale: Locale, stored: Stored, reader: Reader) -> set[Month]:
    name = names.shelf_fact(locale, list_name)
    before: Shelf | None = stored(name)
    after: Shelf = compute(name, reader)
    return {*(before.months if before is not None else ()), *after.months}
