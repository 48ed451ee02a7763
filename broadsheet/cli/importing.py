"""Bringing an archive in."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import IO, TYPE_CHECKING, Annotated, Final

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from broadsheet.cli.main import fail, start_django
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.wire.reports import ItemReport, Report

# What lies behind Django's settings is imported inside the command: they can be read only once a paper is chosen.
# ruff: noqa: PLC0415


_COLUMNS: Final = (TextColumn("Importing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())


def register(app: typer.Typer) -> None:
    """Add the commands."""
    formats = typer.Typer(name="import", help="Bring an archive in.", no_args_is_help=True)
    formats.callback()(_formats)
    formats.command("ninjs")(import_ninjs)
    app.add_typer(formats)


def _formats() -> None:
    """Bring an archive in. Doing it again takes over only what is new."""


def import_ninjs(
    path: Annotated[Path, typer.Argument(help="One ninjs item, or one item a line.")],
    *,
    pictures: Annotated[Path | None, typer.Option(help="Folder with the files of its pictures.")] = None,
    section: Annotated[str, typer.Option(help="Key of the section for items that name no subject.")] = "",
    report: Annotated[
        Path | None, typer.Option(help="Write what became of each item here, one JSON object a line.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the same on standard output.")] = False,
) -> None:
    """Import stories from ninjs. Status 1 when any was refused."""
    if not path.is_file():
        msg = f"There is no file {path}."
        raise fail(msg, 2)
    if pictures is not None and not pictures.is_dir():
        msg = f"There is no folder {pictures}."
        raise fail(msg, 2)
    start_django()
    from django.conf import settings
    from django.core.exceptions import ValidationError

    from broadsheet.cli.running import prepare_paper
    from broadsheet.desk.validators import check_section_key
    from broadsheet.wire.actions import import_items
    from broadsheet.wire.dispatches import read_dispatches
    from broadsheet.wire.reports import Report

    try:
        check_section_key(section or "news")
    except ValidationError as error:
        msg = f"--section {section}: {' '.join(error.messages)}"
        raise fail(msg, 2) from error
    prepare_paper()
    now = utc_now()
    became = import_items(
        items=read_dispatches(path=path, received_at=now),
        configuration=settings.CONFIGURATION,
        pictures_dir=pictures,
        default_section=section,
        now=now,
    )
    counts = Report()
    progress = Progress(*_COLUMNS, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    with _open(report) as file, progress:
        for item in progress.track(became, total=_lines(path)):
            counts.add(item)
            _write(item, file=file, as_json=as_json)
    if not as_json:
        _print_counts(counts)
    if counts.refused:
        raise typer.Exit(1)


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) + 1


@contextlib.contextmanager
def _open(path: Path | None) -> Iterator[IO[bytes] | None]:
    if path is None:
        yield None
        return
    try:
        file = path.open("wb")
    except OSError as error:
        msg = f"The report cannot be written to {path}: {error.strerror}."
        raise fail(msg, 2) from error
    with file:
        yield file


def _write(item: ItemReport, *, file: IO[bytes] | None, as_json: bool) -> None:
    line = msgspec.json.encode(item)
    if file is not None:
        file.write(line + b"\n")
    if as_json:
        typer.echo(line.decode())


def _print_counts(report: Report) -> None:
    for item in report.refused:
        typer.echo(f"Refused: {item.uri or f'line {item.line}'}: {item.sentence}", err=True)
    parts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(report.outcomes.items()))
    typer.echo(f"{report.total} items: {parts}.")
    for kind, number in report.notes.most_common():
        typer.echo(f"  {number:>6} x {kind}")
