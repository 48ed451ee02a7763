"""The paper as a whole: make one, run it, serve its finished pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from broadsheet.cli.main import fail
from broadsheet.serve.app import CACHE_BYTES, serve_readers
from broadsheet.serve.errors import ServeError

_MEGABYTE = 1024 * 1024


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("serve")(serve)


def serve(
    *,
    folder: Annotated[Path, typer.Option(help="The pressed folder.")],
    port: Annotated[int, typer.Option(help="Port to answer on.", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="Address to answer on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Processes; 0 is one for each core.", min=0, max=64)] = 0,
    cache_mb: Annotated[int, typer.Option(help="Megabytes of hot files each worker may hold.", min=1)] = (
        CACHE_BYTES // _MEGABYTE
    ),
) -> None:
    """Serve the finished pages. Needs the folder only: no desk, no database, no settings."""
    try:
        serve_readers(
            folder=folder,
            host=host,
            port=port,
            workers=workers or len(os.sched_getaffinity(0)),
            cache_bytes=cache_mb * _MEGABYTE,
        )
    except ServeError as error:
        raise fail(str(error), 2) from error
