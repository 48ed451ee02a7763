"""The facts of lists kept in buckets: which months and days there are, and what was published in each.

Each costs a fixed number of queries, however large the archive is. A story's own page reads none of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from broadsheet.edition import names
from broadsheet.edition.addresses import ArchiveSheet, HomeSheet, SectionSheet, front_of, path_of, story_path
from broadsheet.edition.calendars import (
    Month,
    bucket_like,
    days_of,
    month_of,
    months_from,
    parse_bucket,
    span_of,
)
from broadsheet.edition.reading import paper_locales, paper_zone, released
from broadsheet.edition.values import Near, Shelf, SitemapLine, StoryLine
from broadsheet.ledger.values import BylineDocument, SectionDocument, StoryDocument, TopicDocument
from broadsheet.plain.locales import MULTIPLE, Locale
from broadsheet.plain.times import day_in_zone
from broadsheet.plain.urns import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from broadsheet.edition.calendars import Bucket
    from broadsheet.edition.reading import Reader

#: A news sitemap holds no more.  Source: Google, "Create a news sitemap".
NEWS_STORIES = 1000


def shelf(about: str, reader: Reader) -> Shelf:
    """Return where the months of a list stand, and which of them there are."""
    locale, list_name = _split(about)
    path = _shelf_path(list_name, locale, reader) if locale in paper_locales(reader) else ""
    return Shelf(path, _months(list_name, locale, reader) if path else ())


def near(about: str, reader: Reader) -> Near | None:
    """Return the buckets of the same kind before and after this one; None where it holds nothing."""
    locale, bucket, list_name = _split_bucket(about)
    zone = paper_zone(reader)
    span = span_of(bucket, zone)
    if not any(reader.filled([(list_name, *span)], locale=locale)):
        return None
    before = reader.newest(list_name=list_name, locale=locale, before=span.since)
    after = reader.oldest(list_name=list_name, locale=locale, since=span.until)
    return Near(*(str(bucket_like(bucket, each, zone)) if each is not None else "" for each in (before, after)))


def bucket_lines(about: str, reader: Reader) -> tuple[StoryLine, ...]:
    """Return the stories of a list published in that month or on that day, newest first."""
    locale, bucket, list_name = _split_bucket(about)
    span = span_of(bucket, paper_zone(reader))
    return tuple(_line(story) for story in _stories(list_name, locale, span, reader))


def days(about: str, reader: Reader) -> tuple[date, ...]:
    """Return the days of a month on which anything was published in that language, earliest first."""
    locale, month = _split(about)
    if locale not in paper_locales(reader):
        return ()
    every, zone = days_of(Month(month)), paper_zone(reader)
    filled = reader.filled([(names.NEWEST, *span_of(day, zone)) for day in every], locale=locale)
    return tuple(day for day, is_filled in zip(every, filled, strict=True) if is_filled)


def sitemap(about: str, reader: Reader) -> tuple[SitemapLine, ...]:
    """Return the addresses of a day and when each last changed."""
    locale, day = _split(about)
    span = span_of(date.fromisoformat(day), paper_zone(reader))
    placed = reader.placed(list_name=names.NEWEST, locale=locale, limit=None, span=span)
    return tuple(
        SitemapLine(path_of(story_path(standing.document)), standing.last_released_at)
        for standing in reader.standings_of((each.subject for each in placed), locale)
        if isinstance(standing.document, StoryDocument)
    )


def window(about: str, reader: Reader) -> tuple[StoryLine, ...]:
    """Return the stories of today and yesterday, newest first: never one older than two days.

    It changes at midnight without a release: whoever watches the clock posts a notice of ``THE_DAY`` then.
    """
    locale, zone = Locale(about), paper_zone(reader)
    today = day_in_zone(reader.now, zone)
    since, until = span_of(today - timedelta(days=1), zone).since, span_of(today, zone).until
    return tuple(_line(story) for story in _stories(names.NEWEST, locale, (since, until), reader, limit=NEWS_STORIES))


def _stories(
    list_name: str, locale: Locale, span: tuple[datetime, datetime], reader: Reader, *, limit: int | None = None
) -> Iterator[StoryDocument]:
    placed = reader.placed(list_name=list_name, locale=locale, limit=limit, span=span)
    for standing in reader.standings_of((each.subject for each in placed), locale):
        if isinstance(standing.document, StoryDocument):
            yield standing.document


def _line(story: StoryDocument) -> StoryLine:
    return StoryLine(path_of(story_path(story)), story.headline, story.published_at, story.genre)


def _months(list_name: str, locale: Locale, reader: Reader) -> tuple[Month, ...]:
    """Return the months of a list, newest first."""
    oldest = reader.oldest(list_name=list_name, locale=locale)
    newest = reader.newest(list_name=list_name, locale=locale)
    if oldest is None or newest is None:
        return ()
    zone = paper_zone(reader)
    first, last = (month_of(day_in_zone(each, zone)) for each in (oldest, newest))
    every = tuple(months_from(first, last))
    filled = reader.filled([(list_name, *span_of(month, zone)) for month in every], locale=locale)
    return tuple(month for month, is_filled in zip(reversed(every), reversed(filled), strict=True) if is_filled)


def _shelf_path(list_name: str, locale: Locale, reader: Reader) -> str:
    """Return the address below which the months stand; empty while there is no such page."""
    if list_name == names.NEWEST:
        return path_of(ArchiveSheet(HomeSheet(locale)))
    subject = names.subject_of(list_name)
    document = released(subject, locale if kind_of(subject) == "section" else MULTIPLE, reader)
    match document:
        case SectionDocument(key=key):
            return path_of(SectionSheet(locale, key))
        case BylineDocument() | TopicDocument():
            return path_of(front_of(document, locale))
        case _:
            return ""


def _split(about: str) -> tuple[Locale, str]:
    locale, _, rest = about.partition(":")
    return Locale(locale), rest


def _split_bucket(about: str) -> tuple[Locale, Bucket, str]:
    locale, bucket, list_name = about.split(":", 2)
    return Locale(locale), parse_bucket(bucket), list_name
