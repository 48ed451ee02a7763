"""What others may ask about the press: what is stale, what failed, why a sheet is as it is. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef

from broadsheet.press.machine import sliced
from broadsheet.press.models import Due, Fact, Failure, Notice, Reading, Run, Sheet
from broadsheet.press.values import FactName, Form, Rank, SheetPath, SheetState

if TYPE_CHECKING:
    from collections.abc import Iterable


class ReadFact(NamedTuple):
    """One reading of a sheet: the digest it read and the one the fact has now (empty: the fact is unknown)."""

    fact: FactName
    read: str
    now: str


class Explanation(NamedTuple):
    """Why a sheet is as it is. ``state`` is None when it stands nowhere; ``failure`` is empty when it went well."""

    path: SheetPath
    state: SheetState | None
    readings: tuple[ReadFact, ...]
    due: bool
    failure: str


class Waiting(NamedTuple):
    """What is not pressed yet: notices not taken, sheets still due, runs that died before their end."""

    notices: int
    sheets: int
    open_runs: int


class Failed(NamedTuple):
    """What could not be pressed and why."""

    about: str
    sentence: str


def stale_sheets(*, limit: int | None = None) -> tuple[SheetPath, ...]:
    """Return the sheets that read a fact which has changed since, in order of path. It scans all readings."""
    current = Fact.objects.filter(name=OuterRef("fact"), digest=OuterRef("digest"))
    stale = Reading.objects.filter(~Exists(current)).order_by("sheet").values_list("sheet", flat=True).distinct()
    return tuple(SheetPath(path) for path in stale[:limit])


def failed_sheets() -> tuple[Failed, ...]:
    """Return what could not be pressed: paths of sheets, names of facts and of subjects."""
    return tuple(Failed(*row) for row in Failure.objects.order_by("about").values_list("about", "sentence"))


def waiting() -> Waiting:
    """Return how much is not pressed yet."""
    return Waiting(
        notices=Notice.objects.count(),
        sheets=Due.objects.count(),
        open_runs=Run.objects.filter(state=Run.State.OPEN).count(),
    )


def forms_at(paths: Iterable[SheetPath]) -> dict[SheetPath, Form]:
    """Return what stands at those of the paths where anything does, as last pressed; a query for each few hundred."""
    found: dict[SheetPath, Form] = {}
    for part in sliced(dict.fromkeys(paths)):
        rows = Sheet.objects.filter(path__in=part).values_list("path", "form")
        found |= {SheetPath(path): Form(form) for path, form in rows}
    return found


def something_due() -> bool:
    """Return whether a press would find anything to do."""
    return Notice.objects.exists() or Due.objects.exists() or Run.objects.filter(state=Run.State.OPEN).exists()


def explain(path: SheetPath) -> Explanation:
    """Return what the sheet read and how it was last put."""
    row = Sheet.objects.filter(path=path).first()
    readings = dict(Reading.objects.filter(sheet=path).order_by("fact").values_list("fact", "digest"))
    now = dict(Fact.objects.filter(name__in=readings).values_list("name", "digest"))
    return Explanation(
        path=path,
        state=SheetState(path=path, form=Form(row.form), digest=row.digest, run=row.run, rank=Rank(row.rank))
        if row
        else None,
        readings=tuple(ReadFact(FactName(fact), digest, now.get(fact, "")) for fact, digest in readings.items()),
        due=Due.objects.filter(path=path).exists(),
        failure=Failure.objects.filter(about=path).values_list("sentence", flat=True).first() or "",
    )
