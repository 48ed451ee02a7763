"""A pressed folder and the real server over it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.rooms.serve.reading import PICTURE, STORY, Reader, answers, free_port, put, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small pressed folder with a secret beside it."""
    pressed = tmp_path / "pressed"
    (tmp_path / "secret.txt").write_text("secret words")
    put(pressed, "moved.txt", b"/en/\n")
    put(pressed, "404.html", b"nothing here", twins=True)
    put(pressed, "vi/404.html", "không có gì".encode(), twins=True)
    put(pressed, "en/index.html", b"<title>Home</title>" * 50, twins=True)
    put(pressed, "en/atom.xml", b"<feed/>" * 50, twins=True)
    put(pressed, "en/news/2026/08/02/rescue/index.html", STORY, twins=True)
    put(pressed, "en/news/2026/08/02/killed/index.html", b"the killed words", twins=True)
    put(pressed, "en/news/2026/08/02/killed/gone.html", b"withdrawn", twins=True)
    put(pressed, "en/news/2026/08/02/killed/moved.txt", b"/en/\n")
    put(pressed, "en/old/moved.txt", b"/en/news/2026/08/02/rescue/\n")
    put(pressed, "en/old/index.html", b"the old words")
    put(pressed, "pictures/ab/abcd-320.jpg", PICTURE)
    put(pressed, "assets/site.0a1b2c.css", b"body{}" * 50, twins=True)
    put(pressed, "en/.draft.html", b"secret words")
    put(pressed, ".git/config", b"secret words")
    put(pressed, "empty.jpg", b"")
    (pressed / "en" / "leak.txt").symlink_to(tmp_path / "secret.txt")
    (pressed / "away").symlink_to(tmp_path)
    (pressed / "en" / "hidden.txt").symlink_to(pressed / "en" / ".draft.html")
    (pressed / "en" / "loop.txt").symlink_to(pressed / "en" / "loop.txt")
    return pressed


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., tuple[Reader, subprocess.Popen[bytes]]]]:
    """Start ``broadsheet serve`` over the folder; it is ended with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def _start(*options: str) -> tuple[Reader, subprocess.Popen[bytes]]:
        port = free_port()
        command = [sys.executable, "-m", "broadsheet", "serve", "--folder", str(folder), "--port", str(port)]
        environment = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "error"}
        process = subprocess.Popen([*command, "--workers", "1", *options], env=environment)
        started.append(process)
        wait_for(lambda: process.poll() is not None or answers(port))
        return Reader(port), process

    yield _start
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=15)


@pytest.fixture
def reader(start: Callable[..., tuple[Reader, subprocess.Popen[bytes]]]) -> Reader:
    """A reader of the folder."""
    return start()[0]
