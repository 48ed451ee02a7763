"""The facts of corrections: the notes readers can still read, by the month they were made in.

They are found by the releases that made them, which the ledger keeps for ever, and read in what stands now: a note of a
story that was withdrawn, or brought back as it was before, is in no list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.edition import names
from broadsheet.edition.addresses import page_address, path_of, story_path
from broadsheet.edition.calendars import Month, month_of, span_of
from broadsheet.edition.reading import paper_locales, paper_zone
from broadsheet.edition.values import CorrectionLine
from broadsheet.ledger.values import PageDocument, StoryDocument
from broadsheet.plain.locales import Locale
from broadsheet.plain.times import day_in_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.edition.reading import Reader
    from broadsheet.plain.urns import Urn

#: On the first page; all are in their months.
NEWEST_CORRECTIONS: Final = 50


def corrections(about: str, reader: Reader) -> tuple[CorrectionLine, ...]:
    """Return the corrections of a month, or the newest of all, newest first."""
    code, _, month = about.partition(":")
    locale = Locale(code)
    if month == names.NEWEST:
        subjects = reader.corrected(locale, limit=NEWEST_CORRECTIONS)
        return _newest_first(_lines(subjects, locale, reader))[:NEWEST_CORRECTIONS]
    since, until = span_of(Month(month), paper_zone(reader))
    subjects = reader.corrected(locale, span=(since, until))
    return _newest_first(line for line in _lines(subjects, locale, reader) if since <= line.at < until)


def corrected_months(about: str, reader: Reader) -> tuple[Month, ...]:
    """Return the months with a correction readers can read, newest first. As dear as there are corrected stories."""
    locale = Locale(about)
    if locale not in paper_locales(reader):
        return ()
    zone = paper_zone(reader)
    lines = _lines(reader.corrected(locale), locale, reader)
    return tuple(sorted({month_of(day_in_zone(line.at, zone)) for line in lines}, reverse=True))


def _lines(subjects: Iterable[Urn], locale: Locale, reader: Reader) -> Iterator[CorrectionLine]:
    for standing in reader.standings_of(subjects, locale):
        match standing.document:
            case StoryDocument() as story:
                path, title, notes = path_of(story_path(story)), story.headline, story.corrections
            case PageDocument() as page:
                path, title, notes = path_of(page_address(page)), page.title, page.corrections
            case _:
                continue
        yield from (CorrectionLine(path, title, note.words, note.at) for note in notes)


def _newest_first(lines: Iterable[CorrectionLine]) -> tuple[CorrectionLine, ...]:
    return tuple(sorted(sorted(lines, key=lambda line: line.path), key=lambda line: line.at, reverse=True))
