"""A paper is backed up while people write, and stands elsewhere as it was."""

from __future__ import annotations

import json
import tarfile
from typing import TYPE_CHECKING

import pytest

from tests.newsday.demo_paper import own_database
from tests.newsday.kept_paper import KeptPaper
from tests.rooms.serve.reading import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeptPaper]:
    """The demo's stories, released and pressed; the tests only add to it."""
    with own_database(is_migrated=True) as database_url:
        made = KeptPaper(tmp_path_factory.mktemp("kept") / "paper", database_url=database_url)
        made.found()
        yield made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[KeptPaper]:
    """A folder and a database that hold no paper."""
    with own_database() as database_url:
        yield KeptPaper(tmp_path / "elsewhere", database_url=database_url)


def test_a_paper_restored_elsewhere_has_the_same_pages_byte_for_byte(
    paper: KeptPaper, elsewhere: KeptPaper, tmp_path: Path
) -> None:
    (paper.folder / "theme" / "section.html").write_text('{% extends "front.html" %}\n', encoding="utf-8")
    assert paper.run("press", "all").status == 0
    made = paper.run("backup", tmp_path / "paper.tar")
    assert made.status == 0, made
    assert "Not in it: .env with the secrets" in made.stdout
    restored = elsewhere.run("restore", tmp_path / "paper.tar")
    assert restored.status == 0, restored
    assert "The ledger is whole" in restored.stdout
    assert restored.stdout.endswith("The paper is whole. Start it with: broadsheet run\n")
    assert elsewhere.pages() == paper.pages()
    for name in ("broadsheet.toml", "theme/section.html"):
        assert (elsewhere.folder / name).read_bytes() == (paper.folder / name).read_bytes()
    assert _files(elsewhere.folder / "data" / "media") == _files(paper.folder / "data" / "media")
    assert (elsewhere.folder / ".env").read_bytes() != (paper.folder / ".env").read_bytes()


def test_a_backup_made_while_people_write_is_whole(paper: KeptPaper, elsewhere: KeptPaper, tmp_path: Path) -> None:
    newsroom = paper.newsroom()
    assert newsroom.stdin is not None
    assert newsroom.stdout is not None
    with newsroom:
        before = int(newsroom.stdout.readline())
        made = paper.run("backup", tmp_path / "paper.tar", "--json")
        newsroom.stdin.close()
        numbers = [int(line) for line in newsroom.stdout]
    assert newsroom.returncode == 0
    assert made.status == 0, made
    told = json.loads(made.stdout)
    assert before <= told["ledger"]["number"] < numbers[-1], "they went on writing"

    restored = elsewhere.run("restore", tmp_path / "paper.tar", "--json")
    assert restored.status == 0, restored
    lines = [json.loads(line) for line in restored.stdout.splitlines()]
    assert (lines[0]["ledger"], lines[1]) == (
        told["ledger"],
        {"releases": told["ledger"]["number"], "damages": 0, "erasures": 0},
    )
    assert elsewhere.run("ledger", "verify").status == 0
    assert elsewhere.run("press", "check", "--deep").status == 0
    stories = {path: page for path, page in elsewhere.pages().items() if path.count("/") == 6 or "pictures" in path}
    there = paper.pages()
    assert len(stories) > 10
    assert stories == {path: there[path] for path in stories}


def test_a_backup_holds_what_it_says_and_no_secret_and_is_nobody_elses(paper: KeptPaper, tmp_path: Path) -> None:
    file = tmp_path / "paper.tar"
    told = json.loads(paper.run("backup", file, "--json").stdout)
    assert told["file"] == str(file)
    assert told["size"] == file.stat().st_size
    assert file.stat().st_mode & 0o077 == 0
    with tarfile.open(file) as tar:
        names = tar.getnames()
    assert (len(names) - 1, names[-1]) == (told["files"], "head.json")
    assert {name.partition("/")[0] for name in names[2:-1]} == {"theme", "originals", "media"}
    assert not [name for name in names if ".env" in name or "pressed" in name or "sizes" in name]
    assert [path.name for path in tmp_path.iterdir()] == ["paper.tar"]


def test_a_backup_of_an_older_version_is_brought_to_this_one(
    paper: KeptPaper, elsewhere: KeptPaper, tmp_path: Path
) -> None:
    assert paper.run("manage", "migrate", "--verbosity", "0", "ledger", "0001").status == 0
    try:
        assert paper.run("backup", tmp_path / "old.tar").status == 0
    finally:
        assert paper.run("manage", "migrate", "--verbosity", "0").status == 0
    restored = elsewhere.run("restore", tmp_path / "old.tar")
    assert restored.status == 0, restored
    assert "The ledger is whole" in restored.stdout


def test_a_restore_never_touches_a_paper(paper: KeptPaper, elsewhere: KeptPaper, tmp_path: Path) -> None:
    assert paper.run("backup", tmp_path / "paper.tar").status == 0
    again = paper.run("backup", tmp_path / "paper.tar")
    assert (again.status, len(again.stderr.splitlines())) == (2, 1)
    assert "is there already" in again.stderr
    before = _files(paper.folder)
    refused = paper.run("restore", tmp_path / "paper.tar")
    assert (refused.status, len(refused.stderr.splitlines())) == (2, 1)
    assert "holds a paper already" in refused.stderr
    (paper.folder / "broadsheet.toml").rename(tmp_path / "broadsheet.toml")
    try:
        refused = paper.run("restore", tmp_path / "paper.tar")
        assert (refused.status, len(refused.stderr.splitlines())) == (2, 1)
        assert "never restored over a paper" in refused.stderr
    finally:
        (tmp_path / "broadsheet.toml").rename(paper.folder / "broadsheet.toml")
    assert _files(paper.folder) == before
    elsewhere.folder.mkdir()
    (elsewhere.folder / ".env").write_text("BROADSHEET_MAIL_HOST=mail\n", encoding="utf-8")
    refused = elsewhere.run("restore", tmp_path / "paper.tar")
    assert refused.status == 2
    assert "names no BROADSHEET_SECRET_KEY" in refused.stderr
    assert list(_files(elsewhere.folder)) == [".env"]


def test_a_damaged_backup_changes_nothing(paper: KeptPaper, elsewhere: KeptPaper, tmp_path: Path) -> None:
    file = tmp_path / "paper.tar"
    assert paper.run("backup", file).status == 0
    with tarfile.open(file) as tar:
        picture = next(entry for entry in tar if entry.name.startswith("originals/"))
    with file.open("r+b") as damaged:
        damaged.seek(picture.offset_data + picture.size // 2)
        damaged.write(b"?")
    refused = elsewhere.run("restore", file)
    assert (refused.status, len(refused.stderr.splitlines())) == (1, 1)
    assert f"The backup is damaged: {picture.name} is not what was put in." in refused.stderr
    assert not elsewhere.folder.exists()


def test_a_full_disk_leaves_nothing_behind(paper: KeptPaper, elsewhere: KeptPaper, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    file = tmp_path / "kept" / "paper.tar"
    for file_kb in (8, 400):
        refused = paper.run_with_little_room("backup", file, file_kb=file_kb)
        assert (refused.status, len(refused.stderr.splitlines())) == (1, 1), refused
        assert "Nothing was left behind." in refused.stderr
        assert list(file.parent.iterdir()) == []
    assert paper.run("backup", file).status == 0
    refused = elsewhere.run_with_little_room("restore", file, file_kb=64)
    assert (refused.status, len(refused.stderr.splitlines())) == (1, 1), refused
    assert "There is not enough room" in refused.stderr
    assert not elsewhere.folder.exists()


def test_a_backup_that_is_told_to_stop_leaves_nothing_behind(paper: KeptPaper, tmp_path: Path) -> None:
    large = paper.folder / "data" / "media" / "large.mov"
    with large.open("wb") as file:
        file.truncate(2_000_000_000)
    try:
        with paper.begun("backup", tmp_path / "paper.tar") as backup:
            wait_for(lambda: any(tmp_path.glob(".paper.tar.*/*")), seconds=60)
            backup.terminate()
        assert backup.returncode != 0
        assert list(tmp_path.iterdir()) == []
    finally:
        large.unlink()


def test_a_backup_goes_back_into_its_own_kind_of_database(
    paper: KeptPaper, elsewhere: KeptPaper, tmp_path: Path
) -> None:
    assert paper.run("backup", tmp_path / "paper.tar").status == 0
    other = KeptPaper(elsewhere.folder, database_url="" if paper.database_url else "postgres://nobody@127.0.0.1:1/none")
    refused = other.run("restore", tmp_path / "paper.tar")
    assert (refused.status, len(refused.stderr.splitlines())) == (2, 1)
    assert refused.stderr.startswith("The backup is of a paper on ")
    assert not elsewhere.folder.exists()


def test_a_database_that_holds_anything_is_left_alone(paper: KeptPaper, tmp_path: Path) -> None:
    if not paper.database_url:
        pytest.skip("on SQLite the database is a file of the folder, which another test looks at")
    assert paper.run("backup", tmp_path / "paper.tar").status == 0
    beside = KeptPaper(tmp_path / "beside", database_url=paper.database_url)
    refused = beside.run("restore", tmp_path / "paper.tar")
    assert (refused.status, len(refused.stderr.splitlines())) == (2, 1)
    assert "is not empty" in refused.stderr
    assert not beside.folder.exists()
    assert paper.run("ledger", "verify").status == 0


def test_a_ledger_tampered_with_before_the_backup_is_put_in_place_and_told(
    paper: KeptPaper, elsewhere: KeptPaper, tmp_path: Path
) -> None:
    whose = _tamper(paper, "somebody else")
    try:
        assert paper.run("backup", tmp_path / "paper.tar").status == 0
    finally:
        _tamper(paper, whose)
    restored = elsewhere.run("restore", tmp_path / "paper.tar")
    assert restored.status == 1
    assert "was changed after it was written" in restored.stdout
    assert "its ledger is damaged" in restored.stderr
    assert elsewhere.pages() == {}
    assert paper.run("ledger", "verify").status == 0


_TAMPERING = """
import os
from django.db import connection
from tests.factories.guards import guards_lifted
with guards_lifted(), connection.cursor() as cursor:
    cursor.execute("SELECT released_by FROM ledger_release WHERE number = 1")
    print(cursor.fetchone()[0])
    cursor.execute("UPDATE ledger_release SET released_by = %s WHERE number = 1", [os.environ["WHOSE"]])
"""


def _tamper(paper: KeptPaper, name: str) -> str:
    """Let release 1 be by somebody else; return who it was by."""
    done = paper.run("manage", "shell", "--verbosity", "0", "--command", _TAMPERING, WHOSE=name)
    assert done.status == 0, done
    return done.stdout.strip()


def _files(folder: Path) -> dict[str, bytes]:
    """Return every file by its path, but for the traces of programs that look at the database."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }
