"""The two write transactions of a run: the plan, before the first file is touched, and the close, after the last.

Between them only the open plan knows what the files look like, so ``give_up_dead_runs`` makes its sheets due again
and forgets their digests: the next run writes them whatever the digests say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from django.db import transaction
from django.db.models import Max

from broadsheet.press.errors import AnotherPressRuns
from broadsheet.press.kernel import Facts, GatheredSheet, Stage, Step, stage_of
from broadsheet.press.machine import Press, sliced
from broadsheet.press.models import Due, Fact, Failure, Notice, Reading, Run, Sheet
from broadsheet.press.run_log import log_steps
from broadsheet.press.taking import Taken, describe, keepable
from broadsheet.press.values import FactName, Rank, RecordMark, SheetPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.press.choosing import Chosen

#: Due sheets written inside the plan's own transaction; more go before it, so that the write lock stays short.
_DUE_IN_PLAN: Final = 1000


def give_up_dead_runs() -> None:
    """Make every sheet of a plan that was never closed due again, whatever its digests say."""
    if not Run.objects.filter(state=Run.State.OPEN).exists():
        return
    with transaction.atomic():
        for run in Run.objects.filter(state=Run.State.OPEN):
            steps = plan_of(run)
            begun = [
                Sheet(path=step.path, form=step.form, rank=step.rank, digest="", run=run.number)
                for step in steps
                if step.form is not None and step.rank is not None
            ]
            Sheet.objects.bulk_create(begun, ignore_conflicts=True)
            _forget([step.path for step in steps])
            # One that was being removed may have come back since, so it too is looked at first.
            add_due(
                {
                    step.path: Stage.STORIES if step.rank is None else stage_of(step.rank)
                    for step in steps
                    if step.rank is not Rank.ASSET
                }
            )
        Run.objects.filter(state=Run.State.OPEN).update(state=Run.State.ABANDONED)


def plan_of(run: Run) -> list[Step]:
    """Return the steps of a run in order."""
    return msgspec.json.decode(run.plan, type=list[Step])


def commit_plan(press: Press, *, taken: Taken, chosen: Chosen, steps: tuple[Step, ...], facts: Facts) -> int:
    """Write down what the notices came to and what this run is going to do; return the run's number.

    From here on the sheets wait in ``Due``, so the notices can go, each by its own number: one that was committed
    meanwhile has another.
    """
    early, late = _split(list(taken.fresh))
    # Harmless if the run dies before its plan: a sheet is pressed that need not be.
    for part in sliced(early, _DUE_IN_PLAN):
        with transaction.atomic():
            add_due({path: chosen.fresh_stages[path] for path in part})
    with transaction.atomic():
        number = (Run.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        Run.objects.create(number=number, plan=msgspec.json.encode(steps).decode(), opened_at=press.clock())
        add_due({path: chosen.fresh_stages[path] for path in late})
        for path, stage in chosen.put_off.items():
            Due.objects.filter(path=path).update(stage=stage)
        store_facts({name: (fact.digest, fact.data) for name, fact in taken.changed.items()})
        # Now and not when the run is closed: a picture's files may be put and the run die, and who takes the notice that
        # the picture is gone must find which files it had.
        store_new_facts(press, {name for sheet in chosen.sheets for name in sheet.readings}, facts)
        for ids in sliced(taken.notices):
            Notice.objects.filter(id__in=ids).delete()
        _list_failures(press, failed=taken.failures, cured=taken.settled)
    return number


def close_run(
    press: Press,
    *,
    number: int,
    steps: Iterable[Step],
    sheets: tuple[GatheredSheet, ...],
    failures: dict[SheetPath, Exception],
    mark: RecordMark,
) -> None:
    """Record what was read and put. Raises: AnotherPressRuns when a later press gave this run up."""
    now = press.clock()
    with transaction.atomic():
        open_run = Run.objects.filter(number=number, state=Run.State.OPEN)
        if not open_run.update(state=Run.State.CLOSED, closed_at=now):
            raise AnotherPressRuns
        _store_readings(sheets, failures)
        _store_sheets(number, steps, failures)
        log_steps([step for step in steps if step.path not in failures], run=number, mark=mark, now=now)
        done = [sheet.path for sheet in sheets]
        for part in sliced(done):
            Due.objects.filter(path__in=part).delete()
        _list_failures(
            press,
            failed={path: describe(error) for path, error in failures.items()},
            cured=frozenset(done) - failures.keys(),
        )


def add_due(stages: Mapping[SheetPath, Stage]) -> None:
    """Make the sheets wait to be pressed, at the stage last heard of."""
    Due.objects.bulk_create(
        [Due(path=path, stage=stage) for path, stage in stages.items()],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["stage"],
    )


def retry_failed() -> int:
    """Make the sheets that failed due again, as after their template was mended; return how many."""
    paths = [SheetPath(about) for about in Failure.objects.values_list("about", flat=True) if about.startswith("/")]
    add_due(dict.fromkeys(paths, Stage.STORIES))
    return len(paths)


def store_facts(facts: dict[FactName, tuple[str, bytes | None]]) -> None:
    """Store digests, and values where they are kept, over what was there."""
    Fact.objects.bulk_create(
        [Fact(name=name, digest=digest, value=data) for name, (digest, data) in facts.items()],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["digest", "value"],
    )


def store_new_facts(press: Press, names: set[FactName], facts: Facts) -> None:
    """Store the facts read for the first time.

    One already stored stays as it is: only its notice may change it, or the place it had before would be lost.
    """
    Fact.objects.bulk_create(
        [
            Fact(name=name, digest=facts.know(name).digest, value=keepable(press, name, facts.know(name)))
            for name in sorted(names)
        ],
        ignore_conflicts=True,
    )


def _store_readings(sheets: tuple[GatheredSheet, ...], failures: dict[SheetPath, Exception]) -> None:
    # A failed sheet keeps its old readings and gets its new ones, so that mending the cause presses it again.
    whole = [sheet.path for sheet in sheets if sheet.path not in failures]
    for part in sliced(whole):
        Reading.objects.filter(sheet__in=part).delete()
    Reading.objects.bulk_create(
        [
            Reading(sheet=sheet.path, fact=fact, digest=digest)
            for sheet in sheets
            for fact, digest in sheet.readings.items()
        ],
        update_conflicts=True,
        unique_fields=["sheet", "fact"],
        update_fields=["digest"],
    )


def _store_sheets(number: int, steps: Iterable[Step], failures: dict[SheetPath, Exception]) -> None:
    done = [step for step in steps if step.path not in failures]
    Sheet.objects.bulk_create(
        [
            Sheet(path=step.path, form=step.form, rank=step.rank, digest=step.digest, run=number)
            for step in done
            if step.form is not None and step.rank is not None
        ],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["form", "rank", "digest", "run"],
    )
    for part in sliced([step.path for step in done if step.form is None]):
        Sheet.objects.filter(path__in=part).delete()
    _forget([step.path for step in steps if step.path in failures])


def _forget(paths: list[SheetPath]) -> None:
    for part in sliced(paths):
        Sheet.objects.filter(path__in=part).update(digest="")


def _list_failures(press: Press, *, failed: dict[str, str] | dict[SheetPath, str], cured: frozenset[str]) -> None:
    for part in sliced(sorted(cured)):
        Failure.objects.filter(about__in=part).delete()
    now = press.clock()
    Failure.objects.bulk_create(
        [Failure(about=about, sentence=sentence, at=now) for about, sentence in failed.items()],
        update_conflicts=True,
        unique_fields=["about"],
        update_fields=["sentence", "at"],
    )


def _split(paths: list[SheetPath]) -> tuple[list[SheetPath], list[SheetPath]]:
    return paths[_DUE_IN_PLAN:], paths[:_DUE_IN_PLAN]
