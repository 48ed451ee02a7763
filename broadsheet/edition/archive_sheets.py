"""The archive: all months of a list, all days of a month, all stories of a month or a day; everybody who writes, and all topics."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from broadsheet.edition import names
from broadsheet.edition.addresses import ArchiveSheet, DaySheet, HomeSheet, MonthSheet, path_of
from broadsheet.edition.calendars import Month, month_of
from broadsheet.edition.frames import Head
from broadsheet.edition.front_sheets import named_front
from broadsheet.edition.genres import genre_label
from broadsheet.edition.list_pages import BucketPage, LineGroup, LinkGroup, LinksPage, ShownLine
from broadsheet.edition.moments import shown_clock, shown_day
from broadsheet.edition.pages import Link
from broadsheet.edition.words import month_name
from broadsheet.plain.times import day_in_zone
from broadsheet.press.values import Gathered, Rank

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.edition.addresses import Front
    from broadsheet.edition.front_sheets import NamedFront
    from broadsheet.edition.gathering import Work
    from broadsheet.edition.pages import Frame
    from broadsheet.edition.values import AuthorLine, Near, Shelf, StoryLine, TopicEntry


#: So that at no moment it leads to a list that is not there yet.
_AFTER_THE_LISTS: Final = Rank.FEED


def archive_sheet(work: Work, front: Front) -> Gathered | None:
    """Return all months of a front, None where there is no such front."""
    named = named_front(work, front)
    if named is None:
        return None
    shelf: Shelf = work.read(names.shelf_fact(work.locale, named.list_name))
    groups = tuple(
        LinkGroup(year, tuple(_link(work, MonthSheet(front, month)) for month in months))
        for year, months in groupby(shelf.months, key=lambda month: month[:4])
    )
    title = _joined(named, work.say("Archive"))
    page = LinksPage(frame=_frame(work, title), title=title, groups=groups, up=_up(front, named))
    return work.sheet("links.html", page, rank=_AFTER_THE_LISTS)


def month_sheet(work: Work, front: Front, month: Month) -> Gathered | None:
    """Return the stories of a month; of the whole paper its days. None where the month has nothing."""
    named = named_front(work, front)
    if named is None:
        return None
    near: Near | None = work.read(names.near_fact(work.locale, month, named.list_name))
    if near is None:
        return None
    title = _joined(named, month_name(month, work.locale))
    earlier, later = (
        _link(work, MonthSheet(front, Month(each))) if each else None for each in (near.earlier, near.later)
    )
    up = Link(work.say("All months"), path_of(ArchiveSheet(front)))
    if not isinstance(front, HomeSheet):
        groups = _groups(work, work.read(names.bucket_fact(work.locale, month, named.list_name)))
        page = BucketPage(_frame(work, title), title, groups, earlier, later, up)
        return work.sheet("bucket.html", page, rank=Rank.LIST)
    days: tuple[date, ...] = work.read(names.days_fact(work.locale, month))
    links = tuple(_link(work, DaySheet(work.locale, day)) for day in reversed(days))
    listed = LinksPage(_frame(work, title), title, (LinkGroup("", links),), earlier, later, up)
    return work.sheet("links.html", listed, rank=_AFTER_THE_LISTS)


def day_sheet(work: Work, day: date) -> Gathered | None:
    """Return all stories of a day, None where nothing was published on it."""
    near: Near | None = work.read(names.near_fact(work.locale, day, names.NEWEST))
    if near is None:
        return None
    earlier, later = (
        _link(work, DaySheet(work.locale, date.fromisoformat(each))) if each else None
        for each in (near.earlier, near.later)
    )
    title = shown_day(day, locale=work.locale).shown
    groups = _groups(work, work.read(names.bucket_fact(work.locale, day, names.NEWEST)))
    up = Link(work.say("All days"), path_of(MonthSheet(HomeSheet(work.locale), month_of(day))))
    page = BucketPage(_frame(work, title), title, groups, earlier, later, up)
    return work.sheet("bucket.html", page, rank=Rank.LIST)


def authors_sheet(work: Work) -> Gathered:
    """Return everybody who has a page in the language."""
    lines: tuple[AuthorLine, ...] = work.read(names.authors_fact(work.locale))
    links = tuple(Link(line.name, line.path) for line in lines)
    title = work.say("Authors")
    page = LinksPage(_frame(work, title), title, (LinkGroup("", links),) if links else ())
    return work.sheet("links.html", page, rank=_AFTER_THE_LISTS)


def topics_sheet(work: Work) -> Gathered:
    """Return every topic, person and place with a front in the language, each kind by itself."""
    entries: tuple[TopicEntry, ...] = work.read(names.topics_fact(work.locale))
    headings = {"topic": work.say("Topics"), "person": work.say("People"), "place": work.say("Places")}
    groups = (
        LinkGroup(heading, tuple(Link(entry.name, entry.path) for entry in entries if entry.kind == kind))
        for kind, heading in headings.items()
    )
    title = work.say("Topics, people and places")
    page = LinksPage(_frame(work, title), title, tuple(group for group in groups if group.links))
    return work.sheet("links.html", page, rank=_AFTER_THE_LISTS)


def _groups(work: Work, lines: Iterable[StoryLine]) -> tuple[LineGroup, ...]:
    return tuple(
        LineGroup(shown_day(day, locale=work.locale), tuple(_line(work, line) for line in of_day))
        for day, of_day in groupby(lines, key=lambda line: day_in_zone(line.published_at, work.paper.zone))
    )


def _line(work: Work, line: StoryLine) -> ShownLine:
    return ShownLine(
        path=line.path,
        headline=line.headline,
        genre=line.genre,
        label=genre_label(line.genre, work.locale),
        published=shown_clock(line.published_at, work.paper.zone, locale=work.locale),
    )


def _link(work: Work, sheet: MonthSheet | DaySheet) -> Link:
    text = (
        shown_day(sheet.day, locale=work.locale).shown
        if isinstance(sheet, DaySheet)
        else month_name(sheet.month, work.locale)
    )
    return Link(text, path_of(sheet))


def _up(front: Front, named: NamedFront) -> Link | None:
    return Link(named.title, path_of(front)) if named.title else None


def _joined(named: NamedFront, words: str) -> str:
    return f"{named.title}: {words}" if named.title else words


def _frame(work: Work, title: str) -> Frame:
    return work.frame(Head(path=work.path, title=work.titled(title), description=title, versions={}))
