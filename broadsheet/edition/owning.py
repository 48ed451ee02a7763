"""Which sheets there are: those that are born or gone with a fact, and all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.edition import facts
from broadsheet.edition.addresses import (
    OUTSIDE,
    ArchiveSheet,
    AuthorsSheet,
    BreakingSheet,
    BylineSheet,
    CorrectionsMonthSheet,
    CorrectionsSheet,
    DaySheet,
    FeedSheet,
    Front,
    HomeSheet,
    LatestSheet,
    ManifestSheet,
    MissingSheet,
    MonthSheet,
    NewsSitemapSheet,
    ResultsSheet,
    RssSheet,
    SearchedSheet,
    SectionSheet,
    Sheet,
    SitemapSheet,
    TopicSheet,
    TopicsSheet,
    path_of,
)
from broadsheet.edition.finding import front_of_shelf, sheet_at
from broadsheet.edition.names import (
    NEWEST,
    PAPER,
    corrected_fact,
    days_fact,
    line_fact,
    list_of,
    page_place_fact,
    place_fact,
    section_fact,
    shelf_fact,
)
from broadsheet.edition.pictures import picture_files
from broadsheet.edition.redirects import apart as redirects_apart
from broadsheet.edition.redirects import with_redirects
from broadsheet.ledger.values import SectionDocument, State
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import Urn, key_of
from broadsheet.press.values import FactName, SheetPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from broadsheet.edition.reading import Reader
    from broadsheet.edition.values import BylineLine, PagePlace, PaperLine, PictureLine, Place, Shelf, TopicLine


def owned_sheets(name: FactName, *, before: Any, after: Any) -> Iterable[SheetPath]:  # noqa: ANN401, C901 - as ``facts``; one case a kind
    """Return the sheets that are born or gone with this fact."""
    kind, _, about = name.partition(":")
    owned: Iterable[SheetPath] = ()
    match kind:
        case "paper":
            owned = _unique(sheet for paper in (before, after) for sheet in _sheets_of_paper(paper))
        case "section":
            code, _, key = about.partition(":")
            owned = _unique(_with_what_is_below(SectionSheet(Locale(code), key)))
        case "byline" | "topic":
            lines: list[BylineLine | TopicLine | None] = [before, after]
            fronts = (sheet_at(SheetPath(line.path)) for line in lines if line is not None and line.path)
            named = (front for front in fronts if isinstance(front, BylineSheet | TopicSheet))
            owned = _unique(sheet for front in named for sheet in _with_what_is_below(front))
        case "place" | "page-place":
            standing: list[Place | PagePlace | None] = [before, after]
            owned = dict.fromkeys(each.path for each in standing if each is not None)
            if kind == "place":
                locale, _, story = about.partition(":")
                owned = [*owned, path_of(SearchedSheet(Locale(locale), key_of(Urn(story))))]
        case "shelf":
            owned = _months_apart(before, after)
        case "days":
            owned = _days_apart(Locale(about.partition(":")[0]), before or (), after or ())
        case "corrected":
            locale = Locale(about)
            owned = [path_of(CorrectionsMonthSheet(locale, month)) for month in sorted(set(before or ()) ^ set(after))]
        case "redirects":
            owned = redirects_apart(before, after)
        case "picture":
            owned = _files_gone(before, after)
    return owned


def standing_sheets(reader: Reader) -> Iterator[SheetPath]:
    """Yield every sheet that exists now, each once; tombstones and redirects too."""
    yield from with_redirects(_own_sheets(reader), reader)


def _own_sheets(reader: Reader) -> Iterator[SheetPath]:
    paper: PaperLine | None = facts.compute(PAPER, reader)
    yield from _unique(_sheets_of_paper(paper))
    for locale in paper.locales if paper is not None else ():
        lists = [NEWEST]
        for standing in reader.standings("section", locale):
            if isinstance(standing.document, SectionDocument):
                yield from owned_sheets(section_fact(locale, standing.document.key), before=None, after=None)
                lists.append(list_of(standing.subject))
        for standing in (*reader.standings("byline"), *reader.standings("topic")):
            name = line_fact(locale, standing.subject)
            yield from owned_sheets(name, before=None, after=facts.compute(name, reader))
            lists.append(list_of(standing.subject))
        yield from _calendar(lists, locale, reader)
        corrected = corrected_fact(locale)
        yield from owned_sheets(corrected, before=None, after=facts.compute(corrected, reader))
        for standing in reader.standings("story", locale):
            place: Place | None = facts.compute(place_fact(locale, standing.subject), reader)
            if place is not None:
                yield place.path
                if place.state is State.RELEASED:
                    yield path_of(SearchedSheet(locale, key_of(standing.subject)))
        for standing in reader.standings("page", locale):
            page: PagePlace | None = facts.compute(page_place_fact(locale, standing.subject), reader)
            if page is not None:
                yield page.path


def _calendar(lists: Iterable[str], locale: Locale, reader: Reader) -> Iterator[SheetPath]:
    """Yield the months of the lists, and the days of the paper."""
    for list_name in lists:
        shelf: Shelf = facts.compute(shelf_fact(locale, list_name), reader)
        yield from _months(shelf)
        for month in shelf.months if list_name == NEWEST else ():
            days: tuple[date, ...] = facts.compute(days_fact(locale, month), reader)
            yield from _days_apart(locale, (), days)


def _files_gone(before: PictureLine | None, after: PictureLine | None) -> list[SheetPath]:
    """Return the files the picture had and has no more: those it has come with the sheets that show it."""
    had, has = (picture_files(line) if line is not None else () for line in (before, after))
    return [path for path in had if path not in has]


def _with_what_is_below(front: Front) -> Iterator[Sheet]:
    yield from (front, RssSheet(front), ArchiveSheet(front))
    if isinstance(front, HomeSheet | SectionSheet):
        yield LatestSheet(front)


def _months_apart(before: Shelf | None, after: Shelf) -> list[SheetPath]:
    """Return the months that have opened or closed; all, where the list has moved to another address."""
    was = set(_months(before)) if before is not None else set()
    return sorted(was ^ set(_months(after)))


def _months(shelf: Shelf) -> Iterator[SheetPath]:
    front = front_of_shelf(shelf.path)
    return (path_of(MonthSheet(front, month)) for month in shelf.months) if front is not None else iter(())


def _days_apart(locale: Locale, before: tuple[date, ...], after: tuple[date, ...]) -> list[SheetPath]:
    days = sorted(set(before) ^ set(after))
    return [path for day in days for path in _sheets_of_day(locale, day)]


def _sheets_of_day(locale: Locale, day: date) -> tuple[SheetPath, SheetPath]:
    return path_of(DaySheet(locale, day)), path_of(SitemapSheet(locale, day))


def _sheets_of_paper(paper: PaperLine | None) -> Iterator[Sheet]:
    if paper is None or not paper.languages:
        return
    yield from OUTSIDE
    for locale in paper.locales:
        yield from _with_what_is_below(HomeSheet(locale))
        yield from (FeedSheet(locale), MissingSheet(locale))
        yield from (AuthorsSheet(locale), TopicsSheet(locale), CorrectionsSheet(locale))
        yield from (ManifestSheet(locale), NewsSitemapSheet(locale), ResultsSheet(locale), BreakingSheet(locale))


def _unique(found: Iterable[Sheet]) -> list[SheetPath]:
    return list(dict.fromkeys(path_of(sheet) for sheet in found))
