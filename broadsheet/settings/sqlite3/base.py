"""Whoever waits to write asks again each few milliseconds, and the more often the longer the wait.

SQLite's own waiting asks ever more seldom, up to every 100 ms. Beside a process that writes one act after the other,
another one then waits for most of a second although the lock is free every thirty milliseconds; and beside writers that
ask more often it may never have its turn.  Source: docs/decisions/0026-waiting-for-sqlite.md.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Self, cast

from django.db.backends.sqlite3 import base

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What takes the lock when it stands outside a transaction. Inside one the lock is held already, or not wanted.
_TAKES_THE_LOCK: Final = ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE", "INSERT", "UPDATE", "DELETE")
_ASK_AGAIN_S: Final = 0.001
#: Asking costs a core's time, which whoever holds the lock may need: after that long, ten times more seldom ...
_EAGER_S: Final = 0.05
_ASK_SELDOM_S: Final = 0.01
#: ... and then more often with every moment, until after that long it is as often as at first: the oldest comes first.
_OLDEST_S: Final = 10.0
#: The low byte names the error, the others its kind.  Source: sqlite.org, Result and Error Codes.
_PRIMARY: Final = 0xFF


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite as Django speaks to it, but for the way a writer waits for the lock."""

    def create_cursor(self, name: str | None = None) -> PatientCursor:  # noqa: ARG002 - for databases that name cursors
        """Return a cursor that waits."""
        return cast("PatientCursor", self.connection.cursor(factory=PatientCursor))


class PatientCursor(base.SQLiteCursorWrapper):
    """A cursor whose writes wait for the lock as long as the option ``timeout`` says."""

    def execute(self, query: str, params: Any = None) -> Self:  # noqa: ANN401 - a sequence or a mapping of anything
        """Execute one statement.  Raises: sqlite3.OperationalError, when the lock was taken all the time."""
        if self.connection.in_transaction or not query.startswith(_TAKES_THE_LOCK):
            super().execute(query, params)
        else:
            self._wait_and_execute(query, params)
        return self

    def _wait_and_execute(self, query: str, params: Any) -> None:  # noqa: ANN401 - as above
        with _no_waiting(self.connection) as seconds:
            # Pauses are counted and not the clock, as SQLite does: after a machine stood still nobody's time is over.
            waited = 0.0
            while True:
                try:
                    super().execute(query, params)
                except sqlite3.OperationalError as error:
                    if waited >= seconds or not _is_taken(error):
                        raise
                else:
                    return
                pause = _pause_after(waited)
                time.sleep(pause)
                waited += pause


def _is_taken(error: sqlite3.OperationalError) -> bool:
    # What Python's own module finds wrong has no code.
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY == sqlite3.SQLITE_BUSY


def _pause_after(waited: float) -> float:
    if waited < _EAGER_S:
        return _ASK_AGAIN_S
    patience_left = max(0.0, 1 - waited / _OLDEST_S)
    return _ASK_AGAIN_S + patience_left * (_ASK_SELDOM_S - _ASK_AGAIN_S)


@contextmanager
def _no_waiting(connection: sqlite3.Connection) -> Iterator[float]:
    """Let SQLite say at once that the lock is taken; yield how many seconds it would have waited, as it will again."""
    milliseconds = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield milliseconds / 1000
    finally:
        connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
