"""Which of the waiting sheets this run presses, gathered in the snapshot of the run. Only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from broadsheet.press.guarding import no_untracked_reads
from broadsheet.press.kernel import (
    SHEETS_PER_RUN,
    Candidate,
    Facts,
    GatheredSheet,
    Stage,
    fits,
    gather_sheet,
    may_go,
    stage_of,
)
from broadsheet.press.machine import Press, sliced
from broadsheet.press.models import Due, Sheet
from broadsheet.press.values import Form, Rank, SheetPath, SheetState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.press.taking import Taken


class Chosen(NamedTuple):
    """The sheets of this run, and those that were gathered but must let others go first, with their true stage.

    ``known`` has the state of every sheet and asset of the run that was ever put.
    """

    sheets: tuple[GatheredSheet, ...]
    put_off: dict[SheetPath, Stage]
    known: dict[SheetPath, SheetState]
    fresh_stages: dict[SheetPath, Stage]


def choose_sheets(press: Press, *, alias: str, facts: Facts, taken: Taken) -> Chosen:
    """Return what this run presses: stories before lists before removals, over the whole of what waits."""
    if taken.backlog:
        return choose_nothing(press, alias=alias, facts=facts, taken=taken)
    stages = _last_stages(alias, taken.fresh)
    candidates = _candidates(alias, taken, stages)
    with no_untracked_reads() as guard:
        facts.allow_reads = guard.tracked
        gathered = [
            gather_sheet(composer=press.composer, path=candidate.path, facts=facts)
            for candidate in candidates[:SHEETS_PER_RUN]
        ]
    assets = {asset for sheet in gathered if sheet.gathered for asset in sheet.gathered.assets}
    known = sheet_states(alias, {*assets, *(sheet.path for sheet in gathered)})
    count = fits(gathered, standing={path for path, state in known.items() if state.digest})
    waiting = candidates[count].stage if count < len(candidates) else None
    ready = tuple(sheet for sheet in gathered[:count] if may_go(sheet, waiting=waiting))
    put_off = {
        sheet.path: stage_of(sheet.gathered.rank if sheet.gathered else None)
        for sheet in gathered[:count]
        if not may_go(sheet, waiting=waiting)
    }
    return Chosen(ready, put_off, known, stages)


def choose_nothing(press: Press, *, alias: str, facts: Facts, taken: Taken) -> Chosen:  # noqa: ARG001 - chosen like choose_sheets
    """Press no sheet: the notices are taken and the sheets they touch wait."""
    return Chosen((), {}, {}, _last_stages(alias, taken.fresh))


def sheet_states(alias: str, paths: Iterable[SheetPath]) -> dict[SheetPath, SheetState]:
    """Return the state of each of these sheets that was ever put."""
    states = {}
    for part in sliced(sorted(paths)):
        rows = Sheet.objects.using(alias).filter(path__in=part).values_list("path", "form", "digest", "run", "rank")
        for text, form, digest, run, rank in rows:
            path = SheetPath(text)
            states[path] = SheetState(path=path, form=Form(form), digest=digest, run=run, rank=Rank(rank))
    return states


def _last_stages(alias: str, paths: Iterable[SheetPath]) -> dict[SheetPath, Stage]:
    """Return the stage each sheet had when last put; one never put is taken for a story, which goes first."""
    stages = dict.fromkeys(paths, Stage.STORIES)
    for part in sliced(stages):
        for path, rank in Sheet.objects.using(alias).filter(path__in=part).values_list("path", "rank"):
            stages[SheetPath(path)] = stage_of(Rank(rank))
    return stages


def _candidates(alias: str, taken: Taken, stages: dict[SheetPath, Stage]) -> list[Candidate]:
    """Return what waits, in order. One more than a run takes is enough to know whether a run takes it all."""
    due = Due.objects.using(alias).order_by("stage", "path").values_list("stage", "path")[: SHEETS_PER_RUN + 1]
    rows = {SheetPath(path): Candidate(Stage(stage), True, SheetPath(path)) for stage, path in due}  # noqa: FBT003
    rows.update({path: Candidate(stages[path], not owned, path) for path, owned in taken.fresh.items()})
    return sorted(rows.values())
