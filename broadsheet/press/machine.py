"""What a press works with, and the snapshot it reads in."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from django.db import Error, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from broadsheet.press.composing import Composer
    from broadsheet.press.stores import Store
    from broadsheet.press.values import SheetPath

_Item = TypeVar("_Item")

#: The database spoke, not the sheet: such an error ends the run, and the run is tried again as a whole.
FATAL: Final = (Error,)
#: Rows named in one query; SQLite takes 999 parameters at least.
SLICE: Final = 500


@dataclass(frozen=True, kw_only=True)
class Press:
    """One paper's press.

    ``snapshot`` is the database alias whose transactions see one unchanging state while others write; a test that
    works inside a transaction passes ``default``. ``clock`` gives the present moment in UTC.
    """

    composer: Composer
    store: Store
    data_dir: Path
    clock: Callable[[], datetime]
    snapshot: str = "snapshot"


class RunReport(NamedTuple):
    """What one run did. ``failed`` names the sheets that kept their old file; ``number`` is the run's."""

    number: int
    notices: int
    put: tuple[SheetPath, ...]
    removed: tuple[SheetPath, ...]
    unchanged: int
    failed: tuple[SheetPath, ...]

    def sentence(self) -> str:
        """Return the report as one line for a log."""
        return (
            f"Run {self.number}: {self.notices} notices, {len(self.put)} put, {len(self.removed)} removed, "
            f"{self.unchanged} unchanged, {len(self.failed)} failed."
        )


@contextmanager
def one_snapshot(press: Press) -> Iterator[str]:
    """Open a read transaction on the snapshot connection and give its alias. Nothing may write in it.

    On SQLite it is deferred: one that turned writer after another commit would fail at once, whatever the timeout.
    """
    with transaction.atomic(using=press.snapshot):
        yield press.snapshot


def sliced(items: Iterable[_Item], size: int = SLICE) -> Iterator[list[_Item]]:
    """Yield the items in lists of at most ``size``."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
