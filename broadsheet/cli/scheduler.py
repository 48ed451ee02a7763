"""``broadsheet scheduler``: what was appointed goes out and comes off at its second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.cli.main import start_django
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    import typer

# What lies behind Django's settings is imported inside the command: they can be read only once a paper is chosen.


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("scheduler")(scheduler)


def scheduler() -> None:
    """Do what is due by the clock, until told to stop (SIGTERM or Ctrl-C). After a pause it catches up."""
    start_django()
    from broadsheet.desk.scheduler import run_scheduler  # noqa: PLC0415 - once the paper is chosen
    from broadsheet.press.actions import stop_on_signals  # noqa: PLC0415 - once the paper is chosen

    with stop_on_signals() as stop:
        run_scheduler(clock=utc_now, stop=stop)
