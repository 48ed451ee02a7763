"""A new paper that takes an archive in: made, filled, pressed and served by the commands, each a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.newsday.migrated import put_migrated
from tests.rooms.serve.reading import answers, free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOOLS = Path(__file__).resolve().parents[1] / "tools"
CHROMIUM = "/usr/bin/chromium"


class Finished(NamedTuple):
    """How a command ended."""

    status: int
    stdout: str
    stderr: str


class ArchivePaper:
    """A paper in four languages. Its data lie in SQLite, whatever the suite runs on: rooms/wire imports on both."""

    def __init__(self, folder: Path, *, admin_password: str = "") -> None:
        self.folder = folder
        self._admin_password = admin_password
        self.port = free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.pressed = folder / "data" / "pressed"
        put_migrated(folder / "data" / "paper.sqlite3")
        words = ["init", str(folder), "--zone", "Asia/Ho_Chi_Minh", "--base-url", self.site]
        for language in ("en", "vi", "eo", "fr"):
            words += ["--language", language]
        assert self.run(words).status == 0

    def run(self, words: Sequence[str | Path]) -> Finished:
        """Run a command of the paper and return how it ended."""
        done = subprocess.run(
            [sys.executable, "-m", "broadsheet", *map(str, words)],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        return Finished(done.returncode, done.stdout, done.stderr)

    def environment(self) -> dict[str, str]:
        """Return a shell in which this paper is chosen."""
        chosen = {"PATH": os.environ["PATH"], "BROADSHEET_PAPER": str(self.folder), "HOME": str(self.folder)}
        return chosen | ({"BROADSHEET_ADMIN_PASSWORD": self._admin_password} if self._admin_password else {})

    def press(self) -> None:
        """Press what is due."""
        done = self.run(["press"])
        assert done.status == 0, done

    def pages(self) -> list[str]:
        """Return the paths of all pages, sorted."""
        found = self.pressed.rglob("index.html")
        return sorted(f"/{page.parent.relative_to(self.pressed)}/" for page in found)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve the pressed folder until the block ends."""
        command = [sys.executable, "-m", "broadsheet", "serve", "--folder", str(self.pressed), "--port", str(self.port)]
        with subprocess.Popen([*command, "--workers", "1"]) as process:
            try:
                wait_for(lambda: answers(self.port), seconds=60)
                yield
            finally:
                process.terminate()
                process.wait(30)


def node(script: Path, *words: str) -> Finished:
    """Run one of the browser tools in the folder that has its packages."""
    environment = {"PATH": os.environ["PATH"], "CHROME": CHROMIUM, "HOME": os.environ.get("HOME", "/tmp")}  # noqa: S108
    done = subprocess.run(
        ["node", str(script), *words], cwd=TOOLS, env=environment, capture_output=True, text=True, check=False
    )
    return Finished(done.returncode, done.stdout, done.stderr)
