"""The disk: its complaints as sentences, files synced, and nothing left behind by what failed."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from broadsheet.keeping.errors import CannotKeep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def told_plainly(place: Path) -> Iterator[None]:
    """Turn what the system says into one sentence about that place.  Raises: CannotKeep."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            msg = f"There is not enough room in {place} ({error.strerror}). Nothing was left behind."
            raise CannotKeep(msg) from error
        about = f"{error.filename}: " if error.filename else ""
        msg = f"The disk refused: {about}{error.strerror or error}. Nothing was left behind."
        raise CannotKeep(msg) from error


def flush_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut.  Source: fsync(2), notes on directories."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def holds_something(path: Path) -> bool:
    """Return whether there is a file, or a folder with anything in it."""
    return any(path.iterdir()) if path.is_dir() else path.exists()


@contextmanager
def nothing_left_on_failure(paths: Sequence[Path]) -> Iterator[None]:
    """Take away what the block put at these paths, and the folders it made on the way there, when it fails.

    None of them may hold anything before.
    """
    there = [path for path in paths if path.is_dir()]
    missing = [_highest_missing(path) for path in paths if not path.exists()]
    try:
        yield
    except BaseException:  # also when the program is told to end
        for path in (*missing, *(child for folder in there for child in folder.iterdir())):
            _take_away(path)
        raise


def _highest_missing(path: Path) -> Path:
    while not path.parent.exists():
        path = path.parent
    return path


def _take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
