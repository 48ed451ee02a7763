"""Counts attempts in the database, where every process of the desk sees them, and lets nobody try during a pause.

An attempt counts as failed before it is made and is forgiven when it succeeds, so that many at once cannot outrun the
count. What happens during a pause is not counted, so that a pause ends whoever keeps knocking.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction
from django.db.models import F

from broadsheet.desk.errors import TooManyTries
from broadsheet.desk.logins.models import Attempts
from broadsheet.desk.logins.pauses import FORGOTTEN_AFTER, in_words, pause_left

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_SWEPT_AT_ONCE: Final = 50


class Counter(NamedTuple):
    """What failures are counted by, and how many are free.

    ``is_shared``: others stand behind it as well (an address), so that one success forgives one attempt only.
    """

    name: str
    free: int
    is_shared: bool = False

    @property
    def key(self) -> str:
        """Return the digest that stands in the table."""
        return hashlib.sha256(self.name.encode()).hexdigest()


@contextmanager
def attempt(counters: Sequence[Counter], *, now: datetime) -> Iterator[None]:
    """Make one attempt inside the block; leaving it by an exception leaves the failure counted.

    Raises: TooManyTries, before the block is entered.
    """
    count_attempt(counters, now=now)
    yield
    _forgive(counters)


def count_attempt(counters: Sequence[Counter], *, now: datetime) -> None:
    """Count an attempt that nothing will forgive, such as asking for a letter.

    Raises: TooManyTries, with the pause in words; nothing is counted then.
    """
    _sweep(now)
    with transaction.atomic():
        # In one order, so that two attempts never wait for each other.
        rows = [(counter, _locked_row(counter, now=now)) for counter in sorted(counters, key=lambda one: one.key)]
        wait = max(
            pause_left(failures=row.failures, free=counter.free, last_at=row.last_at, now=now) for counter, row in rows
        )
        if wait > timedelta(0):
            msg = f"Too many tries. Wait {in_words(wait)}, then try again."
            raise TooManyTries(msg)
        for _counter, row in rows:
            row.failures = 1 if now - row.last_at >= FORGOTTEN_AFTER else row.failures + 1
            row.last_at = now
            row.save(update_fields=["failures", "last_at"])


def _locked_row(counter: Counter, *, now: datetime) -> Attempts:
    row, _made = Attempts.objects.select_for_update().get_or_create(key=counter.key, defaults={"last_at": now})
    return row


def _forgive(counters: Sequence[Counter]) -> None:
    for counter in counters:
        row = Attempts.objects.filter(key=counter.key)
        if counter.is_shared:
            row.filter(failures__gt=0).update(failures=F("failures") - 1)
        else:
            row.delete()


def _sweep(now: datetime) -> None:
    """Delete what is forgotten, a few rows each time and one by one: holding one lock at a time blocks nobody."""
    old = Attempts.objects.filter(last_at__lt=now - FORGOTTEN_AFTER)
    for key in list(old.values_list("key", flat=True)[:_SWEPT_AT_ONCE]):
        old.filter(key=key).delete()
