"""``broadsheet backup`` and ``broadsheet restore``: a whole paper in one file, and back again."""

from __future__ import annotations

import signal
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from broadsheet.cli.keeping_telling import shown_progress, tell_made
from broadsheet.cli.main import fail, start_django
from broadsheet.cli.restoring import restore_paper
from broadsheet.keeping.errors import KeepingError, KeepingRefused
from broadsheet.plain.times import utc_now

# What lies behind Django's settings is imported inside the command: they can be read only once a paper is chosen.

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to make. It must not be there yet.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Put the whole paper into one file, while it runs: all but the secrets in .env."""
    _end_in_order()
    start_django()
    from broadsheet.keeping.actions import back_up  # noqa: PLC0415 - once the paper is chosen

    try:
        with shown_progress() as told:
            made = back_up(file=file, now=utc_now(), told=told)
    except KeepingError as error:
        raise _failed(error) from error
    tell_made(made, as_json=as_json)


def restore(file: Annotated[Path, typer.Argument(help="A backup.")], *, as_json: AsJson = False) -> None:
    """Make the paper of a backup in this folder, which must not hold one; check its ledger and press its pages.

    Exit status 1 when the file is damaged, or the ledger in it is.
    """
    _end_in_order()
    try:
        restore_paper(file=file, as_json=as_json)
    except KeepingError as error:
        raise _failed(error) from error


def _end_in_order() -> None:
    """Let SIGTERM do what Ctrl-C does, so that what was begun is taken away."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _failed(error: KeepingError) -> typer.Exit:
    return fail(str(error), 2 if isinstance(error, KeepingRefused) else 1)
