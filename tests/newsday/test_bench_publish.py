"""The bench of publishing runs and counts what really happened."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.rooms.serve.reading import free_port


def test_the_bench_measures_releases_alone_and_beside_eight_editors() -> None:
    ports = {"DESK_PORT": str(free_port()), "SITE_PORT": str(free_port())}
    command = [sys.executable, "-m", "broadsheet", "bench", "publish", "--releases", "2", "--editors", "8", "--json"]
    ended = subprocess.run(
        command, env={"PATH": os.environ["PATH"], **ports}, capture_output=True, text=True, timeout=280, check=False
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert (found["editors"], found["releases"]) == (8, 2)
    assert 0 < found["alone"]["p50_ms"] <= found["alone"]["p99_ms"]
    assert found["p50_ratio"] > 0
    assert found["saves_per_second"] > 0
