"""One run of the press, from the notices to the closed run. The order of its steps is the crash safety.

Dead before the plan: nothing happened, the notices are still there. Dead between plan and close: the next run presses
every sheet of the plan again, whatever the digests say. Dead after the close: nothing is left to do.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.press.afterwards import do_afterwards
from broadsheet.press.choosing import Chosen, choose_nothing, choose_sheets
from broadsheet.press.errors import BadSheetPath
from broadsheet.press.guarding import no_untracked_reads
from broadsheet.press.kernel import Facts, GatheredSheet, Print, Step, plan_steps
from broadsheet.press.locking import only_press
from broadsheet.press.machine import FATAL, Press, RunReport, one_snapshot
from broadsheet.press.taking import take_notices
from broadsheet.press.values import Form, Rank, SheetPath
from broadsheet.press.writing import close_run, commit_plan, give_up_dead_runs

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_log = logging.getLogger(__name__)


class _Rendered(NamedTuple):
    prints: dict[SheetPath, Print]
    removals: tuple[SheetPath, ...]
    failures: dict[SheetPath, Exception]


def press_runs(press: Press) -> Generator[RunReport]:
    """Run until nothing is due, one report a run; holds the lock of the only press until it is closed or exhausted.

    Raises: AnotherPressRuns; StoreFull and StoreError, and the next press takes up where this one stopped.
    """
    with only_press(press.data_dir):
        while (report := press_once(press)) is not None:
            yield report
        do_afterwards()


def take_waiting(press: Press) -> None:
    """Take the notices that wait and make their sheets due, without pressing any. The caller holds the lock."""
    press_once(press, choose=choose_nothing)


def press_once(press: Press, *, choose: Callable[..., Chosen] = choose_sheets) -> RunReport | None:
    """Run once, over at most 200 sheets; None when nothing is due. The caller holds the lock of the only press.

    Raises: StoreFull, StoreError (the plan stays open and the next run takes it up); AnotherPressRuns.
    """
    give_up_dead_runs()
    with one_snapshot(press) as alias:
        reader = press.composer.open_reader(alias)
        facts = Facts(composer=press.composer, reader=reader, fatal=FATAL)
        taken = take_notices(press, alias=alias, facts=facts, reader=reader)
        chosen = choose(press, alias=alias, facts=facts, taken=taken)
        if not taken.notices and not chosen.sheets and not chosen.put_off:
            return None
        mark = press.composer.mark(reader)
    rendered = _render(press, chosen)
    steps = plan_steps(prints=rendered.prints.values(), removals=rendered.removals, known=chosen.known)
    number = commit_plan(press, taken=taken, chosen=chosen, steps=steps, facts=facts)
    failures = rendered.failures | _put(press, steps, rendered.prints)
    if told := [step.path for step in steps if step.rank is not Rank.ASSET]:
        press.store.tell(told)
    close_run(press, number=number, steps=steps, sheets=chosen.sheets, failures=failures, mark=mark)
    report = RunReport(
        number=number,
        notices=len(taken.notices),
        put=tuple(step.path for step in steps if step.form is not None and step.path not in failures),
        removed=tuple(step.path for step in steps if step.form is None and step.path not in failures),
        unchanged=len(rendered.prints.keys() - {step.path for step in steps}),
        failed=tuple(sorted(failures)),
    )
    _log.info("%s", report.sentence())
    return report


def _render(press: Press, chosen: Chosen) -> _Rendered:
    """Render every chosen sheet; one that fails, or misses an asset, is left out and keeps its old file."""
    prints: dict[SheetPath, Print] = {}
    failures: dict[SheetPath, Exception] = {}
    for sheet in chosen.sheets:
        failure = sheet.failure
        try:
            prints.update({each.path: each for each in _print_with_assets(press, sheet, chosen, prints)})
        except FATAL:
            raise
        except Exception as error:  # noqa: BLE001 - one broken sheet must not stop the others; the run records it
            failure = error
        if failure is not None:
            _log.warning("The sheet %s keeps its old file.", sheet.path, exc_info=failure)
            failures[sheet.path] = failure
    removals = tuple(sheet.path for sheet in chosen.sheets if sheet.gathered is None and sheet.failure is None)
    return _Rendered(prints, removals, failures)


def _print_with_assets(
    press: Press, sheet: GatheredSheet, chosen: Chosen, prints: dict[SheetPath, Print]
) -> list[Print]:
    gathered = sheet.gathered
    if gathered is None:
        return []
    with no_untracked_reads():
        data, renderer = press.composer.render(gathered), press.composer.renderer(gathered)
    made = [Print(sheet.path, gathered.form, gathered.rank, data, renderer)]
    for asset in gathered.assets:
        state = chosen.known.get(asset)
        if asset not in prints and (state is None or not state.digest):
            # Its name carries its digest, so one that stands is never put again.
            made.append(Print(asset, Form.FILE, Rank.ASSET, press.composer.asset(asset)))
    return made


def _put(press: Press, steps: tuple[Step, ...], prints: dict[SheetPath, Print]) -> dict[SheetPath, Exception]:
    """Write the steps in order. A full disk stops the run; a name that clashes with another sheet's only that sheet."""
    failures: dict[SheetPath, Exception] = {}
    for step in steps:
        try:
            if step.form is None:
                press.store.remove(step.path)
            else:
                press.store.put(step.path, step.form, prints[step.path].data)
        except BadSheetPath as error:
            _log.warning("The sheet %s keeps its old file: %s", step.path, error)
            failures[step.path] = error
    return failures
