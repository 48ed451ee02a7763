"""A paper in a folder and a database of its own, driven by the commands, each a process: to be kept and restored."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.newsday.migrated import put_migrated

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    stdout: str
    stderr: str


class KeptPaper:
    """The paper in that folder. An empty ``database_url`` is SQLite in the folder."""

    def __init__(self, folder: Path, *, database_url: str = "") -> None:
        self.folder = folder
        self.pressed = folder / "data" / "pressed"
        self.database_url = database_url

    def run(self, *words: str | Path, **environment: str) -> Ended:
        """Run a command of the paper."""
        return self._python("-m", "broadsheet", *map(str, words), **environment)

    def run_with_little_room(self, *words: str | Path, file_kb: int) -> Ended:
        """Run a command on a machine where no file can become larger."""
        limited = ["bash", "-c", 'ulimit -f "$0"; exec "$@"', str(file_kb), sys.executable, "-m", "broadsheet"]
        # Half a compiled module would be taken for a whole one by whoever imports it next.
        return self._ended([*limited, *map(str, words)], {"PYTHONDONTWRITEBYTECODE": "1"})

    def begun(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Begin a command of the paper."""
        command = [sys.executable, "-m", "broadsheet", *map(str, words)]
        return subprocess.Popen(command, cwd=ROOT, env=self._environment({}), stderr=subprocess.DEVNULL)

    def found(self) -> None:
        """Make the paper, with the stories of the demo, and press it."""
        if not self.database_url:
            put_migrated(self.folder / "data" / "paper.sqlite3")
        languages = ("--language", "en", "--language", "vi", "--zone", "Asia/Ho_Chi_Minh")
        made = self.run("init", self.folder, "--name", "The Harbour Post", *languages)
        assert made.status == 0, made
        filled = self._python("-m", "tests.newsday.newsroom_at_work", "fill")
        assert filled.status == 0, filled

    def newsroom(self) -> subprocess.Popen[str]:
        """Let somebody write until their input is closed."""
        command = [sys.executable, "-m", "tests.newsday.newsroom_at_work", "write"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        return subprocess.Popen(command, cwd=ROOT, env=self._environment({}), text=True, **pipes)

    def pages(self) -> dict[str, bytes]:
        """Return every finished file by its path; not the slips of the runs, which a paper pressed anew has others of."""
        return {
            str(path.relative_to(self.pressed)): path.read_bytes()
            for path in sorted(self.pressed.rglob("*"))
            if path.is_file() and path.parent.name != ".slips"
        }

    def _python(self, *words: str, **environment: str) -> Ended:
        return self._ended([sys.executable, *words], environment)

    def _ended(self, command: list[str], environment: Mapping[str, str]) -> Ended:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self._environment(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        environment = {"PATH": os.environ["PATH"], "BROADSHEET_PAPER": str(self.folder), "HOME": str(self.folder)}
        return environment | ({"DATABASE_URL": self.database_url} if self.database_url else {}) | more
