"""How long the list of stories takes, for an editor limited to three sections, over a large archive.

Asked through the whole desk, middleware and templates, in this process. Import it only once Django is set up.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import unescape
from typing import Final
from urllib.parse import urlencode

import msgspec
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.cli.bench_archive import RARE_WORD, Archive, fill_archive
from broadsheet.cli.bench_paper import BenchFailed, percentile_ms
from broadsheet.desk.status import StoryStatus
from broadsheet.plain.times import utc_now

_LIST: Final = "/stories/"
_OK: Final = 200
_PAGES_DEEP: Final = 10
_WARM: Final = 3
_OLDER: Final = re.compile(r'href="([^"]+)" rel="next"')


class Asked(msgspec.Struct, frozen=True):
    """One way to ask for the list: how long it took, in milliseconds, and how many queries each time.

    ``work_p95_ms`` is the processor's time alone: what the clock shows beyond it was spent waiting for disk or others.
    """

    name: str
    p50_ms: float
    p95_ms: float
    max_ms: float
    work_p95_ms: float
    queries: int


class Measured(msgspec.Struct, frozen=True):
    """What the bench found."""

    stories: int
    times: int
    database: str
    asked: Sequence[Asked]


def measure_list(*, stories: int, times: int) -> Measured:
    """Fill the paper, which must be prepared and empty, and ask for the list in every way, so many times each.

    Raises: BenchFailed.
    """
    archive = fill_archive(stories=stories, now=utc_now())
    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(archive.editor)
    asked = [
        _ask(browser, name, itertools.cycle(addresses), times=times)
        for name, addresses in _ways(browser, archive).items()
    ]
    return Measured(stories=stories, times=times, database=connection.vendor, asked=asked)


def _ways(browser: Client, archive: Archive) -> Mapping[str, Sequence[str]]:
    """Return the addresses of each way to ask; where there are many, each time takes the next."""

    def narrowed(**words: str) -> str:
        return f"{_LIST}?{urlencode(words)}"

    return {
        "first page": [_LIST],
        "tenth page": [_tenth_page(browser)],
        "one section": [narrowed(section=key) for key in archive.section_keys],
        "one language": [narrowed(language=code) for code in archive.languages],
        **{f"status {status.value}": [narrowed(status=status.value)] for status in StoryStatus},
        "section and language and status": [
            narrowed(section=key, language=code, status=StoryStatus.DRAFT.value)
            for key in archive.section_keys
            for code in archive.languages
        ],
        "byline": [narrowed(byline=name) for name in archive.bylines],
        "assigned to somebody": [narrowed(assignee=str(person)) for person in archive.people],
        "changed since": [narrowed(since="2026-01-01")],
        "mine": [narrowed(whose="mine")],
        "waiting for me": [narrowed(whose="waiting")],
        "by deadline": [narrowed(order="due")],
        "search, a word of every fifth headline": [narrowed(q="harbour")],
        "search, two words": [narrowed(q="harb election")],
        "search, a word of one headline": [narrowed(q=RARE_WORD)],
        "search, a word of none": [narrowed(q="Xylophon")],
        "search in one section": [narrowed(q="ferry", section=key) for key in archive.section_keys],
    }


def _tenth_page(browser: Client) -> str:
    """Return its address, as somebody who turned nine pages has it; that of the last page where there are fewer."""
    address = _LIST
    for _ in range(_PAGES_DEEP - 1):
        found = _OLDER.search(_read(browser, address))
        if found is None:
            break
        address = unescape(found[1])
    return address


def _ask(browser: Client, name: str, addresses: Iterable[str], *, times: int) -> Asked:
    waiting = iter(addresses)
    for _ in range(_WARM):
        _read(browser, next(waiting))
    with CaptureQueriesContext(connection) as seen:
        _read(browser, next(waiting))
        queries = len(seen)
    both = [_timed(lambda: _read(browser, next(waiting))) for _ in range(times)]
    clock, work = (sorted(seconds) for seconds in zip(*both, strict=True))
    return Asked(
        name=name,
        p50_ms=percentile_ms(clock, 0.5),
        p95_ms=percentile_ms(clock, 0.95),
        max_ms=percentile_ms(clock, 1),
        work_p95_ms=percentile_ms(work, 0.95),
        queries=queries,
    )


def _timed(do: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds by the clock, and those the processor worked for us."""
    began, working = time.perf_counter(), time.process_time()
    do()
    return time.perf_counter() - began, time.process_time() - working


def _read(browser: Client, address: str) -> str:
    answer = browser.get(address)
    if answer.status_code != _OK:
        msg = f"The desk answers {answer.status_code} to {address}."
        raise BenchFailed(msg)
    return answer.content.decode()
