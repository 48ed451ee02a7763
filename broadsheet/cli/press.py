"""``broadsheet press``: press what is due, press everything, prove that nothing is stale, say why a sheet is as it is."""

from __future__ import annotations

from typing import Annotated, Protocol

import typer

from broadsheet.cli.main import fail, start_django
from broadsheet.press.errors import PressError
from broadsheet.press.sheet_paths import clean_segments
from broadsheet.press.values import SheetPath

# What reads tables is imported inside the commands: Django's settings can be read only once a paper is chosen.

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]


class TellRuns(Protocol):
    """Presses, tells of each run, and returns how much failed."""

    def __call__(self, *, as_json: bool) -> int:
        """Return how much is listed as failed."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    press = typer.Typer(help="Turn what was released into finished files.", invoke_without_command=True)
    press.callback()(press_what_is_due)
    press.command("all")(press_everything)
    press.command("check")(check_sheets)
    press.command("explain")(explain_sheet)
    press.command("watch")(watch)
    app.add_typer(press, name="press")


def press_what_is_due(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Press what is due, and try again what failed. Exit status 1 when a sheet could not be pressed."""
    if context.invoked_subcommand is not None:
        return
    start_django()
    from broadsheet.cli.press_telling import tell_due  # noqa: PLC0415 - once the paper is chosen

    _judge(tell_due, as_json=as_json)


def press_everything(*, as_json: AsJson = False) -> None:
    """Press every sheet there is and remove what should not be there. Exit status 1 when a sheet could not be."""
    start_django()
    from broadsheet.cli.press_telling import tell_all  # noqa: PLC0415 - once the paper is chosen

    _judge(tell_all, as_json=as_json)


def check_sheets(
    *,
    deep: Annotated[
        bool, typer.Option("--deep", help="Compose every sheet again and compare with the folder, byte by byte.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Name every sheet that is stale, failed or not pressed yet. Exit status 0 when there is none, else 1."""
    start_django()
    from broadsheet.cli.press_telling import tell_check  # noqa: PLC0415 - once the paper is chosen

    try:
        findings = tell_check(deep=deep, as_json=as_json)
    except PressError as error:
        raise fail(str(error)) from error
    if findings:
        sentence = f"The site is not what it should be: {findings} found. Run broadsheet press, or press all."
        raise fail(sentence)


def explain_sheet(
    *,
    path: Annotated[str, typer.Argument(help="The published address, e.g. /en/politics/.")],
    as_json: AsJson = False,
) -> None:
    """Show which facts the sheet at this path read, and which of them have changed since."""
    try:
        clean_segments(path)
    except PressError as error:
        raise fail(str(error), 2) from error
    start_django()
    from broadsheet.cli.press_telling import tell_explanation  # noqa: PLC0415 - once the paper is chosen

    if not tell_explanation(path=SheetPath(path), as_json=as_json):
        sentence = f"The press knows nothing of {path}."
        raise fail(sentence)


def watch() -> None:
    """Press whatever becomes due, until told to stop (SIGTERM or Ctrl-C). One log line a run."""
    start_django()
    from broadsheet.cli.press_telling import watch_and_log  # noqa: PLC0415 - once the paper is chosen

    try:
        watch_and_log()
    except PressError as error:
        raise fail(str(error)) from error


def _judge(tell: TellRuns, *, as_json: bool) -> None:
    try:
        failed = tell(as_json=as_json)
    except PressError as error:
        raise fail(str(error)) from error
    if failed:
        sentence = f"{failed} could not be pressed. See broadsheet press check."
        raise fail(sentence)
