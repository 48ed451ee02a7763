"""Whoever waits to write asks again each millisecond, so that the lock is not left lying between two askings.

SQLite's own waiting asks ever more seldom, up to every 100 ms. Beside a process that writes one act after the other,
another one then waits for most of a second although the lock is free every thirty milliseconds.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import OperationalError
from django.db.backends.sqlite3 import base

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASK_AGAIN_S: Final = 0.001
#: Asking costs a core's time, which whoever holds the lock may need: after that long, more seldom.
_EAGER_S: Final = 0.1
_ASK_SELDOM_S: Final = 0.01
#: The low byte names the error, the others its kind.  Source: sqlite.org, Result and Error Codes.
_PRIMARY: Final = 0xFF


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite as Django speaks to it, but for the beginning of a transaction that writes."""

    def _start_transaction_under_autocommit(self) -> None:
        """Begin, waiting for the lock as long as the option ``timeout`` says.  Raises: OperationalError."""
        # Django's own; its published types know neither.
        if self.transaction_mode != "IMMEDIATE":  # type: ignore[attr-defined]
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        seconds = self.get_connection_params()["timeout"]
        # Pauses are counted and not the clock, as SQLite does: after a machine stood still nobody's time is over.
        waited = 0.0
        with self._no_waiting(seconds):
            while not self._has_begun(is_last=waited >= seconds):
                pause = _ASK_AGAIN_S if waited < _EAGER_S else _ASK_SELDOM_S
                time.sleep(pause)
                waited += pause

    def _has_begun(self, *, is_last: bool) -> bool:
        try:
            self.cursor().execute("BEGIN IMMEDIATE")
        except OperationalError as error:
            code = getattr(error.__cause__, "sqlite_errorcode", 0)
            if is_last or code & _PRIMARY != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    @contextmanager
    def _no_waiting(self, seconds: float) -> Iterator[None]:
        """Let SQLite say at once that the lock is taken; afterwards its own waiting is as before."""
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
