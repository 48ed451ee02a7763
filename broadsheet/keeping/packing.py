"""Writes a backup: a tar whose members are digested while they go in, and at the end the head that lists them.

The tar itself is not compressed: originals of pictures, nearly all of a paper's bytes, would not become smaller. The
database is, before it comes here.
"""

from __future__ import annotations

import hashlib
import os
import tarfile
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import msgspec

from broadsheet.keeping.errors import CannotKeep
from broadsheet.keeping.values import HEAD_NAME, Head, Member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


_ORIGINALS: Final = "originals"


class Source(NamedTuple):
    """A file and its name in the backup. One that ``may_vanish`` is left out when it is gone by the time it is read."""

    name: str
    path: Path
    may_vanish: bool = False


def sources_in(folder: Path, *, under: str, may_vanish: bool = False) -> Iterator[Source]:
    """Yield every file in the folder and below, links followed; a folder that is not there holds none.

    Raises: CannotKeep for a name that is no text; OSError for a folder that cannot be read.
    """
    seen: set[Path] = set()
    for place, folders, names in os.walk(folder, followlinks=True, onerror=_refuse_unreadable):
        real = Path(place).resolve()
        if real in seen:  # a link that leads back
            folders.clear()
            continue
        seen.add(real)
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            # The ledger writes an original under a hidden name and renames it once it is whole.
            is_half_written = under == _ORIGINALS and name.startswith(".")
            if path.is_file() and not is_half_written:
                yield Source(_text(f"{under}/{path.relative_to(folder)}"), path, may_vanish)


def _refuse_unreadable(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _text(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError as error:
        msg = f"The file {name!a} has a name that is no text. Rename it and run the backup again."
        raise CannotKeep(msg) from error
    return name


def pack(*, sources: Iterable[Source], head: Head, to: Path, packed: Callable[[int], None]) -> Head:
    """Write the backup and sync it; return the head with every file listed.

    ``packed`` is told of bytes as they go in, to show progress.
    Raises: CannotKeep when a file changes under the reading; OSError.
    """
    members = []
    with to.open("xb") as file:
        to.chmod(0o600)  # it holds drafts and the digests of passwords
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for source in sources:
                member = _add(tar, source, packed)
                if member is not None:
                    members.append(member)
            whole = msgspec.structs.replace(head, files=tuple(members))
            data = msgspec.json.encode(whole)
            tar.addfile(_entry(HEAD_NAME, len(data)), BytesIO(data))
        file.flush()
        os.fsync(file.fileno())
    return whole


def _add(tar: tarfile.TarFile, source: Source, packed: Callable[[int], None]) -> Member | None:
    try:
        file = source.path.open("rb")
    except FileNotFoundError:
        if source.may_vanish:
            return None
        raise
    with file:
        # Whatever is written to it from here on is not in: the size stands in the tar before the bytes do.
        size = os.fstat(file.fileno()).st_size
        reading = _Digested(file, source.path, packed)
        tar.addfile(_entry(source.name, size), reading)  # type: ignore[arg-type]  # addfile only calls read
    return Member(source.name, size, reading.digest.hexdigest())


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size = size
    return entry


class _Digested:
    """A file for a tar to read, which digests what was read."""

    def __init__(self, file: IO[bytes], path: Path, packed: Callable[[int], None]) -> None:
        self.digest = hashlib.sha256()
        self._file = file
        self._path = path
        self._packed = packed

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        if len(data) < size:
            msg = f"{self._path} became shorter while it was read. Run the backup again."
            raise CannotKeep(msg)
        self.digest.update(data)
        self._packed(size)
        return data
