"""Pressing everything: for a new or damaged folder, after an upgrade, and to heal whatever went wrong.

It only marks; the ordinary runs then do the work, so a full press and the daily one cannot drift apart.
"""

from __future__ import annotations

from broadsheet.press.kernel import Facts, Stage, stage_of
from broadsheet.press.machine import FATAL, Press, one_snapshot, sliced
from broadsheet.press.models import Fact, Failure, Reading, Sheet
from broadsheet.press.taking import ChangedFact, keepable
from broadsheet.press.values import FactName, Rank, SheetPath
from broadsheet.press.writing import add_due, store_facts


def mark_everything(press: Press) -> int:
    """Make every sheet due, mend every stored fact, and forget what stands in the folder; return how many are due.

    The order matters when it dies in the middle: once all sheets are due, no other row is needed to find them.
    """
    with one_snapshot(press) as alias:
        reader = press.composer.open_reader(alias)
        stages = dict.fromkeys(press.composer.every_sheet(reader), Stage.STORIES)
        stages.update((SheetPath(path), Stage.STORIES) for path in _ever_read(alias))
        for path, rank in Sheet.objects.using(alias).exclude(rank=Rank.ASSET).values_list("path", "rank").iterator():
            stages[SheetPath(path)] = stage_of(Rank(rank))
        drifted = _drifted_facts(press, alias, reader)
    for part in sliced(stages.items()):
        add_due(dict(part))
    for names in sliced(drifted):
        store_facts({name: drifted[name] for name in names})
    Sheet.objects.update(digest="")
    Failure.objects.all().delete()
    return len(stages)


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
    for path in (*unasked, *strays):
        press.store.remove(path)
    for part in sliced(unasked):
        Sheet.objects.filter(path__in=part).delete()
    return (*unasked, *strays)


def _ever_read(alias: str) -> set[str]:
    return set(Reading.objects.using(alias).values_list("sheet", flat=True).distinct().iterator())


def _unknown(paths: list[SheetPath]) -> list[SheetPath]:
    known = set(Sheet.objects.filter(path__in=paths).values_list("path", flat=True))
    return [path for path in paths if path not in known]


def _drifted_facts(press: Press, alias: str, reader: object) -> dict[FactName, ChangedFact]:
    drifted = {}
    rows = Fact.objects.using(alias).values_list("name", "digest").iterator()
    for part in sliced(rows):
        facts = Facts(composer=press.composer, reader=reader, fatal=FATAL)  # a new one, so that memory stays small
        for name, digest in part:
            known = facts.know(FactName(name))
            if known.digest != digest and known.error is None:
                drifted[FactName(name)] = ChangedFact(known.digest, keepable(press, FactName(name), known))
    return drifted
