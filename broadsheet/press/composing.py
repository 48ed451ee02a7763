# ruff: noqa: ANN401 - facts and readers are the composer's own; the press passes them on unseen

"""The seam between the press and whoever knows what the pages are: the edition registers a Composer.

The press calls it and understands nothing of what it says; the composer never writes a file or a press table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from broadsheet.press.errors import ComposerMissing
from broadsheet.press.values import FactName, Gathered, RecordMark, SheetPath, Subject

#: Reads one fact and records the reading. The value is what ``Composer.compute`` returned: a frozen Struct, a tuple,
#: a string, a number, or None where the fact does not exist.
ReadFact = Callable[[FactName], Any]


class Composer(Protocol):
    """Says which facts exist and what each sheet reads. Pure: the same reader gives the same answers."""

    def touched(self, subject: Subject, *, stored: Callable[[FactName], Any], reader: Any) -> frozenset[FactName]:
        """Return every fact a change of this subject may have changed.

        ``stored`` gives the value the fact had when last pressed (kept ones only, else None): the place *before*.
        """

    def compute(self, name: FactName, reader: Any) -> Any:
        """Return the fact's value now, or None where it does not exist. May query through the reader only."""

    def keeps_value(self, name: FactName) -> bool:
        """Return whether the press must store the value (places and lists) and not only its digest."""

    def decode(self, name: FactName, data: bytes) -> Any:
        """Return a stored value (JSON by msgspec) as the type ``compute`` gives."""

    def is_moving(self, name: FactName) -> bool:
        """Return whether the fact is a moving list; a sheet of rank STORY may not read one."""

    def owned(self, name: FactName, *, before: Any, after: Any) -> Iterable[SheetPath]:
        """Return the sheets that are born or gone with this fact."""

    def gather(self, path: SheetPath, read: ReadFact) -> Gathered | None:
        """Return what the sheet shows, or None where no such sheet exists (any more). Reads facts only."""

    def render(self, gathered: Gathered) -> bytes:
        """Return the sheet's bytes. No database: the press refuses any query meanwhile."""

    def renderer(self, gathered: Gathered) -> str:
        """Return a digest of all that turned the values into bytes (product, template, words): for the run log."""

    def asset(self, path: SheetPath) -> bytes:
        """Return the bytes of an asset some sheet asked for. Its name carries its digest, so it never changes."""

    def every_sheet(self, reader: Any) -> Iterable[SheetPath]:
        """Yield every sheet that exists now, each once, in any order; tombstones too."""

    def mark(self, reader: Any) -> RecordMark:
        """Return how far the record had come that the reader reads. Asked once a run, for the run log."""

    def open_reader(self, alias: str) -> Any:
        """Return a reader over the database connection of that name."""


_registered: list[Composer] = []


def register_composer(composer: Composer) -> None:
    """Make this the paper's composer. Called once, from the edition's ``AppConfig.ready``."""
    _registered[:] = [composer]


def the_composer() -> Composer:
    """Return the registered composer. Raises: ComposerMissing."""
    if not _registered:
        raise ComposerMissing
    return _registered[0]
