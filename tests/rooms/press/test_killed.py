"""A press process killed in the middle leaves no half page and loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from broadsheet.press.stores import FolderStore
from tests.factories.toy_paper import ToyComposer, ToyPaper
from tests.oracles.harness import full_press

ROOT = Path(__file__).resolve().parents[3]


def press_in_a_process(data_dir: Path, *, killed_at: int) -> int:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "broadsheet.settings.test",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "tests.rooms.press.press_to_kill", str(data_dir), str(killed_at)]
    return subprocess.run(command, env=environment, cwd=ROOT, timeout=120, check=False).returncode


def test_a_killed_press_leaves_no_half_page_and_the_next_one_finishes_its_work(tmp_path: Path) -> None:
    paper = ToyPaper()
    for number in range(20):
        paper.release(section=number % 3, day=number % 4)
    expected = full_press(ToyComposer(paper))
    store = FolderStore(tmp_path / "pressed")
    for killed_at in (1, 12):
        assert press_in_a_process(tmp_path, killed_at=killed_at) == -signal.SIGKILL
        standing = set(store.walk())
        assert len(standing) == killed_at - 1
        assert all(store.read(path) == expected.read(path) for path in standing)
    assert press_in_a_process(tmp_path, killed_at=0) == 0
    # A list nobody ever wrote for is put by a full press only.
    missing = {path for path in expected.walk() if store.read(path) != expected.read(path)}
    assert missing == {"/by/1/", "/by/2/"}
