"""A whole paper as its own processes, in a folder of the test."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.newsday.migrated import put_migrated
from tests.rooms.serve.reading import Reader, free_port

if TYPE_CHECKING:
    from collections.abc import Mapping


class Paper:
    """The demo paper, started as a person would start it: ``broadsheet demo``. It may begin with its tables made."""

    def __init__(self, data_dir: Path, *, is_migrated: bool = False) -> None:
        self.data_dir = data_dir
        if is_migrated:
            put_migrated(data_dir / "paper.sqlite3")
        self.desk_port, self.site_port = free_port(), free_port()
        self.reader = Reader(self.site_port)
        self.process: subprocess.Popen[str] | None = None
        self.printed = ""

    def start(self) -> None:
        """Start it and return once it has printed its last log-in."""
        command = [sys.executable, "-m", "broadsheet", "demo"]
        self.process = subprocess.Popen(
            command, env=self.environment(), text=True, stdout=subprocess.PIPE, start_new_session=True
        )
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if "publisher" in line:
                break
        self.printed = "".join(lines)
        assert "publisher" in self.printed, "the demo ended before it was ready"

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send the signal and return the exit status."""
        assert self.process is not None
        self.process.send_signal(number)
        self.process.communicate(timeout=60)
        return self.process.returncode

    def environment(self) -> Mapping[str, str]:
        """A shell with nothing but the paper's own settings in it."""
        return {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(self.data_dir),
            "DESK_PORT": str(self.desk_port),
            "SITE_PORT": str(self.site_port),
        }

    def programs(self) -> dict[str, int]:
        """Return the process ids below the running demo by the words they were started with."""
        assert self.process is not None
        children = (
            Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii").split()
        )
        words = {int(child): Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0") for child in children}
        return {command[3].decode(): child for child, command in words.items()}

    def pages(self) -> dict[str, bytes]:
        """Follow every link of the site from its front door; return what stands at each address."""
        found: dict[str, bytes] = {}
        waiting = ["/en/", "/vi/", "/en/atom.xml", "/vi/atom.xml"]
        while waiting:
            path = waiting.pop()
            if path in found:
                continue
            reply = self.reader.ask(path)
            assert reply.status == 200, f"{path} answers {reply.status}"
            found[path] = reply.body
            if reply.headers["content-type"].startswith("text/html"):
                waiting += re.findall(r'(?:href|src)="(/[^"#?]*)"', reply.body.decode())
        return found
