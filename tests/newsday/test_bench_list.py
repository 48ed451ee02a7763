"""The bench of the list runs and asks for the list in every way."""

from __future__ import annotations

import json
import os
import subprocess
import sys


def test_the_bench_measures_the_list_in_every_way() -> None:
    command = [sys.executable, "-m", "broadsheet", "bench", "list", "--stories", "300", "--times", "1", "--json"]
    ended = subprocess.run(
        command, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=280, check=False
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert (found["stories"], found["times"], found["database"]) == (300, 1, "sqlite")
    names = {each["name"] for each in found["asked"]}
    assert names >= {"first page", "tenth page", "one section", "byline", "mine", "waiting for me", "by deadline"}
    assert all(0 < each["p50_ms"] <= each["p95_ms"] <= each["max_ms"] for each in found["asked"])
    assert all(0 < each["queries"] < 35 for each in found["asked"])
