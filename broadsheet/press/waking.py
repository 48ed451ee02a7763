"""How the press hears of a commit. Hearing only wakes it: the truth is the table of notices.

SQLite: the act sends a datagram to ``press.sock`` in the data folder once it is committed, and as a net against a lost
one the press looks every quarter of a second whether the database file was written. PostgreSQL: NOTIFY inside the
act's transaction, which the server delivers at commit, and a look at the table every two seconds.
"""

from __future__ import annotations

import os
import select
import socket
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from django.db import connection, transaction

from broadsheet.press.errors import AnotherPressRuns
from broadsheet.press.queries import something_due

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

_CHANNEL: Final = "broadsheet_press"
_SOCKET: Final = "press.sock"
#: Seconds between two looks. PRAGMA data_version takes 3 microseconds.  Source: docs/decisions/0006.
_LOOK_SQLITE_S: Final = 0.25
_LOOK_POSTGRESQL_S: Final = 2.0


class Ear(Protocol):
    """Hears pokes. ``look_every_s`` is how long silence may last before a look."""

    look_every_s: float

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when poked."""

    def heard(self) -> int:
        """Take every poke that has come in and return how many there were. Never waits."""

    def look(self) -> bool:
        """Return whether there is something to press that no poke told of."""


def poke(data_dir: Path) -> None:
    """Wake the press when the caller's transaction commits. Nobody listening is fine: the press looks when it starts."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {_CHANNEL}")
    else:
        transaction.on_commit(lambda: _send(data_dir))


def wait(ear: Ear, *, stop: int) -> bool:
    """Wait for a poke, the time of a look, or the descriptor ``stop``; return whether there may be something to press."""
    ready, _, _ = select.select([ear.fileno(), stop], [], [], ear.look_every_s)
    if ear.fileno() in ready:
        return ear.heard() > 0
    return not ready and ear.look()


@contextmanager
def open_ear(data_dir: Path) -> Iterator[Ear]:
    """Listen for pokes meanwhile. Raises: AnotherPressRuns when another process listens on this paper's socket."""
    if connection.vendor == "postgresql":
        listener = connection.copy("press-ear")
        try:
            with listener.cursor() as cursor:
                cursor.execute(f"LISTEN {_CHANNEL}")
            yield _PostgresEar(listener)
        finally:
            listener.close()
    else:
        with _bound_socket(data_dir) as bound:
            yield _SqliteEar(bound)


class _SqliteEar:
    look_every_s = _LOOK_SQLITE_S

    def __init__(self, bound: socket.socket) -> None:
        self._socket = bound
        self._version = self._data_version()

    def fileno(self) -> int:
        return self._socket.fileno()

    def heard(self) -> int:
        pokes = 0
        with suppress(BlockingIOError):
            while True:
                self._socket.recv(16)
                pokes += 1
        return pokes

    def look(self) -> bool:
        version = self._data_version()
        changed, self._version = version != self._version, version
        return changed and something_due()

    @staticmethod
    def _data_version() -> int:
        """Return a number that differs once another connection has committed.  Source: sqlite.org, PRAGMA."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            return int(cursor.fetchone()[0])


class _PostgresEar:
    look_every_s = _LOOK_POSTGRESQL_S

    def __init__(self, listener: BaseDatabaseWrapper) -> None:
        self._listener = listener

    def fileno(self) -> int:
        with self._listener.wrap_database_errors:
            return int(self._listener.connection.fileno())

    def heard(self) -> int:
        with self._listener.wrap_database_errors:
            return len(list(self._listener.connection.notifies(timeout=0)))

    def look(self) -> bool:
        return something_due()


@contextmanager
def _bound_socket(data_dir: Path) -> Iterator[socket.socket]:
    data_dir.mkdir(parents=True, exist_ok=True)
    with _short_name(data_dir) as name, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bound:
        if _is_heard(name):
            raise AnotherPressRuns
        Path(name).unlink(missing_ok=True)
        bound.setblocking(False)  # noqa: FBT003 - the standard library's own
        bound.bind(name)
        try:
            yield bound
        finally:
            Path(name).unlink(missing_ok=True)


def _is_heard(name: str) -> bool:
    """Return whether a living process listens there; a dead one leaves its socket file behind."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(name)
        except OSError:
            return False
    return True


def _send(data_dir: Path) -> None:
    # Not there, not listening, or full: the look of the press is the net under a lost poke.
    with suppress(OSError), _short_name(data_dir) as name, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sending:
        sending.setblocking(False)  # noqa: FBT003 - as above
        sending.sendto(b"!", name)


@contextmanager
def _short_name(data_dir: Path) -> Iterator[str]:
    """Give a name of the socket that fits the 108 bytes of a socket address, however long the folder's name is."""
    folder = os.open(data_dir, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{_SOCKET}"
    finally:
        os.close(folder)
