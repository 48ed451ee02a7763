"""The press as a process: press what is due, wait to be woken, for ever. Whatever happens, it goes on."""

from __future__ import annotations

import logging
import os
import select
import signal
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from django.db import Error, connections

from broadsheet.press.errors import AnotherPressRuns, StoreError
from broadsheet.press.queries import something_due
from broadsheet.press.runs import press_runs
from broadsheet.press.waking import Ear, open_ear, wait
from broadsheet.press.writing import retry_failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadsheet.press.machine import Press

_log = logging.getLogger(__name__)

#: Seconds to wait after trouble, the last one again and again.
_PATIENCE_S: Final = (0.25, 0.5, 1.0, 2.0, 5.0)
#: Notices in a run that are few, and seconds in which more may come.
_FEW: Final = 20
_GATHER_S: Final = 0.1


class Stop:
    """A request to stop, seen at the next end of a run and in every wait. Safe to ask from a signal or a thread."""

    def __init__(self) -> None:
        self.asked = False
        self._hearing, self._asking = os.pipe()

    def ask(self) -> None:
        """Ask the press to stop after its current run."""
        self.asked = True
        os.write(self._asking, b"!")

    def fileno(self) -> int:
        """Return the descriptor that becomes readable once stopping is asked for."""
        return self._hearing

    def wait(self, seconds: float) -> None:
        """Wait that long, or until stopping is asked for."""
        select.select([self], [], [], seconds)

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._hearing)
        os.close(self._asking)


@contextmanager
def stop_on_signals() -> Iterator[Stop]:
    """Give a Stop that SIGTERM and SIGINT ask, meanwhile."""
    with closing(Stop()) as stop:
        before = {number: signal.signal(number, lambda *_: stop.ask()) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield stop
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def run_forever(*, press: Press, stop: Stop) -> None:
    """Press whenever something is due until asked to stop; never in the middle of a run."""

    def work(well: Callable[[], None]) -> None:
        with open_ear(press.data_dir) as ear:
            retry_failed()
            _press_due(press, stop)
            well()
            _listen(press, ear, stop)

    keep_at_it(work, name="press", stop=stop)


def keep_at_it(work: Callable[[Callable[[], None]], None], *, name: str, stop: Stop) -> None:
    """Do the work until asked to stop, and again after whatever trouble ended it.

    A database that is gone, a full disk, another press at work: each is one clear line in the log and another try.
    Tries come further apart until the work calls the function it was given, to say that all is well.
    """
    tries = 0

    def well() -> None:
        nonlocal tries
        tries = 0

    while not stop.asked:
        try:
            work(well)
        except Exception as error:  # noqa: BLE001 - the process is the last boundary; it must outlive any trouble
            patience = _PATIENCE_S[min(tries, len(_PATIENCE_S) - 1)]
            tries += 1
            _report(error, name, patience)
            connections.close_all()
            stop.wait(patience)


def _listen(press: Press, ear: Ear, stop: Stop) -> None:
    while not stop.asked:
        if wait(ear, stop=stop.fileno()):
            _press_due(press, stop)


def _press_due(press: Press, stop: Stop) -> None:
    with closing(press_runs(press)) as runs:
        for report in runs:
            if stop.asked:
                return
            if 0 < report.notices <= _FEW and something_due():
                # More keep coming, and each of these small runs would put the same fronts again.
                stop.wait(_GATHER_S)


def _report(error: Exception, name: str, patience: float) -> None:
    match error:
        case Error():
            _log.warning("The database does not answer (%s). Trying again in %s s.", _first_line(error), patience)
        case StoreError() | AnotherPressRuns():
            _log.warning("%s Trying again in %s s.", error, patience)
        case _:
            _log.error("The %s stumbled. Trying again in %s s.", name, patience, exc_info=error)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
