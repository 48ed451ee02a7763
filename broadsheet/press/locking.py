"""One press at a time: an advisory lock on PostgreSQL, a locked file on SQLite."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import connection

from broadsheet.press.errors import AnotherPressRuns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Any number, the same in every Broadsheet; the lock is per database.
_LOCK_NUMBER: Final = 0x62726F6164


@contextmanager
def only_press(data_dir: Path) -> Iterator[None]:
    """Be the only press of this paper meanwhile. A dead process lets go by itself. Raises: AnotherPressRuns."""
    if connection.vendor == "postgresql":
        with _advisory_lock():
            yield
    else:
        with _locked_file(data_dir / "press.lock"):
            yield


@contextmanager
def _advisory_lock() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK_NUMBER])
        if not cursor.fetchone()[0]:
            raise AnotherPressRuns
    try:
        yield
    finally:
        # A lost connection has lost the lock with it. Asked below Django, which would refuse in a broken transaction.
        if connection.is_usable():
            with connection.connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_NUMBER])


@contextmanager
def _locked_file(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AnotherPressRuns from error
        yield
