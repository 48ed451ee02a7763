"""The demo paper as real processes, on free ports and data of its own, for tests that drive it from outside."""

from __future__ import annotations

import atexit
import functools
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import dj_database_url
import psycopg
from psycopg import sql

from tests.newsday.migrated import migrate, put_migrated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READY_SECONDS = 180
STOP_SECONDS = 25


class RunningPaper(NamedTuple):
    """Where the running paper answers, and where its finished files lie."""

    desk: str
    site: str
    pressed: Path


@contextmanager
def running_demo(*, data_dir: Path) -> Iterator[RunningPaper]:
    """Run ``broadsheet demo`` until the block ends, then stop it as an operator would, with SIGTERM."""
    desk_port, site_port = _free_ports()
    with own_database(is_migrated=True) as database_url:
        if not database_url:
            put_migrated(data_dir / "paper.sqlite3")
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "BROADSHEET_"))
        }
        environment |= {"DATA_DIR": str(data_dir), "DESK_PORT": str(desk_port), "SITE_PORT": str(site_port)}
        environment |= {"DATABASE_URL": database_url} if database_url else {}
        log = data_dir.with_suffix(".log")
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "broadsheet", "demo"],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                _wait_until_announced(process, log)
                yield RunningPaper(
                    desk=f"http://127.0.0.1:{desk_port}",
                    site=f"http://127.0.0.1:{site_port}",
                    pressed=data_dir / "pressed",
                )
            finally:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()


def _wait_until_announced(process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while "Log-ins:" not in log.read_text(encoding="utf-8"):
        if process.poll() is not None or time.monotonic() > until:
            msg = f"The demo did not start:\n{log.read_text(encoding='utf-8')[-4000:]}"
            raise RuntimeError(msg)
        time.sleep(0.2)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


@contextmanager
def own_database(*, is_migrated: bool = False) -> Iterator[str]:
    """Give the processes a PostgreSQL database of their own where the suite runs on PostgreSQL; else an empty URL.

    It is empty, or has all tables with nothing in them.
    """
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield ""
        return
    name = _create(given, template=_migrated(given) if is_migrated else "template1")
    try:
        yield given.rsplit("/", 1)[0] + f"/{name}"
    finally:
        _drop(given, name)


def _server(url: str) -> psycopg.Connection[Any]:
    settings = dj_database_url.parse(url)
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"] or 5432,
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )


def _create(url: str, *, template: str) -> str:
    name = f"newsday_{uuid.uuid4().hex[:12]}"
    with _server(url) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    return name


def _drop(url: str, name: str) -> None:
    with _server(url) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@functools.cache
def _migrated(url: str) -> str:
    """Return the database others are copied from, made once in each process of tests."""
    name = _create(url, template="template1")
    atexit.register(_drop, url, name)
    migrate(url.rsplit("/", 1)[0] + f"/{name}")
    return name
