"""Making a backup beside a desk at work, and on a disk that is full."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection

from broadsheet.keeping import postgresql
from broadsheet.keeping.actions import Made, back_up
from broadsheet.keeping.errors import CannotKeep, FileInTheWay, ToolMissing
from broadsheet.keeping.queries import goes_through, ledger_end
from broadsheet.keeping.values import LedgerEnd
from broadsheet.ledger.chaining import GENESIS
from broadsheet.ledger.pictures import keep_original
from tests.factories.desk import jpeg_bytes
from tests.factories.full_disk import files_of_at_most
from tests.factories.ledger import NOW, a_story, released

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])

MEDIA, ORIGINALS = Path(settings.MEDIA_ROOT), Path(settings.PICTURES_DIR) / "originals"


def made(file: Path, told: object = None) -> Made:
    return back_up(file=file, now=NOW, told=told or (lambda _step, _done, _total: None))  # type: ignore[arg-type]


def upload(name: str, size: int = 100) -> Path:
    path = MEDIA / "images" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


def names(file: Path) -> list[str]:
    with tarfile.open(file) as tar:
        return tar.getnames()


def test_the_head_names_the_end_of_the_ledger_and_a_ledger_can_be_held_against_it(tmp_path: Path) -> None:
    assert made(tmp_path / "empty.tar").head.ledger == LedgerEnd(0, GENESIS)
    assert goes_through(LedgerEnd(0, GENESIS))
    record = released(a_story())
    end = made(tmp_path / "one.tar").head.ledger
    assert end == LedgerEnd(1, record.digest) == ledger_end("default")
    released(a_story())
    assert goes_through(end), "what came after does not matter"
    assert not goes_through(LedgerEnd(1, "0" * 64))
    assert not goes_through(LedgerEnd(3, record.digest))


def test_the_desk_works_on_while_a_backup_is_made(tmp_path: Path) -> None:
    """Whatever comes after the copy of the database may be in or not; whatever goes may be missing."""
    first, gone = upload("first.jpg"), upload("gone.jpg")
    kept = keep_original(data=jpeg_bytes(), pictures_dir=Path(settings.PICTURES_DIR))
    steps = []

    def work(step: str, _done: int, _total: int) -> None:
        steps.append(step)
        if step == "Packing" and gone.exists():
            gone.unlink()
            upload("late.jpg")
            keep_original(data=jpeg_bytes(colour="teal"), pictures_dir=Path(settings.PICTURES_DIR))
            released(a_story())

    backup = made(tmp_path / "paper.tar", work)
    assert steps[0] == "Copying the database"
    assert backup.head.ledger.number == 0
    assert {"media/images/first.jpg", f"originals/{kept.digest[:2]}/{kept.digest}"} <= set(names(backup.file))
    assert "media/images/gone.jpg" not in names(backup.file)
    first.unlink()


def test_the_bytes_shown_as_done_reach_the_bytes_there_are(tmp_path: Path) -> None:
    shown = []
    made(tmp_path / "paper.tar", lambda step, done, total: shown.append((step, done, total)))
    assert [(step, done == total > 0) for step, done, total in shown[-1:]] == [("Packing", True)]


def test_a_backup_is_never_written_over_a_file_or_into_what_is_backed_up(tmp_path: Path) -> None:
    taken = tmp_path / "taken.tar"
    taken.write_text("mine", encoding="utf-8")
    MEDIA.mkdir(parents=True, exist_ok=True)
    for file, words in (
        (taken, "is there already"),
        (tmp_path / "none" / "paper.tar", "There is no folder"),
        (MEDIA / "paper.tar", "is backed up itself"),
    ):
        with pytest.raises(FileInTheWay, match=words):
            made(file)
    assert taken.read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["taken.tar"]


def test_a_backup_that_breaks_off_at_any_step_leaves_nothing_behind(tmp_path: Path) -> None:
    large = upload("large.jpg", 3_000_000)
    for size in (1, 20_000, 2_500_000):
        with files_of_at_most(size), pytest.raises(CannotKeep, match=r"Nothing was left behind\."):
            made(tmp_path / "paper.tar")
        assert list(tmp_path.iterdir()) == []
    large.unlink()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("may not mount a small disk here; needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_nothing_is_left_on_it(small_disk: Path) -> None:
    large = upload("large.jpg", 5_000_000)
    with pytest.raises(CannotKeep, match=f"There is not enough room in {small_disk}"):
        made(small_disk / "paper.tar")
    assert list(small_disk.iterdir()) == []
    large.unlink()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no program of its own")
def test_without_postgresqls_programs_one_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "_DEBIAN", tmp_path / "none")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match=r"^pg_dump is not on this machine; install PostgreSQL's client of version"):
        made(tmp_path / "paper.tar")
    assert list(tmp_path.iterdir()) == []
