"""A folder of files that comes into being whole or not at all, with a manifest of everything in it."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, Final

from broadsheet.ledger.errors import DepositFailed, DepositRefused
from broadsheet.plain.canonical import canonical_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MANIFEST: Final = "manifest.json"


class Parcel:
    """A folder being filled. Each file is listed as it is put, in a file without a name, so memory stays small."""

    def __init__(self, folder: Path, listed: IO[bytes]) -> None:
        self._folder = folder
        self._listed = listed

    def put(self, path: str, data: bytes) -> None:
        """Put a file of these bytes."""
        with self.open(path) as lines:
            lines.write(data)

    def holds(self, path: str) -> bool:
        """Return whether the file was put already."""
        return (self._folder / path).exists()

    @contextmanager
    def open(self, path: str) -> Iterator[Lines]:
        """Give a file to write piece by piece; it is listed once it is closed."""
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            lines = Lines(file)
            yield lines
        entry = canonical_bytes({"path": path, "sha256": lines.digest(), "size": lines.size})
        self._listed.write((b"," if self._listed.tell() else b"") + entry)

    def seal(self, heading: Mapping[str, Any]) -> str:
        """Write the manifest: the heading, every file put, and a digest of both; return the SHA-256 of its file.

        Shapes: canonical JSON. The heading's keys sort around ``files`` and before ``sha256``.
        """
        before, after = ({key: heading[key] for key in heading if (key < "files") is early} for early in (True, False))
        with (self._folder / MANIFEST).open("xb") as file:
            lines = Lines(file)
            lines.write(canonical_bytes(before)[:-1] + b',"files":[')
            self._listed.seek(0)
            for piece in iter(lambda: self._listed.read(1 << 20), b""):
                lines.write(piece)
            lines.write(b"]," + canonical_bytes(after)[1:-1])
            own = lines.digest(b"}")
            lines.write(b',"sha256":"' + own.encode() + b'"}\n')
            return lines.digest()


class Lines:
    """An open file that knows its size and digest so far."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Append the bytes."""
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

    def digest(self, end: bytes = b"") -> str:
        """Return the SHA-256 in hex of all that was written, and of this end."""
        made = self._hash.copy()
        made.update(end)
        return made.hexdigest()


@contextmanager
def new_folder(target: Path) -> Iterator[Parcel]:
    """Give a parcel that becomes the folder when the block ends well; else nothing of it is left.

    Raises: DepositRefused when something stands there; DepositFailed when the disk is full or cannot be written.
    """
    _refuse(target)
    folder = target.with_name(f".{target.name}-{secrets.token_hex(8)}")
    try:
        with tempfile.TemporaryFile(dir=target.parent) as listed:
            folder.mkdir()
            try:
                yield Parcel(folder, listed)
                os.sync()  # once for all: what is renamed into place must outlive a power cut
                folder.rename(target)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
    except OSError as error:
        msg = f"The deposit package was not written to {target}: {error.strerror or error}. Nothing of it was kept."
        raise DepositFailed(msg) from error


def _refuse(target: Path) -> None:
    if not target.parent.is_dir():
        msg = f"There is no folder {target.parent}; make it first."
    elif target.exists() and not target.is_dir():
        msg = f"{target} is not a folder; name a new one."
    elif target.is_dir() and any(target.iterdir()):
        msg = f"The folder {target} is not empty; name a new one."
    else:
        return
    raise DepositRefused(msg)
