"""Desk, press and database may all be gone: readers get the same pages."""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING

from tests.newsday.running import Paper
from tests.rooms.serve.reading import answers, wait_for

if TYPE_CHECKING:
    from pathlib import Path


def test_readers_get_the_same_pages_with_everything_else_dead_and_deleted(tmp_path: Path) -> None:
    paper = Paper(tmp_path, is_migrated=True)
    paper.start()
    assert paper.process is not None
    try:
        before = paper.pages()
        # Held, or it would start again what is ended next.
        paper.process.send_signal(signal.SIGSTOP)
        for words, pid in paper.programs().items():
            if words != "serve":
                os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not answers(paper.desk_port))
        for entry in tmp_path.iterdir():
            if entry.name != "pressed":
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        after = paper.pages()
        assert all(after.get(path) == body or path.endswith("/search/") for path, body in before.items())
        # The index of the search was deleted too. It is made anew of the finished files, and the page says so meanwhile.
        wait_for(lambda: paper.pages() == before, seconds=90)
        assert paper.reader.ask("/healthz").status == 200
        assert paper.reader.ask("/nowhere/").status == 404
    finally:
        paper.process.kill()
        paper.process.communicate()
    wait_for(lambda: not answers(paper.site_port))
