"""Pauses after failures, by the numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.desk.logins.pauses import FORGOTTEN_AFTER, LONGEST, in_words, pause_after, pause_left

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_the_first_failures_cost_nothing() -> None:
    assert [pause_after(failures=failures, free=3) for failures in range(3)] == [timedelta(0)] * 3


def test_pauses_double_and_stay_at_the_longest() -> None:
    pauses = [pause_after(failures=failures, free=3).total_seconds() for failures in range(3, 13)]
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    assert pause_after(failures=10**9, free=3) == LONGEST


def test_what_is_left_shrinks_with_time_and_never_goes_below_nothing() -> None:
    def left(seconds: float) -> float:
        now = NOW + timedelta(seconds=seconds)
        return pause_left(failures=5, free=3, last_at=NOW, now=now).total_seconds()

    assert [left(0), left(5), left(20), left(100)] == [20, 15, 0, 0]


def test_after_a_quiet_day_failures_are_forgotten() -> None:
    now = NOW + FORGOTTEN_AFTER
    assert pause_left(failures=100, free=3, last_at=NOW, now=now) == timedelta(0)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (5, "5 seconds"), (59.5, "1 minute"), (61, "2 minutes"), (900, "15 minutes")],
)
def test_a_pause_is_told_rounded_up(seconds: float, words: str) -> None:
    assert in_words(timedelta(seconds=seconds)) == words
