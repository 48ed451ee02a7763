"""The run log: what each run put and removed, from which state of the record, so that a page as it was can be proved.

Putting an asset has no line: its name carries a digest, and the page that shows it names it. Taking one away has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Max, Min

from broadsheet.press.append_only import Guarded
from broadsheet.press.models import Run, RunLogLine
from broadsheet.press.values import Form, Rank, RecordMark, SheetPath, What

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from broadsheet.press.kernel import Step

GUARDED: Final = Guarded(tables=("press_runlogline",), app="press", migration="0003_run_log_guards")
_WHAT: Final = {
    None: What.REMOVED,
    Form.GONE: What.GONE,
    Form.MOVED: What.MOVED,
    Form.PAGE: What.PUT,
    Form.FILE: What.PUT,
}
_ROWS: Final = 2000


class LogLine(NamedTuple):
    """One line of the run log, as it is exported. Units: ``digest`` and ``renderer`` are SHA-256 in hex, or empty."""

    path: str
    what: str
    digest: str
    renderer: str
    record_number: int
    record_digest: str
    run: int
    at: datetime


class Noted(NamedTuple):
    """A state of the record that some run noted, and the first run that did."""

    mark: RecordMark
    run: int
    at: datetime


def log_steps(steps: Iterable[Step], *, run: int, mark: RecordMark, now: datetime) -> None:
    """Append a line for each sheet that was put or removed. Call it in the transaction that closes the run."""
    RunLogLine.objects.bulk_create(
        [
            RunLogLine(
                path=step.path,
                what=_WHAT[step.form],
                digest=step.digest,
                renderer=step.renderer,
                record_number=mark.number,
                record_digest=mark.digest,
                run=run,
                at=now,
            )
            for step in steps
            if step.rank is not Rank.ASSET
        ]
    )


def log_swept(paths: Iterable[SheetPath], *, mark: RecordMark, now: datetime) -> None:
    """Append a removal for each file the press did not know and sweeps away, under the number of the last run."""
    last = Run.objects.order_by("-number").values_list("number", flat=True).first() or 0
    RunLogLine.objects.bulk_create(
        [
            RunLogLine(
                path=path,
                what=What.REMOVED,
                record_number=mark.number,
                record_digest=mark.digest,
                run=last,
                at=now,
            )
            for path in paths
        ]
    )


def paths_logged_as_standing() -> Iterator[SheetPath]:
    """Yield every path whose last line does not say that it was removed. Reads the whole log."""
    last = RunLogLine.objects.values("path").annotate(line=Max("id")).values("line")
    standing = RunLogLine.objects.filter(id__in=last).exclude(what=What.REMOVED).order_by("id")
    return map(SheetPath, standing.values_list("path", flat=True).iterator(chunk_size=_ROWS))


def log_lines(*, alias: str) -> Iterator[LogLine]:
    """Yield the whole log in the order it was written; call it in a transaction, memory stays small."""
    rows = RunLogLine.objects.using(alias).order_by("id").values_list(*LogLine._fields)
    return map(LogLine._make, rows.iterator(chunk_size=_ROWS))


def noted_marks(*, alias: str) -> Iterator[Noted]:
    """Yield each state of the record that runs noted, once, in order of its number; as ``log_lines``."""
    marks = RunLogLine.objects.using(alias).values("record_number", "record_digest")
    rows = marks.annotate(first_run=Min("run"), first_at=Min("at")).order_by("record_number", "record_digest")
    for row in rows.iterator(chunk_size=_ROWS):
        mark = RecordMark(row["record_number"], row["record_digest"])
        yield Noted(mark, row["first_run"], row["first_at"])
