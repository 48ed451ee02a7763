"""``broadsheet init`` and ``run`` as commands."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def _broadsheet(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "broadsheet", *words]
    return subprocess.run(
        command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


_WHO = "from django.contrib.auth import authenticate as a; print(a(username='{}', password='{}').is_superuser)"


def test_a_new_paper_has_an_administrator_whose_password_is_shown_once(tmp_path: Path) -> None:
    made = _broadsheet("init", "post", "--name", "The Post", "--language", "vi", "--admin", "chau", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    password = made.stdout.partition("chau / ")[2].split()[0]
    asked = _broadsheet(
        "manage", "shell", "--verbosity", "0", "-c", _WHO.format("chau", password), folder=tmp_path / "post"
    )
    assert asked.stdout.strip().endswith("True"), asked.stderr
    again = _broadsheet("init", "post", folder=tmp_path)
    assert again.returncode == 2
    assert "holds a paper already" in again.stderr


def test_a_given_password_is_not_shown(tmp_path: Path) -> None:
    made = _broadsheet("init", ".", folder=tmp_path, BROADSHEET_ADMIN_PASSWORD="long enough to keep")
    assert made.returncode == 0, made.stderr
    assert "long enough to keep" not in made.stdout + made.stderr
    asked = _broadsheet(
        "manage", "shell", "--verbosity", "0", "-c", _WHO.format("admin", "long enough to keep"), folder=tmp_path
    )
    assert asked.stdout.strip().endswith("True"), asked.stderr


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "There is no broadsheet.toml"),
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}, "The database cannot be used"),
        ({"DATA_DIR": "/proc/none"}, "The data folder /proc/none cannot be used"),
    ],
)
def test_a_paper_that_cannot_run_says_why_in_one_sentence(
    tmp_path: Path, environment: dict[str, str], words: str
) -> None:
    if environment:
        text = '[paper]\nname = "x"\nbase_url = "http://127.0.0.1:8000"\nzone = "UTC"\n[[languages]]\ncode = "en"\nname = "English"\n'
        (tmp_path / "broadsheet.toml").write_text(text, encoding="utf-8")
        (tmp_path / ".env").write_text("BROADSHEET_SECRET_KEY=x\n", encoding="utf-8")
    ended = _broadsheet("run", folder=tmp_path, DESK_PORT="8441", SITE_PORT="8440", **environment)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
