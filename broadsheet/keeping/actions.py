"""Make a backup of a paper, and put a paper in place from one. Either is done wholly, or leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from django.conf import settings

from broadsheet.keeping.databases import copy_database, database_files, put_database, require_empty_database
from broadsheet.keeping.disk import flush_folder, holds_something, nothing_left_on_failure, told_plainly
from broadsheet.keeping.errors import CannotKeep, FileInTheWay, PaperInTheWay
from broadsheet.keeping.packing import Source, pack, sources_in
from broadsheet.keeping.unpacking import CHUNK, Backup
from broadsheet.keeping.values import Head
from broadsheet.ledger.handing_out import note_handed_out
from broadsheet.plain.configuration import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

#: Room that must be left on the disk beside what a restore puts there: its pages are pressed next.
_SPARE_BYTES: Final = 64 * 1024 * 1024


class Told(Protocol):
    """Is told what is being done, and how many bytes of how many of it are done; 0 of 0 where nobody can know."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show it."""


class Made(NamedTuple):
    """A backup that was made."""

    file: Path
    size: int
    head: Head


def back_up(*, file: Path, now: datetime, told: Told) -> Made:
    """Write the whole paper into one new file, while the paper runs.

    The database is copied first: a picture is kept before a row names it, so every picture the copy names is then there.
    Units: ``now`` is UTC.
    Raises: FileInTheWay, NoBackup, ToolMissing, CannotKeep.
    """
    file = file.resolve()
    _require_new(file)
    with (
        told_plainly(file.parent),
        tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as name,
    ):
        work = Path(name)
        told("Copying the database", 0, 0)
        copy = copy_database(work)
        sources = [Source(FILE_NAME, settings.PAPER_DIR / FILE_NAME), Source(copy.path.name, copy.path)]
        for under, folder in _folders().items():
            # Only the desk deletes files, and only uploads.
            sources += sources_in(folder, under=under, may_vanish=under == "media")
        count = _Count("Packing", sum(_size(source.path) for source in sources), told)
        head = Head(
            product=version("broadsheet"),
            engine=copy.engine,
            paper=settings.CONFIGURATION.paper.name,
            made_at=now,
            ledger=copy.ledger,
            database_size=copy.size,
        )
        part = work / file.name
        head = pack(sources=sources, head=head, to=part, packed=count.add)
        _require_new(file)
        part.rename(file)
        flush_folder(file.parent)
    note_handed_out(kind="backup", path=file, number=head.ledger.number, now=now)
    return Made(file, file.stat().st_size, head)


def restore(*, backup: Backup, told: Told) -> None:
    """Put everything of a checked backup in place; ``broadsheet.toml``, without which nothing starts, comes last.

    Django must have been set up with that ``broadsheet.toml``, and the database must not have been touched yet.
    Raises: PaperInTheWay, OtherEngine, ToolMissing, BadBackup, CannotKeep.
    """
    folders = _folders()
    data = Path(settings.DATA_DIR)
    last = Path(settings.PAPER_DIR) / FILE_NAME
    waiting = last.with_name(f".{FILE_NAME}")
    places = [last, waiting, *folders.values(), Path(settings.PRESSED_DIR), *database_files()]
    _require_no_paper(places)
    require_empty_database(backup.head)
    with told_plainly(data), nothing_left_on_failure(places):
        data.mkdir(parents=True, exist_ok=True)
        _require_room(backup, data)
        count = _Count("Restoring", sum(member.size for member in backup.head.files), told)
        for member in backup.head.files:
            folder, _, rest = member.name.partition("/")
            if rest:
                _put(backup, member.name, to=folders[folder] / rest, count=count)
        _put(backup, FILE_NAME, to=waiting, count=count)
        told("Restoring the database", 0, 0)
        with (
            tempfile.TemporaryDirectory(dir=data, prefix=".restore.") as work,
            backup.open(backup.database().name) as database,
        ):
            put_database(database, head=backup.head, folder=Path(work))
        # A server's database cannot be taken away again: what could fail for want of room came before it.
        waiting.rename(last)
        os.sync()


def _folders() -> Mapping[str, Path]:
    """Return where the files lie whose names begin so."""
    return {
        "theme": Path(settings.PAPER_DIR) / "theme",
        "originals": Path(settings.PICTURES_DIR) / "originals",
        "media": Path(settings.MEDIA_ROOT),
    }


class _Count:
    """Bytes done of one step."""

    def __init__(self, step: str, total: int, told: Told) -> None:
        self._step, self._done, self._total, self._told = step, 0, total, told

    def add(self, size: int) -> None:
        self._done += size
        self._told(self._step, self._done, self._total)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _require_new(file: Path) -> None:
    if file.exists():
        msg = f"{file} is there already, and a backup is never written over anything. Choose another name."
        raise FileInTheWay(msg)
    if not file.parent.is_dir():
        msg = f"There is no folder {file.parent}. Make it first."
        raise FileInTheWay(msg)
    inside = [folder for folder in _folders().values() if file.is_relative_to(folder.resolve())]
    if inside:
        msg = f"{file} would lie in {inside[0]}, which is backed up itself. Choose another place."
        raise FileInTheWay(msg)


def _require_no_paper(places: list[Path]) -> None:
    for place in places:
        if holds_something(place):
            msg = f"{place} is there already, and a backup is never restored over a paper. Choose a new folder."
            raise PaperInTheWay(msg)


def _require_room(backup: Backup, data: Path) -> None:
    files = sum(member.size for member in backup.head.files)
    needed = files + backup.head.database_size + _SPARE_BYTES
    free = shutil.disk_usage(data).free
    if free < needed:
        msg = (
            f"The paper needs {needed // CHUNK} MB in {data}, and {free // CHUNK} MB are free. Nothing was left behind."
        )
        raise CannotKeep(msg)


def _put(backup: Backup, name: str, *, to: Path, count: _Count) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with backup.open(name) as source, to.open("xb") as file:
        while chunk := source.read(CHUNK):
            file.write(chunk)
            count.add(len(chunk))
