"""How long to wait after failures. Plain arithmetic: what is counted, and where, stands in ``actions.attempts``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

#: A quarter of an hour leaves a guesser under a hundred tries a day, and an editor no worse off than a missed bus.
LONGEST: Final = timedelta(minutes=15)
FORGOTTEN_AFTER: Final = timedelta(days=1)
_SHORTEST: Final = timedelta(seconds=5)
#: From here on doubling has passed the longest pause by far.
_DOUBLINGS: Final = 10
_MINUTE: Final = 60


def pause_after(*, failures: int, free: int) -> timedelta:
    """Return the pause after so many failures in a row: none while they are free, then doubling up to the longest."""
    if failures < free:
        return timedelta(0)
    return min(_SHORTEST * 2 ** min(failures - free, _DOUBLINGS), LONGEST)


def pause_left(*, failures: int, free: int, last_at: datetime, now: datetime) -> timedelta:
    """Return what is left of the pause; nothing once the failures are forgotten."""
    if now - last_at >= FORGOTTEN_AFTER:
        return timedelta(0)
    return max(last_at + pause_after(failures=failures, free=free) - now, timedelta(0))


def in_words(pause: timedelta) -> str:
    """Return the pause as a person would say it, rounded up."""
    seconds = -int(-pause.total_seconds() // 1)
    if seconds < _MINUTE:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    minutes = -(-seconds // _MINUTE)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
