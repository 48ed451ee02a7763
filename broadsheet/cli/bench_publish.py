"""How long a release takes from the act to the last file in place, alone and beside busy editors.

A whole demo paper runs for it: desk, press and task worker as in ``broadsheet run``. Import it only once Django is
set up.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import msgspec
from django.conf import settings

from broadsheet.cli.bench_editors import Editor, raise_trouble, set_to_work
from broadsheet.cli.bench_paper import ACTOR, LANGUAGE, BenchFailed, beside_paper, make_draft, percentile_ms
from broadsheet.demo.values import read_newsroom
from broadsheet.desk.actions.release import Release
from broadsheet.desk.actors import acting_as
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from broadsheet.desk.models import Story

#: The newest headlines are put last in a run: once the story is among them, all else is in place.
_LAST_FILE: Final = f"_fragments/1/{LANGUAGE}/latest.html"
_PATIENCE_SECONDS: Final = 60
_LOOK_SECONDS: Final = 0.001
#: Between two releases, so that each meets a press at rest, as most do.
_PAUSE_SECONDS: Final = 0.3
_WARM_RELEASES: Final = 3


class Times(msgspec.Struct, frozen=True):
    """Times of releases, in milliseconds."""

    p50_ms: float
    p99_ms: float


class Measured(msgspec.Struct, frozen=True):
    """What the bench found. The ratios are "beside editors" over "alone"."""

    editors: int
    releases: int
    alone: Times
    beside_editors: Times
    p50_ratio: float
    p99_ratio: float
    saves_per_second: float


def measure_publish(*, editors: int, releases: int, desk_port: int, site_port: int) -> Measured:
    """Run the paper, which must be prepared and empty but for the demo, and measure.

    Raises: BenchFailed, EditorRefused.
    """
    drafts = [make_draft(f"Bench story {number}") for number in range(_WARM_RELEASES + 2 * releases)]
    desks = [make_draft(f"Desk {number}") for number in range(editors)]
    return beside_paper(
        lambda: _measure(drafts, desks, releases=releases, desk_port=desk_port),
        desk_port=desk_port,
        site_port=site_port,
    )


def _measure(drafts: Sequence[Story], desks: Sequence[Story], *, releases: int, desk_port: int) -> Measured:
    waiting = iter(drafts)
    for _ in range(_WARM_RELEASES):
        _release(next(waiting))
    alone = _times([_release(next(waiting)) for _ in range(releases)])
    person = next(person for person in read_newsroom().people if person.login == "editor")
    busy = [Editor(port=desk_port, login=person.login, password=person.password, page_id=draft.pk) for draft in desks]
    set_to_work(busy)
    saves_before, began = sum(editor.saves for editor in busy), time.perf_counter()
    beside = _times([_release(next(waiting)) for _ in range(releases)])
    saves, took = sum(editor.saves for editor in busy) - saves_before, time.perf_counter() - began
    for editor in busy:
        editor.stop()
    for editor in busy:
        editor.join()
    raise_trouble(busy)
    return Measured(
        editors=len(busy),
        releases=releases,
        alone=alone,
        beside_editors=beside,
        p50_ratio=round(beside.p50_ms / alone.p50_ms, 2),
        p99_ratio=round(beside.p99_ms / alone.p99_ms, 2),
        saves_per_second=round(saves / took, 1),
    )


def _release(story: Story) -> float:
    """Release the story and return the seconds until the last file is in place.  Raises: BenchFailed."""
    last: Path = settings.PRESSED_DIR / _LAST_FILE
    title = f">{story.title}<".encode()
    began = time.perf_counter()
    with acting_as(ACTOR):
        Release(story, now=utc_now()).execute()
    while title not in last.read_bytes():
        if time.perf_counter() - began > _PATIENCE_SECONDS:
            msg = f"{story.title} is released, but not in {last} after {_PATIENCE_SECONDS} s."
            raise BenchFailed(msg)
        time.sleep(_LOOK_SECONDS)
    took = time.perf_counter() - began
    time.sleep(_PAUSE_SECONDS)
    return took


def _times(seconds: Sequence[float]) -> Times:
    ranked = sorted(seconds)
    return Times(p50_ms=percentile_ms(ranked, 0.5), p99_ms=percentile_ms(ranked, 0.99))
