"""How long readers wait for a search over a large archive, asked of the real reader server at a steady pace.

Import it only once Django is set up: the page for the hits is pressed by the paper itself.
"""

from __future__ import annotations

import http.client
import itertools
import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import msgspec
from django.conf import settings

from broadsheet.cli.bench_paper import BenchFailed, percentile_ms
from broadsheet.cli.bench_texts import LANGUAGES, Texts
from broadsheet.plain.searching import search_address
from broadsheet.press.actions import press_due, the_press
from broadsheet.press.stores import FolderStore
from broadsheet.press.values import SheetPath
from broadsheet.serve.search.index import index_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Questions a second; the limit of the plan holds for this many.
PACE: Final = 20
_HANDS: Final = 32
_BUILD_SECONDS: Final = 3600
_FRESH: Final = 10
_FRESH_SECONDS: Final = 30
_OK: Final = 200
_HOST: Final = "127.0.0.1"


class Measured(msgspec.Struct, frozen=True):
    """What the bench found. ``fresh_ms``: from the slip of a run to the first page that has its story."""

    stories: int
    workers: int
    asked: int
    per_second: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    fresh_p50_ms: float
    fresh_max_ms: float
    build_s: float
    index_mb: float
    #: Questions with at least one hit, and those that ran out of time.
    with_hits: int
    cut_short: int


class _Reply(msgspec.Struct, frozen=True):
    seconds: float
    has_hits: bool
    is_cut: bool


def measure_search(*, stories: int, seconds: int, port: int) -> Measured:
    """Fill the pressed folder of the paper, which must be prepared and empty, serve it and ask.

    Raises: BenchFailed.
    """
    press_due(press=the_press())
    folder = Path(settings.PRESSED_DIR)
    texts = Texts(chance=random.Random(1))  # noqa: S311 - the same archive each time
    texts.write_archive(folder, stories=stories)
    workers = os.cpu_count() or 1
    began = time.monotonic()
    with _serving(folder, port=port, workers=workers):
        _wait_until_built(port)
        build_s = time.monotonic() - began
        questions = list(itertools.islice(_questions(texts), seconds * PACE))
        with ThreadPoolExecutor(_HANDS) as hands:
            fresh = hands.submit(_fresh, folder, texts, port)
            replies = _ask_at_pace(hands, questions, port)
        waits = sorted(reply.seconds for reply in replies)
        found_after = sorted(fresh.result())
    return Measured(
        stories=stories,
        workers=workers,
        asked=len(replies),
        per_second=PACE,
        p50_ms=percentile_ms(waits, 0.5),
        p95_ms=percentile_ms(waits, 0.95),
        p99_ms=percentile_ms(waits, 0.99),
        max_ms=percentile_ms(waits, 1),
        fresh_p50_ms=percentile_ms(found_after, 0.5),
        fresh_max_ms=percentile_ms(found_after, 1),
        build_s=round(build_s, 1),
        index_mb=round(sum(file.stat().st_size for file in index_folder(folder).iterdir()) / 1_000_000, 1),
        with_hits=sum(reply.has_hits for reply in replies),
        cut_short=sum(reply.is_cut for reply in replies),
    )


@contextmanager
def _serving(folder: Path, *, port: int, workers: int) -> Iterator[None]:
    command = [sys.executable, "-m", "broadsheet", "serve", "--folder", str(folder)]
    process = subprocess.Popen([*command, "--port", str(port), "--workers", str(workers)])  # noqa: S603 - our own
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_until_built(port: int) -> None:
    until = time.monotonic() + _BUILD_SECONDS
    while time.monotonic() < until:
        time.sleep(0.2)
        try:
            if b'<p class="told"' not in _get(port, search_address(LANGUAGES[0])):
                return
        except OSError:
            continue
    msg = f"The index was not whole after {_BUILD_SECONDS} s."
    raise BenchFailed(msg)


def _questions(texts: Texts) -> Iterator[str]:
    """Yield addresses as readers ask: words of headlines, mostly one or two, sometimes narrowed or turned."""
    chance = texts.chance
    while True:
        locale = chance.choice(LANGUAGES)
        words = texts.asked_words(locale, count=chance.choices((1, 2, 3, 5), (40, 40, 15, 5))[0])
        fields = {"q": f'"{words}"' if chance.randrange(10) == 0 else words}
        fields |= {"section": texts.section()} if chance.randrange(5) == 0 else {}
        fields |= {"from": "2020-01-01", "to": "2023-12-31"} if chance.randrange(10) == 0 else {}
        fields |= {"order": "date"} if chance.randrange(10) == 0 else {}
        fields |= {"by": texts.byline()} if chance.randrange(20) == 0 else {}
        fields |= {"page": str(chance.randrange(2, 6))} if chance.randrange(20) == 0 else {}
        yield f"{search_address(locale)}?{urlencode(fields)}"


def _ask_at_pace(hands: ThreadPoolExecutor, questions: Sequence[str], port: int) -> list[_Reply]:
    """Ask each at its moment whether or not those before are answered; who waits for a hand waits for an answer."""
    began = time.monotonic()
    moments = [began + number / PACE for number in range(len(questions))]
    asking = []
    for moment, question in zip(moments, questions, strict=True):
        time.sleep(max(0.0, moment - time.monotonic()))
        asking.append(hands.submit(_ask, port, question, moment))
    return [each.result() for each in asking]


def _ask(port: int, address: str, moment: float) -> _Reply:
    page = _get(port, address)
    seconds = time.monotonic() - moment
    return _Reply(seconds, has_hits=b"<article" in page, is_cut=b'<p class="told"' in page)


def _fresh(folder: Path, texts: Texts, port: int) -> list[float]:
    """Put some stories while others ask; return after how many seconds each is found."""
    store = FolderStore(folder)
    waits = []
    for number in range(_FRESH):
        time.sleep(1)
        path = texts.write_story(folder, locale=LANGUAGES[0], headline=f"Freshwater{number} arrives")
        began = time.monotonic()
        store.tell([SheetPath(path)])
        while b"<article" not in _get(port, f"{search_address(LANGUAGES[0])}?q=freshwater{number}"):
            if time.monotonic() - began > _FRESH_SECONDS:
                msg = f"A new story was not found within {_FRESH_SECONDS} s."
                raise BenchFailed(msg)
            time.sleep(0.01)
        waits.append(time.monotonic() - began)
    return waits


def _get(port: int, address: str) -> bytes:
    connection = http.client.HTTPConnection(_HOST, port, timeout=30)
    try:
        connection.request("GET", address)
        reply = connection.getresponse()
        page = reply.read()
    finally:
        connection.close()
    if reply.status != _OK:
        msg = f"The reader server answers {reply.status} to {address}."
        raise BenchFailed(msg)
    return page
