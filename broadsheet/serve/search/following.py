"""The program that keeps the index: one a folder, started by the reader server (``python -m ... FOLDER PARENT``).

It looks at the slips of the press ten times a second. What was taken from readers goes out first, then what is new comes
in. Where a slip is missing it looks through all sheets and takes those in whose files are others. Whatever is wrong with
the index or the disk is said in a sentence and tried again; readers get their pages meanwhile.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import sqlite3
import sys
import time
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from broadsheet.plain.searching import SEARCH_FOLDER, SearchSheet
from broadsheet.press.slips import SLIPS, slip_names
from broadsheet.serve.cache import identify
from broadsheet.serve.leash import die_with_parent
from broadsheet.serve.search.index import DAMAGED_NAME, FILE_NAME, Keeper, Seen, index_folder, is_damage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LOCK_NAME: Final = "lock"
_LOOK_SECONDS: Final = 0.1
_TROUBLE_SECONDS: Final = 5.0
#: The lock may be held for a moment by a worker that looks whether anybody holds it.
_TRIES: Final = 10
#: Stories taken in at once: readers see them together, and a kill waits no longer.
_BATCH: Final = 100
_NICENESS: Final = 10
_LOG: Final = logging.getLogger("broadsheet.serve")


def main(pressed: Path, *, parent: int) -> None:
    """Keep the index until the parent ends; end soon where another program keeps it."""
    die_with_parent()
    if os.getppid() != parent:  # it died before we could ask for that
        return
    # Ctrl-C is the server's to answer; it ends this program too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    told = ""
    tries = _TRIES
    while tries:
        try:
            with only_follower(pressed) as is_mine:
                if is_mine:
                    Follower(pressed).run()
            tries -= 1
            time.sleep(_LOOK_SECONDS)
        except (OSError, sqlite3.Error) as error:
            if str(error) != told:
                _LOG.warning("The search index beside %s cannot be kept: %s. It is tried again.", pressed, error)
                told = str(error)
            time.sleep(_TROUBLE_SECONDS)


@contextmanager
def only_follower(pressed: Path) -> Iterator[bool]:
    """Give whether nobody else follows that folder; nobody does while this is open.  Raises: OSError."""
    folder = index_folder(pressed)
    folder.mkdir(exist_ok=True)
    with (folder / _LOCK_NAME).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


class Follower:
    """Brings the index to what lies in the folder."""

    def __init__(self, pressed: Path) -> None:
        self._pressed = str(pressed.absolute())
        self._slips = Path(self._pressed) / SLIPS
        self._file = index_folder(pressed) / FILE_NAME

    def run(self) -> None:
        """Follow for ever; make the index anew where it is damaged, gone or of another format.

        Raises: OSError, sqlite3.Error where the disk fails or is full.
        """
        while True:
            keeper = None
            try:
                keeper = Keeper(self._file)
                self._keep_up(keeper)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                _LOG.warning("The search index is damaged (%s) and is made anew.", error)
            finally:
                if keeper is not None:
                    keeper.close()
            self._throw_away()
            time.sleep(_LOOK_SECONDS)

    def look(self, keeper: Keeper) -> bool:
        """Take in what the press told since the last look; return whether there was anything."""
        names = slip_names(self._slips)
        last, newest = keeper.state("slip"), names[-1] if names else ""
        if keeper.state("complete") and last in (newest, *names):
            self._take_told(keeper, names[names.index(last) + 1 :] if last else [])
        else:
            self._take_everything(keeper)
            keeper.note(complete="1")
        if last != newest:
            keeper.note(slip=newest)
        return last != newest

    def _keep_up(self, keeper: Keeper) -> None:
        damaged = self._file.with_name(DAMAGED_NAME)
        opened = self._file.stat().st_ino
        while True:
            if damaged.exists():
                _LOG.warning("The search index was found damaged and is made anew.")
                return
            if not keeper.is_readable:
                _LOG.warning("The search index is of another format and is made anew.")
                return
            if not self._file.exists() or self._file.stat().st_ino != opened:
                _LOG.warning("The search index is gone and is made anew.")
                return
            if not self.look(keeper):
                keeper.tidy()
            time.sleep(_LOOK_SECONDS)

    def _throw_away(self) -> None:
        for name in (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", DAMAGED_NAME):
            self._file.with_name(name).unlink(missing_ok=True)

    def _take_told(self, keeper: Keeper, slips: Iterable[str]) -> None:
        told = [line for name in slips for line in (self._slips / name).read_text(encoding="utf-8").splitlines()]
        paths = [path for path in dict.fromkeys(told) if _is_searched(path)]
        # However much is new, what was taken from readers is out before any of it comes in.
        there = [path for path in paths if Path(self._pressed + path).exists()]
        if gone := set(paths).difference(there):
            keeper.remove(gone)
        self._take(keeper, there)

    def _take_everything(self, keeper: Keeper) -> None:
        """Take in every sheet that is another file than the one taken in, and take out what is gone."""
        known = keeper.files()
        folders = [f"{SEARCH_FOLDER}{name}" for name in _names(self._pressed + SEARCH_FOLDER)]
        lying = {f"{folder}/{name}" for folder in folders for name in _names(self._pressed + folder)}
        keeper.remove(known.keys() - lying)
        self._take(keeper, (path for path in sorted(lying) if _is_searched(path) and self._is_new(path, known)))

    def _is_new(self, path: str, files: Mapping[str, str]) -> bool:
        try:
            return _identity(os.stat(self._pressed + path)) != files.get(path)  # noqa: PTH116 - once for each story
        except FileNotFoundError:
            return True

    def _take(self, keeper: Keeper, paths: Iterable[str]) -> None:
        rest = iter(paths)
        while part := list(islice(rest, _BATCH)):
            seen = {path: self._read(path) for path in part}
            keeper.remove(path for path, sheet in seen.items() if sheet is None)
            keeper.put({path: sheet for path, sheet in seen.items() if sheet is not None})

    def _read(self, path: str) -> Seen | None:
        """Return the sheet, None where there is none that can be read."""
        try:
            with Path(self._pressed + path).open("rb") as file:
                identity = _identity(os.fstat(file.fileno()))
                sheet = msgspec.json.decode(file.read(), type=SearchSheet)
            datetime.fromisoformat(sheet.published_iso)
        except FileNotFoundError:
            return None
        except (msgspec.MsgspecError, ValueError) as error:
            _LOG.warning("The search leaves %s out: %s.", path, error)
            return None
        return Seen(path.split("/")[2], identity, sheet)


def _is_searched(path: str) -> bool:
    return path.startswith(SEARCH_FOLDER) and path.endswith(".json")


def _names(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []


def _identity(status: os.stat_result) -> str:
    return ":".join(map(str, identify(status)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), parent=int(sys.argv[2]))
