"""Puts the commands together. Each ``cli/<subject>.py`` has ``register(app)``."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Final

import typer

from broadsheet.plain.errors import PlainError

_SUBJECTS: Final = ("paper", "press", "scheduler", "ledger", "importing", "keeping", "pictures", "bench")


def paper_folder() -> Path:
    """Return the folder of the paper that is chosen."""
    return Path(os.environ.get("BROADSHEET_PAPER", "."))


def start_django() -> None:
    """Set Django up for the paper in this folder. Every command that needs the database calls it first."""
    read_environment_file(paper_folder() / ".env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings.dev")
    import django  # noqa: PLC0415 - reading the settings must wait until a command needs them

    django.setup()


def read_environment_file(path: Path) -> None:
    """Put the KEY=value lines of the paper's ``.env`` into the environment, where they are not set already."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        key, equals, value = line.strip().partition("=")
        if equals and not key.startswith("#"):
            os.environ.setdefault(key.strip(), value.strip())


def fail(sentence: str, status: int = 1) -> typer.Exit:
    """Print the sentence on stderr; return the exception that ends the command, for ``raise``."""
    typer.echo(sentence, err=True)
    return typer.Exit(status)


def build_app() -> typer.Typer:
    """Return the whole command."""
    app = typer.Typer(name="broadsheet", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    for subject in _SUBJECTS:
        importlib.import_module(f"broadsheet.cli.{subject}").register(app)
    return app


def main() -> None:
    """Run the command line; an expected error is one sentence on stderr and status 2."""
    try:
        build_app()()
    except PlainError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
