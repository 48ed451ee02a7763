"""PostgreSQL's own programs, ``pg_dump`` and ``pg_restore``: where they are, and how they are run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from psycopg import pq
from psycopg.conninfo import make_conninfo

from broadsheet.keeping.errors import CannotKeep, ToolMissing

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

#: Where Debian lays the programs of each major version; what it puts on the PATH is a script that guesses which to run.
_DEBIAN: Final = Path("/usr/lib/postgresql")


def dump(*, connection: BaseDatabaseWrapper, to: Path, snapshot: str) -> None:
    """Write the database as it stands in that exported snapshot, compressed.  Raises: ToolMissing, CannotKeep."""
    with to.open("wb") as file:
        _run("pg_dump", ["--format=custom", f"--snapshot={snapshot}"], connection, output=file)


def load(*, connection: BaseDatabaseWrapper, dumped: Path) -> None:
    """Fill an empty database from a dump, wholly or not at all.  Raises: ToolMissing, CannotKeep."""
    words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(dumped)]
    _run("pg_restore", words, connection)


def require_tool(name: str, *, connection: BaseDatabaseWrapper) -> Path:
    """Return where the program is: the server's own version, else the one on the PATH, else the newest there is.

    Raises: ToolMissing.
    """
    connection.ensure_connection()
    major = connection.connection.info.server_version // 10_000
    others = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: _number(path.parts[-3]), reverse=True)
    on_path = shutil.which(name)
    for path in (_DEBIAN / str(major) / "bin" / name, *([Path(on_path)] if on_path else []), *others):
        if path.is_file():
            return path
    msg = f"{name} is not on this machine; install PostgreSQL's client of version {major} (Debian: postgresql-client)."
    raise ToolMissing(msg)


def _number(version: str) -> float:
    return float(version) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", version) else 0.0


def _run(name: str, words: list[str], connection: BaseDatabaseWrapper, *, output: IO[bytes] | None = None) -> None:
    tool = require_tool(name, connection=connection)
    where, password = _address(connection)
    # The password goes by the environment: words of a command can be read by everyone on the machine.
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    command = [str(tool), f"--dbname={where}", "--no-password", *words]
    done = subprocess.run(  # noqa: S603 - a list of words, none of them from outside
        command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE, check=False
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or [f"it ended with status {done.returncode}"]
        msg = f"{name} failed: {lines[0].removeprefix(f'{name}: ').removeprefix('error: ')}. Nothing was left behind."
        raise CannotKeep(msg)


def _address(connection: BaseDatabaseWrapper) -> tuple[str, str]:
    """Return what the paper's settings say of the database, as PostgreSQL's programs take it, and the password apart.

    Not what the connection itself says: psycopg brings a newer library, some of whose words older programs refuse.
    """
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    given = {name: str(value) for name, value in connection.get_connection_params().items() if name in known}
    password = given.pop("password", "")
    return make_conninfo(**given), password
