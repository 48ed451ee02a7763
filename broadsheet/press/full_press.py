"""Pressing everything: for a new or damaged folder, after an upgrade, and to heal whatever went wrong.

It only marks; the ordinary runs then do the work, so a full press and the daily one cannot drift apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.press.guarding import no_untracked_reads
from broadsheet.press.kernel import Facts, GatheredSheet, Stage, gather_sheet, stage_of
from broadsheet.press.machine import FATAL, SLICE, Press, one_snapshot, sliced
from broadsheet.press.models import Fact, Failure, Notice, Reading, Sheet
from broadsheet.press.run_log import log_swept, paths_logged_as_standing
from broadsheet.press.runs import take_waiting
from broadsheet.press.taking import keepable
from broadsheet.press.values import FactName, Rank, SheetPath
from broadsheet.press.writing import add_due, store_facts, store_new_facts

if TYPE_CHECKING:
    from collections.abc import Iterator


def mark_everything(press: Press) -> int:
    """Make every sheet due, make every stored fact true, and forget what stands in the folder; return how many are due.

    All in a snapshot in which no notice waits: facts computed beside an untaken notice would already show its change,
    and when the notice is taken nobody could tell which lists the subject was in before.
    """
    while True:
        with one_snapshot(press) as alias:
            if not Notice.objects.using(alias).exists():
                return _mark(press, alias)
        take_waiting(press)


def sweep(press: Press) -> tuple[SheetPath, ...]:
    """Remove what the full press just done did not ask for: old assets, and files the press never knew.

    Nothing is removed while a sheet failed: its old file may still need them.
    """
    if Failure.objects.exists():
        return ()
    # Every asset a sheet asked for has got its digest back.
    unasked = [
        SheetPath(path) for path in Sheet.objects.filter(rank=Rank.ASSET, digest="").values_list("path", flat=True)
    ]
    strays = [path for part in sliced(press.store.walk()) for path in _unknown(part)]
    # Removed by a run that died before it could say so, and whose plan is lost.
    vanished = [
        path for part in sliced(paths_logged_as_standing()) for path in _unknown(part) if press.store.read(path) is None
    ]
    untold = (*strays, *vanished)
    if untold:
        with one_snapshot(press) as alias:
            mark = press.composer.mark(press.composer.open_reader(alias))
        log_swept(untold, mark=mark, now=press.clock())
    for path in (*unasked, *strays):
        press.store.remove(path)
    if untold:
        press.store.tell(untold)
    for part in sliced(unasked):
        Sheet.objects.filter(path__in=part).delete()
    return (*unasked, *strays)


def _mark(press: Press, alias: str) -> int:
    """Do it, in an order that may break off anywhere: facts are mended only once every sheet is due."""
    reader = press.composer.open_reader(alias)
    paths = {*press.composer.every_sheet(reader), *_ever_pressed(alias)}
    for part in sliced(sorted(paths)):
        facts = Facts(composer=press.composer, reader=reader, fatal=FATAL)  # a new one, so that memory stays small
        with no_untracked_reads() as guard:
            facts.allow_reads = guard.tracked
            sheets = [gather_sheet(composer=press.composer, path=path, facts=facts) for path in part]
        add_due({sheet.path: _true_stage(sheet) for sheet in sheets})
        store_new_facts(press, {name for sheet in sheets for name in sheet.readings}, facts)
    for stored in _stored_facts(alias):
        _mend(press, stored, Facts(composer=press.composer, reader=reader, fatal=FATAL))
    Sheet.objects.update(digest="")
    Failure.objects.all().delete()
    return len(paths)


def _true_stage(sheet: GatheredSheet) -> Stage:
    return Stage.STORIES if sheet.failure else stage_of(sheet.gathered.rank if sheet.gathered else None)


def _ever_pressed(alias: str) -> Iterator[SheetPath]:
    """Yield every sheet with a reading or a file; one that is gone has its readings still."""
    readings = Reading.objects.using(alias).values_list("sheet", flat=True).distinct()
    sheets = Sheet.objects.using(alias).exclude(rank=Rank.ASSET).values_list("path", flat=True)
    for path in (*readings, *sheets):
        yield SheetPath(path)


def _stored_facts(alias: str) -> Iterator[dict[FactName, str]]:
    """Yield all stored facts with their digests, some hundred at a time."""
    last = ""
    while rows := list(
        Fact.objects.using(alias).filter(name__gt=last).order_by("name").values_list("name", "digest")[:SLICE]
    ):
        yield {FactName(name): digest for name, digest in rows}
        last = rows[-1][0]


def _mend(press: Press, stored: dict[FactName, str], facts: Facts) -> None:
    true = {name: facts.know(name) for name in stored}
    store_facts(
        {
            name: (known.digest, keepable(press, name, known))
            for name, known in true.items()
            if known.digest != stored[name] and known.error is None
        }
    )


def _unknown(paths: list[SheetPath]) -> list[SheetPath]:
    known = set(Sheet.objects.filter(path__in=paths).values_list("path", flat=True))
    return [path for path in paths if path not in known]
