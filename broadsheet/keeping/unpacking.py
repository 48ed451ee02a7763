"""Reads a backup, and trusts nothing in it before it is checked: the file may be damaged, cut off, or made to harm."""

from __future__ import annotations

import hashlib
import tarfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import msgspec

from broadsheet.keeping.errors import BadBackup, NoBackup
from broadsheet.keeping.values import DATABASE_NAMES, FORMAT, HEAD_NAME, Head, Member, is_member_name, version_numbers
from broadsheet.plain.configuration import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CHUNK: Final = 1024 * 1024
#: Some hundred bytes for each file of a paper with a million.
_HEAD_BYTES: Final = 256 * CHUNK
#: What Python's tarfile raises on files that were made to confuse it.
_CONFUSED: Final = (tarfile.TarError, ValueError, OverflowError, RecursionError, EOFError, OSError)


class _Mark(msgspec.Struct, frozen=True):
    """What every head of every format begins with."""

    format: int
    product: str


class Backup(NamedTuple):
    """A backup whose list of files is what its head says. Their bytes are not looked at before ``check``."""

    head: Head
    tar: tarfile.TarFile
    entries: dict[str, tarfile.TarInfo]

    def open(self, name: str) -> IO[bytes]:
        """Return that file of the backup, to read."""
        file = self.tar.extractfile(self.entries[name])
        if file is None:
            raise BadBackup
        return file

    def database(self) -> Member:
        """Return the member that is the database."""
        return next(member for member in self.head.files if member.name == DATABASE_NAMES[self.head.engine])


@contextmanager
def opened(path: Path, *, product: str) -> Iterator[Backup]:
    """Open a backup; ``product`` is the version of this Broadsheet. Nothing is written.

    Raises: NoBackup; BadBackup, and when it was made by a newer version.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        msg = f"The backup {path} cannot be read: {error.strerror}."
        raise NoBackup(msg) from error
    with file:
        with _told_plainly():
            backup = _backup(file, product)
        yield backup


def check(backup: Backup, *, read: Callable[[int], None]) -> None:
    """Read every byte and compare with the digests of the head. ``read`` is told of bytes, to show progress.

    Raises: BadBackup.
    """
    for member in backup.head.files:
        digest = hashlib.sha256()
        with _told_plainly(), backup.open(member.name) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                read(len(chunk))
        if digest.hexdigest() != member.sha256:
            msg = f"The backup is damaged: {member.name} is not what was put in."
            raise BadBackup(msg)


def _backup(file: IO[bytes], product: str) -> Backup:
    tar = tarfile.open(fileobj=_Measured(file), mode="r:")  # type: ignore[call-overload]  # noqa: SIM115 - owns nothing
    entries = _entries(tar)
    if not entries or next(reversed(entries)) != HEAD_NAME:
        msg = f"This is no backup of a paper, or it is cut off: its last file is not {HEAD_NAME}."
        raise BadBackup(msg)
    head = _head(tar, entries.pop(HEAD_NAME), product)
    _compare(head, entries)
    return Backup(head, tar, entries)


def _entries(tar: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    """Return every entry by name, in the order of the file. Only plain files, each once, one after the other."""
    entries: dict[str, tarfile.TarInfo] = {}
    end = 0
    while (entry := tar.next()) is not None:
        # A negative size would lead the reading back, round and round.
        if entry.offset < end or entry.size < 0:
            raise BadBackup
        end = entry.offset_data + entry.size
        if entry.type not in tarfile.REGULAR_TYPES or entry.issparse():
            msg = f"The backup holds something that is no plain file ({entry.name!a}). It was not made by Broadsheet."
            raise BadBackup(msg)
        if entry.name in entries:
            msg = f"The backup holds {entry.name!a} twice. It was not made by Broadsheet."
            raise BadBackup(msg)
        entries[entry.name] = entry
    return entries


def _head(tar: tarfile.TarFile, entry: tarfile.TarInfo, product: str) -> Head:
    file = tar.extractfile(entry)
    if file is None or entry.size > _HEAD_BYTES:
        raise BadBackup
    data = b"".join(iter(lambda: file.read(CHUNK), b""))
    mark = msgspec.json.decode(data, type=_Mark)
    if mark.format > FORMAT or version_numbers(mark.product) > version_numbers(product):
        msg = f"The backup was made by Broadsheet {mark.product!a}, and this is {product}. Install the newer one first."
        raise BadBackup(msg)
    return msgspec.json.decode(data, type=Head)


def _compare(head: Head, entries: dict[str, tarfile.TarInfo]) -> None:
    for name in entries:
        if not is_member_name(name, head.engine):
            msg = (
                f"The backup holds a file that would lie where none belongs ({name!a}). It was not made by Broadsheet."
            )
            raise BadBackup(msg)
    listed = {member.name: member.size for member in head.files}
    if len(listed) != len(head.files) or listed != {name: entry.size for name, entry in entries.items()}:
        msg = "The backup is damaged: it does not hold exactly the files its head lists."
        raise BadBackup(msg)
    if not {FILE_NAME, DATABASE_NAMES[head.engine]} <= listed.keys() or head.database_size < 0:
        msg = f"The backup is damaged: it has no {FILE_NAME}, or no database."
        raise BadBackup(msg)


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except _CONFUSED as error:
        msg = f"This is no backup of a paper, or it is damaged ({error})."
        raise BadBackup(msg) from error


class _Measured:
    """A file for tarfile to read, which takes the word of a header for how much to read at once. This does not."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int) -> bytes:
        if not 0 <= size <= CHUNK:
            msg = "A header asks for more than any header holds"
            raise tarfile.ReadError(msg)
        return self._file.read(size)
