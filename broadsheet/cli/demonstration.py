"""The demo: a paper in a folder, prepared on the first start and kept. Import it only once Django is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import typer
from django.conf import settings

from broadsheet.demo.indexing import write_indexes
from broadsheet.demo.loading import load_demo
from broadsheet.demo.values import read_newsroom
from broadsheet.plain.times import utc_now
from broadsheet.press.actions import press_due, the_press

if TYPE_CHECKING:
    from broadsheet.demo.values import Person

#: Left in the data folder when all stories are in. Without it the next start goes on where this one broke off; with it
#: whatever people did to the demo's stories stays done.
LOADED_MARK: Final = "demo-loaded"


def fill_paper() -> tuple[str, ...]:
    """Bring the demo's stories in on the first start and press what is due; return the log-ins as lines to print."""
    mark = settings.DATA_DIR / LOADED_MARK
    if not mark.exists():
        typer.echo("Writing the demo paper. This happens once and takes a minute.", err=True)
        load_demo(configuration=settings.CONFIGURATION, now=utc_now())
        write_indexes()
        mark.touch()
    # So that the first page asked for is there: the press of the running paper would need some seconds more.
    press_due(press=the_press())
    return ("Log-ins:", *(_line(person) for person in read_newsroom().people))


def _line(person: Person) -> str:
    return f"  {person.role + ':':<14} {person.login} / {person.password}"
