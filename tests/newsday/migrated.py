"""A database with every table and nothing in them, made once in each process of tests: migrating takes ten seconds.

``test_new_paper`` and the demo of ``test_the_paper_runs`` still begin with nothing, as people do.
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from broadsheet.cli.founding import found_paper


def put_migrated(database: Path) -> None:
    """Put a SQLite database there for a paper to begin with."""
    database.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_template() / "data" / database.name, database)


def migrate(database_url: str) -> None:
    """Make the tables in that empty database."""
    _migrate(_new_paper(), DATABASE_URL=database_url)


@functools.cache
def _template() -> Path:
    folder = _new_paper()
    _migrate(folder)
    return folder


def _new_paper() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="broadsheet-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    found_paper(folder=folder, name="Tables", languages=("en",), zone="UTC", base_url="http://127.0.0.1")
    (folder / "data").mkdir()
    return folder


def _migrate(folder: Path, **environment: str) -> None:
    chosen = {"PATH": os.environ["PATH"], "BROADSHEET_PAPER": str(folder), **environment}
    subprocess.run(
        [sys.executable, "-m", "broadsheet", "manage", "migrate", "--verbosity", "0"], env=chosen, check=True
    )
