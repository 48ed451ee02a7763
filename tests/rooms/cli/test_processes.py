"""Programs that start, die and stop together. The programs here are real commands; only the paper is missing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.rooms.serve.reading import answers, free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Start = Callable[..., tuple[subprocess.Popen[str], int]]

_SCRIPT = """
import sys, pathlib
from broadsheet.cli.processes import Processes, Program
port = sys.argv[1]
programs = [Program("The reader server", ("serve", "--folder", ".", "--port", port, "--workers", "1"))]
if "broken" in sys.argv:
    programs.append(Program("The broken one", ("serve", "--folder", "nowhere")))
ended_well = Processes(programs).run(
    is_ready=lambda: "never" not in sys.argv and pathlib.Path("ready").exists(),
    announce=lambda: print("ready now", flush=True),
    ready_seconds=3 if "never" in sys.argv else 60,
)
sys.exit(0 if ended_well else 1)
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def _start(*words: str) -> tuple[subprocess.Popen[str], int]:
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-c", _SCRIPT, str(port), *words],
            cwd=tmp_path,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        started.append(process)
        return process, port

    yield _start
    for process in started:
        process.kill()
        process.communicate()


def _family(pid: int) -> list[int]:
    """Return the process and everything below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _alive(pids: list[int]) -> list[int]:
    def runs(pid: int) -> bool:
        try:
            return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
        except (FileNotFoundError, ProcessLookupError):
            return False

    return [pid for pid in pids if runs(pid)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_one_signal_stops_everything_and_is_no_failure(start: Start, number: int) -> None:
    process, port = start()
    wait_for(lambda: answers(port))
    family = _family(process.pid)
    # The command, the reader server, its worker, and who keeps the search's index.
    assert len(family) == 4
    process.send_signal(number)
    assert process.wait(timeout=20) == 0
    wait_for(lambda: not _alive(family))
    assert not answers(port)


def test_ctrl_c_in_a_terminal_reaches_all_and_stops_all(start: Start) -> None:
    process, port = start()
    wait_for(lambda: answers(port))
    family = _family(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=20) == 0
    wait_for(lambda: not _alive(family))


def test_nothing_outlives_a_killed_parent(start: Start) -> None:
    process, port = start()
    wait_for(lambda: answers(port))
    family = _family(process.pid)
    process.kill()
    process.wait(timeout=5)
    wait_for(lambda: not _alive(family))
    assert not answers(port)


def test_a_program_that_dies_is_started_again(start: Start) -> None:
    process, port = start()
    wait_for(lambda: answers(port))
    _, server, *_ = _family(process.pid)
    os.kill(server, signal.SIGKILL)
    wait_for(lambda: not answers(port))
    wait_for(lambda: answers(port))
    process.terminate()
    _, errors = process.communicate(timeout=20)
    assert "The reader server ended with status -9; it starts again in 0.5 s." in errors


def test_one_that_dies_again_and_again_is_started_ever_more_slowly_and_the_others_run(
    start: Start, tmp_path: Path
) -> None:
    process, port = start("broken")
    wait_for(lambda: answers(port))
    (tmp_path / "ready").touch()
    assert process.stdout is not None
    assert process.stdout.readline() == "ready now\n"
    lines: list[str] = []
    assert process.stderr is not None
    while len(lines) < 3:
        line = process.stderr.readline()
        lines += re.findall(r"The broken one ended with status 2; it starts again in ([0-9.]+) s", line)
    assert lines == ["0.5", "1", "2"]
    assert answers(port)
    process.terminate()
    assert process.wait(timeout=20) == 0


def test_what_never_becomes_ready_is_stopped_and_says_so(start: Start) -> None:
    process, port = start("never")
    assert process.wait(timeout=30) == 1
    assert not answers(port)
