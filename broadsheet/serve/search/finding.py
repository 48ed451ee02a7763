"""Looking through the index: which sheets answer a question, in which order. Costs the same for common words and rare.

The best match first means: all words in the headline, then all in headline and standfirst, then anywhere; newest first
within each. Weighing every match (bm25) takes a fifth of a second for a common word in a large archive (decision 0028).
"""

from __future__ import annotations

import sqlite3
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.serve.search.index import BYLINE, HEADLINE, LANGUAGE, LEAD, SECTION, place_of
from broadsheet.serve.search.questions import ALL_LANGUAGES, BY_DATE, PAGE_HITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from broadsheet.plain.locales import Locale
    from broadsheet.serve.search.questions import Phrase, Question

#: Then what was found so far is the answer.
PATIENCE_SECONDS: Final = 0.25
#: Steps of SQLite's own machine between two looks at the clock.
_STEPS: Final = 1000
_NO_ROW: Final = 1 << 62
_FIND: Final = "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"


class FoundSheets(NamedTuple):
    """The paths of sheets, best first. ``is_whole`` is false where the time ran out."""

    paths: tuple[str, ...] = ()
    has_more: bool = False
    is_whole: bool = True


def find(connection: sqlite3.Connection, question: Question, *, locale: Locale) -> FoundSheets:
    """Return the sheets on the page asked for.  Raises: sqlite3.Error where the index is damaged."""
    until = time.monotonic() + PATIENCE_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    wanted = question.page * PAGE_HITS + 1
    found: dict[int, None] = {}
    is_whole = True
    try:
        for asked in _expressions(question, locale):
            if len(found) < wanted:
                # One by one: those before the time is over count.
                for row in _rows(connection, asked, question, wanted):
                    found[row] = None
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        is_whole = False
    finally:
        connection.set_progress_handler(None, 0)
    here = list(found)[wanted - PAGE_HITS - 1 : wanted - 1]
    marks = ", ".join("?" * len(here))
    paths = dict(connection.execute(f"SELECT place, sheet FROM story WHERE place IN ({marks})", here))  # noqa: S608 - marks only
    return FoundSheets(
        tuple(paths[place] for place in here if place in paths), has_more=len(found) >= wanted, is_whole=is_whole
    )


def _rows(connection: sqlite3.Connection, asked: str, question: Question, limit: int) -> Iterator[int]:
    first = place_of(_midnight(question.first_day)) if question.first_day else -_NO_ROW
    last = place_of(_midnight(question.last_day) + timedelta(days=1)) if question.last_day else _NO_ROW
    for (row,) in connection.execute(_FIND, (asked, first, last, limit)):
        yield row


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the paper's own clocks


def _expressions(question: Question, locale: Locale) -> list[str]:
    """Return what to look for, one expression after the other, in SQLite's language for it."""
    language, name, phrases = question.language or locale, question.name, question.phrases
    narrowed = [
        *([] if language == ALL_LANGUAGES else [f'"{LANGUAGE}{language}"']),
        *([f'"{SECTION}{question.section}"'] if question.section else []),
        *([_expression(name, BYLINE)] if name else []),
    ]
    places = (HEADLINE, LEAD, "") if phrases and question.order != BY_DATE else ("",)
    asked = [[*(_expression(phrase, place) for phrase in phrases), *narrowed] for place in places]
    return [" AND ".join(terms) for terms in asked if terms]


def _expression(phrase: Phrase, mark: str) -> str:
    words = " ".join(mark + word for word in phrase.words)
    return f'"{words}"' + ("*" if phrase.begins else "")
