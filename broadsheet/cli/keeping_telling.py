"""Says how far a backup or a restore is, and what it was of: words for people, JSON lines for machines."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.keeping.actions import Made, Told
    from broadsheet.keeping.values import Head


@contextmanager
def shown_progress() -> Iterator[Told]:
    """Give what shows progress on a terminal, on standard error; where there is none, nothing is shown."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=None)

        def told(step: str, done: int, total: int) -> None:
            progress.update(bar, description=step, completed=done, total=total or None)

        yield told


def tell_made(made: Made, *, as_json: bool) -> None:
    """Print where the backup is, what it holds, and what it does not."""
    head = made.head
    if as_json:
        typer.echo(msgspec.json.encode({"file": str(made.file), "size": made.size, **_about(head)}))
        return
    typer.echo(f"{head.paper} is in {made.file}: {len(head.files)} files, {made.size / 1_000_000:.1f} MB.")
    typer.echo(f"Its ledger ends with release {head.ledger.number}, digest {head.ledger.digest}.")
    typer.echo("Not in it: .env with the secrets; and pages and sizes of pictures, which a restore makes again.")


def tell_in_place(head: Head, folder: Path, *, has_new_secret: bool, as_json: bool) -> None:
    """Print what was put in place."""
    if as_json:
        typer.echo(msgspec.json.encode({"restored": str(folder), "new_secret": has_new_secret, **_about(head)}))
        return
    typer.echo(f"{head.paper} as of {head.made_at:%Y-%m-%d %H:%M} UTC is in {folder}: {len(head.files)} files.")
    if has_new_secret:
        typer.echo(".env is new: everybody logs in anew. Add what else stood in the old one.")


def _about(head: Head) -> dict[str, object]:
    """Return what the head says, with the number of files in place of their list."""
    told = msgspec.to_builtins(head) | {"files": len(head.files)}
    return {name: value for name, value in told.items() if name not in {"format", "database_size"}}
