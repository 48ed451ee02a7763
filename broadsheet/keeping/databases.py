"""The database of a paper, copied while others write, and put back. One way for each engine.

A copy holds nobody up. The end of the ledger is read in the snapshot that is copied, so that it is the copy's own.
"""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import zlib
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple, cast

from django.db import Error, connections, transaction

from broadsheet.keeping import postgresql
from broadsheet.keeping.errors import BadBackup, CannotKeep, NoBackup, OtherEngine, PaperInTheWay
from broadsheet.keeping.queries import ledger_end
from broadsheet.keeping.unpacking import CHUNK
from broadsheet.keeping.values import DATABASE_NAMES, Engine, Head, LedgerEnd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

_SNAPSHOT: Final = "snapshot"


class DatabaseCopy(NamedTuple):
    """A copy as it goes into a backup. ``size`` is the bytes it takes once it is unpacked."""

    engine: Engine
    path: Path
    size: int
    ledger: LedgerEnd


def engine_of(alias: str = "default") -> Engine:
    """Return which database this paper is on."""
    return cast("Engine", connections[alias].vendor)


def database_files(alias: str = "default") -> tuple[Path, ...]:
    """Return the files of the database: on SQLite it and its two companions, on PostgreSQL none."""
    if engine_of(alias) != "sqlite":
        return ()
    name = str(connections[alias].settings_dict["NAME"])
    return tuple(Path(name + ending) for ending in ("", "-wal", "-shm"))


def copy_database(folder: Path) -> DatabaseCopy:
    """Copy the database into the folder.  Raises: NoBackup where there is none yet; ToolMissing; CannotKeep; OSError."""
    connection = connections[_SNAPSHOT]
    engine = engine_of(_SNAPSHOT)
    if engine == "sqlite" and not database_files(_SNAPSHOT)[0].exists():
        msg = "This paper has no database yet, so there is nothing to back up. Start it once with: broadsheet run"
        raise NoBackup(msg)
    path = folder / DATABASE_NAMES[engine]
    with _database_speaks():
        if engine == "sqlite":
            size, ledger = _copy_sqlite(connection, path)
        else:
            ledger = _copy_postgresql(connection, path)
            size = path.stat().st_size
    return DatabaseCopy(engine, path, size, ledger)


def require_empty_database(head: Head) -> None:
    """Return when the backup's database can be put into this paper's.

    Raises: OtherEngine, PaperInTheWay, ToolMissing, CannotKeep.
    """
    if engine_of() != head.engine:
        wanted = "Name an empty PostgreSQL database in" if head.engine == "postgresql" else "Leave out"
        msg = f"The backup is of a paper on {head.engine}, and this one is on {engine_of()}. {wanted} DATABASE_URL."
        raise OtherEngine(msg)
    if head.engine == "sqlite":
        return
    connection = connections["default"]
    with _database_speaks():
        if connection.introspection.table_names():
            msg = f"The database {connection.settings_dict['NAME']} is not empty. Name a new one in DATABASE_URL."
            raise PaperInTheWay(msg)
        postgresql.require_tool("pg_restore", connection=connection)


def put_database(data: IO[bytes], *, head: Head, folder: Path) -> None:
    """Put the backup's database in place; ``folder`` is for work.  Raises: BadBackup, CannotKeep, OSError."""
    if head.engine == "sqlite":
        _unpack_sqlite(data, to=database_files()[0], size=head.database_size)
        return
    dumped = folder / DATABASE_NAMES[head.engine]
    with dumped.open("wb") as file:
        shutil.copyfileobj(data, file, CHUNK)
    with _database_speaks():
        postgresql.load(connection=connections["default"], dumped=dumped)


def _copy_sqlite(connection: BaseDatabaseWrapper, to: Path) -> tuple[int, LedgerEnd]:
    plain = to.with_suffix("")
    with closing(sqlite3.connect(plain)) as copy:
        copy.execute("PRAGMA synchronous=OFF")  # what is synced is the backup it goes into
        with transaction.atomic(using=_SNAPSHOT):
            ledger = ledger_end(_SNAPSHOT)
            # All pages in one step, in the read transaction that is open: writers neither wait nor begin it anew.
            connection.connection.backup(copy)
    with plain.open("rb") as source, gzip.GzipFile(to, "wb", mtime=0) as packed:
        shutil.copyfileobj(source, packed, CHUNK)
    size = plain.stat().st_size
    plain.unlink()
    return size, ledger


def _copy_postgresql(connection: BaseDatabaseWrapper, to: Path) -> LedgerEnd:
    with transaction.atomic(using=_SNAPSHOT):
        ledger = ledger_end(_SNAPSHOT)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = str(cursor.fetchone()[0])
        postgresql.dump(connection=connection, to=to, snapshot=snapshot)
    return ledger


def _unpack_sqlite(data: IO[bytes], *, to: Path, size: int) -> None:
    left = size
    try:
        with gzip.GzipFile(fileobj=data) as packed, to.open("xb") as file:
            while chunk := packed.read(min(CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    break
                file.write(chunk)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise BadBackup from error
    if left:
        msg = "The backup is damaged: its database is not as long as its head says."
        raise BadBackup(msg)


@contextmanager
def _database_speaks() -> Iterator[None]:
    """Turn an error of the database into one sentence.  Raises: CannotKeep."""
    try:
        yield
    except (Error, sqlite3.Error) as error:
        line = (str(error).strip().splitlines() or [type(error).__name__])[0]
        msg = f"The database refused: {line}. Nothing was left behind."
        raise CannotKeep(msg) from error
