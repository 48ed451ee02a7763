"""``broadsheet pictures``: what becomes of pictures by the clock."""

from __future__ import annotations

import typer

from broadsheet.cli.main import start_django
from broadsheet.plain.times import utc_now

# What lies behind Django's settings is imported inside the command: they can be read only once a paper is chosen.


def register(app: typer.Typer) -> None:
    """Add the commands."""
    pictures = typer.Typer(name="pictures", help="Pictures and the rights to show them.", no_args_is_help=True)
    pictures.callback()(_pictures)
    pictures.command("expire")(expire_pictures)
    app.add_typer(pictures)


def _pictures() -> None:
    """Pictures and the rights to show them."""


def expire_pictures() -> None:
    """Withdraw every released picture whose rights have ended, and say which."""
    start_django()
    from broadsheet.desk.actions import withdraw_expired_pictures  # noqa: PLC0415 - once the paper is chosen

    records = withdraw_expired_pictures(now=utc_now())
    for record in records:
        typer.echo(f"{record.number:>9}  withdrawn  {record.subject}")
    if not records:
        typer.echo("No released picture has rights that ended.")
