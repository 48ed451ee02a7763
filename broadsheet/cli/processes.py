"""Several programs as one: started together, started again when one dies, stopped together.

They share one process group, and the kernel ends each of them when this process dies, however it dies.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import typer

from broadsheet.serve.leash import die_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

#: From SIGTERM to SIGKILL. The servers give requests under way eight seconds, the press ends its sheet.
STOP_SECONDS: Final = 10
#: After Ctrl-C the terminal has told every program itself; a second signal would make the task worker drop its task.
_OWN_ACCORD_SECONDS: Final = 1.5
_LOOK_SECONDS: Final = 0.1
_FIRST_PAUSE_SECONDS: Final = 0.5
_LONGEST_PAUSE_SECONDS: Final = 30.0
#: A program that ran this long was well; its next end starts with the shortest pause again.
_WELL_SECONDS: Final = 60.0


class Program(NamedTuple):
    """What to run, by the name used in messages: ``the press``, with the words after ``broadsheet``.

    ``niceness`` is how far it gives way where cores are short; 0: not at all.  Source: nice(2).
    """

    name: str
    words: tuple[str, ...]
    niceness: int = 0


class _Running:
    """One program and its present process."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0
        self._pause = _FIRST_PAUSE_SECONDS

    def start(self, now: float) -> None:
        command = [sys.executable, "-m", "broadsheet", *self.program.words]
        # preexec_fn is safe here: this process has one thread and no locks held.
        begin = partial(_begin, self.program.niceness)
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=begin)  # noqa: S603, PLW1509 - our own; see above
        self._started_at = now

    def look(self, now: float) -> None:
        """Start the program again when it has ended and its pause is over."""
        if self.process is None:
            if now >= self._start_again_at:
                self.start(now)
            return
        status = self.process.poll()
        if status is None:
            return
        self.process = None
        if now - self._started_at > _WELL_SECONDS:
            self._pause = _FIRST_PAUSE_SECONDS
        typer.echo(f"{self.program.name} ended with status {status}; it starts again in {self._pause:g} s.", err=True)
        self._start_again_at = now + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_SECONDS)


class Processes:
    """Runs programs until it is told to stop."""

    def __init__(self, programs: Sequence[Program]) -> None:
        """Take the programs in the order they are started."""
        self._running = [_Running(program) for program in programs]
        self._told: int | None = None

    def run(self, *, is_ready: Callable[[], bool], announce: Callable[[], None], ready_seconds: float) -> bool:
        """Start all, announce once ready, and return when stopped: True unless it never became ready.

        Blocks.  SIGINT, SIGTERM and SIGHUP stop everything.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._tell)
        try:
            return self._watch(is_ready, announce, time.monotonic() + ready_seconds)
        finally:
            self._end_all()

    def stop(self) -> None:
        """Let ``run`` end as after a SIGTERM. To be called from ``announce``."""
        self._told = signal.SIGTERM

    def _tell(self, number: int, _frame: FrameType | None) -> None:
        self._told = number

    def _watch(self, is_ready: Callable[[], bool], announce: Callable[[], None], ready_by: float) -> bool:
        announced = False
        while self._told is None:
            now = time.monotonic()
            for running in self._running:
                running.look(now)
            if not announced and is_ready():
                announce()
                announced = True
            if not announced and now > ready_by:
                return False
            time.sleep(_LOOK_SECONDS)
        return True

    def _end_all(self) -> None:
        if self._told == signal.SIGINT:
            self._wait(_OWN_ACCORD_SECONDS)
        self._send(signal.SIGTERM)
        self._wait(STOP_SECONDS)
        self._send(signal.SIGKILL)
        self._wait(STOP_SECONDS)

    def _alive(self) -> list[subprocess.Popen[bytes]]:
        processes = (running.process for running in self._running)
        return [process for process in processes if process and process.poll() is None]

    def _send(self, number: signal.Signals) -> None:
        for process in self._alive():
            process.send_signal(number)

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self._alive() and time.monotonic() < until:
            time.sleep(_LOOK_SECONDS / 2)


def _begin(niceness: int) -> None:
    """Prepare the new process, before it becomes its program."""
    die_with_parent(signal.SIGTERM)
    os.nice(niceness)
