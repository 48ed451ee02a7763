"""What others may ask of the press: to hear of a change, and to press."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from broadsheet.plain.times import utc_now
from broadsheet.press.composing import the_composer
from broadsheet.press.full_press import mark_everything, sweep
from broadsheet.press.locking import only_press
from broadsheet.press.machine import Press, RunReport
from broadsheet.press.models import Notice
from broadsheet.press.process import Stop, keep_at_it, run_forever, stop_on_signals
from broadsheet.press.runs import press_once, press_runs
from broadsheet.press.stores import FolderStore
from broadsheet.press.waking import poke
from broadsheet.press.writing import retry_failed

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime

    from broadsheet.press.values import Subject

__all__ = [
    "Press",
    "RunReport",
    "Stop",
    "keep_at_it",
    "post_notice",
    "press_all",
    "press_due",
    "press_runs",
    "retry_failed",
    "run_forever",
    "stop_on_signals",
    "the_press",
]


def the_press() -> Press:
    """Return this paper's press, from its settings and the registered composer. Raises: ComposerMissing."""
    folder = Path(settings.PRESSED_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return Press(composer=the_composer(), store=FolderStore(folder), data_dir=Path(settings.DATA_DIR), clock=utc_now)


def post_notice(*, subject: Subject, now: datetime) -> None:
    """Say that something about the subject changed. Call it inside the transaction of the change itself.

    The press is woken when that transaction commits.
    """
    Notice.objects.create(subject=subject.name, locale=subject.locale, at=now)
    poke(Path(settings.DATA_DIR))


def press_due(*, press: Press) -> tuple[RunReport, ...]:
    """Press until nothing is due, in runs of at most 200 sheets; return what each run did.

    Raises: AnotherPressRuns; StoreFull and StoreError, and the next press takes up where this one stopped.
    """
    return tuple(press_runs(press))


def press_all(*, press: Press) -> Generator[RunReport]:
    """Press every sheet there is and remove what should not be there, run by run; consume it to the end.

    Raises: as press_due. Begun and not finished, it is finished by the next press, except for the sweeping.
    """
    with only_press(press.data_dir):
        mark_everything(press)
        while (report := press_once(press)) is not None:
            yield report
        sweep(press)
