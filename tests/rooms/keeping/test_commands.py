"""``broadsheet backup`` and ``restore`` where there is nothing to back up, or nothing to restore from."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from broadsheet.cli.founding import found_paper

if TYPE_CHECKING:
    from pathlib import Path


def _broadsheet(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "broadsheet", *words]
    return subprocess.run(
        command, cwd=folder, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=240, check=False
    )


def test_a_paper_that_never_ran_has_nothing_to_back_up(tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    found_paper(folder=folder, name="Post", languages=["en"], zone="UTC", base_url="https://post.example")
    ended = _broadsheet("backup", str(tmp_path / "paper.tar"), folder=folder)
    assert ended.returncode == 2
    assert ended.stderr.startswith("This paper has no database yet")
    assert [path.name for path in tmp_path.iterdir()] == ["paper"]
    assert not list(folder.rglob("*.sqlite3"))


def test_what_is_no_backup_is_one_sentence_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("words", encoding="utf-8")
    for file, status in (("words", 1), ("none", 2)):
        ended = _broadsheet("restore", file, folder=tmp_path)
        assert (ended.returncode, len(ended.stderr.splitlines())) == (status, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["words"]
