"""The hot files, in memory, up to a number of bytes.

Nothing is told to the cache: whoever asks brings the file's identity as the disk has it now, and a copy of an older
file is no answer. So a file the press has just replaced is out at the next request, in every worker, with no message.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import os

#: What an entry costs beyond its body and its name: objects, tags, dates.
_ENTRY_BYTES: Final = 800


class Identity(NamedTuple):
    """Which file this is, without reading it. The press always renames a new file into place: the inode tells."""

    device: int
    inode: int
    modified_ns: int
    size: int


class Copy(NamedTuple):
    """A file's bytes with what is said about them. ``modified_at`` in whole seconds since 1970."""

    identity: Identity
    body: bytes
    etag: str
    modified_at: int


def identify(status: os.stat_result) -> Identity:
    """Return the identity in a stat result."""
    return Identity(status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)


class HotCache:
    """The most recently used files. One thread alone uses it: there is no lock."""

    def __init__(self, *, limit_bytes: int) -> None:
        """Hold at most so many bytes, counting names and bookkeeping."""
        self._limit_bytes = limit_bytes
        self._held_bytes = 0
        self._copies: OrderedDict[str, Copy] = OrderedDict()

    @property
    def held_bytes(self) -> int:
        """Return how much is held now."""
        return self._held_bytes

    def find(self, file: str, identity: Identity) -> Copy | None:
        """Return the copy of exactly this file, or None."""
        copy = self._copies.get(file)
        if copy is None or copy.identity != identity:
            return None
        self._copies.move_to_end(file)
        return copy

    def keep(self, file: str, copy: Copy) -> None:
        """Keep the copy in place of an older one, and let the least recently used go until all fits.

        One that alone would take more than an eighth of the room is not kept: it would throw out all the pages.
        """
        self._drop(file)
        cost = _cost(file, copy)
        if cost > self._limit_bytes // 8:
            return
        self._copies[file] = copy
        self._held_bytes += cost
        while self._held_bytes > self._limit_bytes:
            self._drop(next(iter(self._copies)))

    def _drop(self, file: str) -> None:
        copy = self._copies.pop(file, None)
        if copy is not None:
            self._held_bytes -= _cost(file, copy)


def _cost(file: str, copy: Copy) -> int:
    return len(copy.body) + len(file) + _ENTRY_BYTES
