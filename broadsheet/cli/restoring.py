"""A restore, from the file to the whole paper. Django is set up half-way: its settings are in the backup."""

from __future__ import annotations

import os
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

import typer

from broadsheet.cli.founding import SECRETS_FILE, write_secrets
from broadsheet.cli.keeping_telling import shown_progress, tell_in_place
from broadsheet.cli.main import fail, paper_folder, read_environment_file, start_django
from broadsheet.keeping.disk import nothing_left_on_failure, told_plainly
from broadsheet.keeping.errors import PaperInTheWay
from broadsheet.keeping.unpacking import Backup, check, opened
from broadsheet.plain.configuration import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.keeping.actions import Told
    from broadsheet.keeping.values import LedgerEnd

# What reads settings or tables is imported inside the functions, once Django is set up.
# ruff: noqa: PLC0415


def restore_paper(*, file: Path, as_json: bool) -> None:
    """Check the backup, put it in place, bring it to this version, verify its ledger and press its pages.

    Raises: KeepingError, and then nothing has changed; typer.Exit with status 1 when the paper is in place but its
        ledger is not whole, or a page could not be pressed.
    """
    folder = paper_folder().resolve()
    if (folder / FILE_NAME).exists():
        msg = f"{folder} holds a paper already, and a backup is never restored over one. Choose a new folder."
        raise PaperInTheWay(msg)
    with opened(file, product=version("broadsheet")) as backup:
        with shown_progress() as told:
            _check(backup, told)
            has_new_secret = _put_in_place(backup, folder, told)
        tell_in_place(backup.head, folder, has_new_secret=has_new_secret, as_json=as_json)
    _make_whole(backup.head.ledger, as_json=as_json)


def _check(backup: Backup, told: Told) -> None:
    total, done = sum(member.size for member in backup.head.files), 0

    def read(size: int) -> None:
        nonlocal done
        done += size
        told("Checking", done, total)

    check(backup, read=read)


def _put_in_place(backup: Backup, folder: Path, told: Told) -> bool:
    """Start Django on the backup's settings, then put everything in place. Return whether a secret was made up."""
    secrets = folder / SECRETS_FILE
    read_environment_file(secrets)
    needs_secret = "BROADSHEET_SECRET_KEY" not in os.environ
    if needs_secret and secrets.exists():
        msg = f"{secrets} names no BROADSHEET_SECRET_KEY. Put one there, or move the file away and a new one is made."
        raise PaperInTheWay(msg)
    made = [folder / FILE_NAME, *([secrets] if needs_secret else [])]
    with told_plainly(folder), nothing_left_on_failure(made):
        folder.mkdir(parents=True, exist_ok=True)
        if needs_secret:
            write_secrets(secrets)
        with _lent(backup, folder / FILE_NAME):
            start_django()
        from broadsheet.keeping.actions import restore

        restore(backup=backup, told=told)
    return needs_secret


@contextmanager
def _lent(backup: Backup, path: Path) -> Iterator[None]:
    """Have the paper's own file there while the settings read it; it comes for good when all else is in place."""
    with backup.open(FILE_NAME) as file:
        path.write_bytes(file.read())
    try:
        yield
    finally:
        path.unlink()


def _make_whole(end: LedgerEnd, *, as_json: bool) -> None:
    from broadsheet.cli.ledger_telling import tell_damages
    from broadsheet.cli.press_telling import tell_all
    from broadsheet.cli.running import prepare_paper
    from broadsheet.keeping.queries import goes_through

    prepare_paper()
    if tell_damages(as_json=as_json) or not goes_through(end):
        msg = "The paper is in place, but its ledger is damaged or not the one the backup names. Nothing was pressed."
        raise fail(msg)
    failed = tell_all(as_json=as_json)
    if failed:
        msg = f"The paper is in place, but {failed} could not be pressed. See broadsheet press check."
        raise fail(msg)
    if not as_json:
        typer.echo("The paper is whole. Start it with: broadsheet run")
