"""The deposit package: everything that was published, whole or not at all."""

from __future__ import annotations

import ast
import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from broadsheet.ledger import exporting
from broadsheet.ledger.errors import DepositFailed, DepositRefused
from broadsheet.ledger.models import LedgerDocument
from broadsheet.ledger.queries import LedgerReader
from broadsheet.plain.canonical import canonical_bytes
from broadsheet.press.run_log import log_lines
from tests.factories.deposit import (
    RELEASES,
    chained,
    export,
    manifest_of,
    press,
    publish,
    rows_of,
    verify_package,
)
from tests.factories.full_disk import files_of_at_most
from tests.factories.guards import guards_lifted
from tests.factories.ledger import a_story, released

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictures_dir(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA_DIR, settings.PICTURES_DIR = tmp_path / "data", tmp_path / "data" / "pictures"
    settings.DATA_DIR.mkdir()
    return publish(settings.DATA_DIR)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deposit"


def left_in(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir() if path.name != "data")


def test_the_package_is_whole_and_its_own_program_says_so(pictures_dir: Path, folder: Path) -> None:
    made = export(folder, pictures_dir)

    status, sentences = verify_package(folder)
    assert status == 0, sentences
    lines = len(list(log_lines(alias="default")))
    assert sentences == [
        f"All is whole: {RELEASES} releases, {RELEASES} documents, 1 pictures, {lines} lines of the run log.",
        f"The last release is {RELEASES}, with the digest {made.digest}.",
        f"manifest.json has the digest {made.manifest}.",
        "Compare both digests with those noted when the package was handed over.",
    ]
    assert (made.releases, made.documents, made.pictures, made.runlog) == (RELEASES, RELEASES, 1, lines)
    assert (made.number, made.digest) == LedgerReader().chain_end()
    assert made.manifest == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert made.lost == ()


def test_it_holds_the_chain_the_documents_the_pictures_and_the_run_log_as_they_were_kept(
    pictures_dir: Path, folder: Path
) -> None:
    export(folder, pictures_dir)

    rows = rows_of(folder)
    assert [row["number"] for row in rows] == list(range(1, RELEASES + 1))
    assert [chained(row) for row in rows] == rows
    for row in LedgerDocument.objects.all():
        kept = folder / "documents" / row.digest[:2] / f"{row.digest}.json"
        assert kept.read_bytes() == bytes(row.bytes)
    originals = {path.relative_to(pictures_dir / "originals") for path in pictures_dir.glob("originals/*/*")}
    assert {path.relative_to(folder / "pictures") for path in folder.glob("pictures/*/*")} == originals
    logged = [(line.path, line.what, line.digest, line.record_number) for line in log_lines(alias="default")]
    told = [
        (line["path"], line["what"], line["digest"], line["record_number"]) for line in rows_of(folder, "runlog.jsonl")
    ]
    assert told == logged
    assert {number for *_, number in told} == {4, 7}
    assert {what for _, what, *_ in told} == {"put", "gone", "moved"}


def test_the_manifest_is_canonical_and_names_every_other_file(pictures_dir: Path, folder: Path) -> None:
    export(folder, pictures_dir)
    manifest = manifest_of(folder)
    assert (folder / "manifest.json").read_bytes() == canonical_bytes(manifest) + b"\n"
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    del found["manifest.json"]
    assert {each["path"]: (each["size"], each["sha256"]) for each in manifest["files"]} == {
        name: (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()) for name, path in found.items()
    }
    assert (manifest["paper"], manifest["exported_at"]) == ("The Test Post", "2026-03-04T05:06:07.000000Z")


def test_the_verifier_is_ours_byte_for_byte_and_needs_nothing_but_python_3_9(pictures_dir: Path, folder: Path) -> None:
    export(folder, pictures_dir)
    source = (folder / "verify.py").read_bytes()
    assert source == files("broadsheet.ledger.deposit").joinpath("verify.py").read_bytes()
    tree = ast.parse(source, feature_version=(3, 9))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_empty_ledger_makes_a_whole_package(folder: Path, tmp_path: Path) -> None:
    made = export(folder, tmp_path / "pictures")
    assert (made.number, made.digest) == (0, "0" * 64)
    assert verify_package(folder)[0] == 0


def test_an_empty_folder_is_filled_and_one_that_holds_something_is_refused(pictures_dir: Path, folder: Path) -> None:
    folder.mkdir()
    export(folder, pictures_dir)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    with pytest.raises(DepositRefused, match=r"deposit is not empty; name a new one\.$"):
        export(folder, pictures_dir)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_file_or_a_folder_in_no_folder_is_refused(pictures_dir: Path, folder: Path) -> None:
    folder.write_text("a file")
    with pytest.raises(DepositRefused, match="is not a folder"):
        export(folder, pictures_dir)
    with pytest.raises(DepositRefused, match="make it first"):
        export(folder.parent / "nowhere" / "deposit", pictures_dir)
    assert folder.read_text() == "a file"


def test_a_full_disk_leaves_nothing_behind(pictures_dir: Path, folder: Path) -> None:
    assert max(path.stat().st_size for path in pictures_dir.glob("originals/*/*")) > 40_000
    told = r"was not written to .*deposit: File too large\. Nothing"
    with files_of_at_most(40_000), pytest.raises(DepositFailed, match=told):
        export(folder, pictures_dir)
    assert left_in(folder.parent) == []


def test_an_export_that_dies_leaves_nothing_behind(pictures_dir: Path, folder: Path) -> None:
    def stop(number: int) -> None:
        assert left_in(folder.parent) != []
        if number == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(folder, pictures_dir, walked=stop)
    assert left_in(folder.parent) == []


def test_queries_do_not_grow_with_the_releases_and_batches_are_seamless(
    pictures_dir: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for number in (1, 40):
        for _ in range(number):
            released(a_story())
        with CaptureQueriesContext(connection) as captured:
            export(folder.with_name(f"of-{number}"), pictures_dir)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    monkeypatch.setattr(exporting, "BATCH", 2)
    export(folder, pictures_dir)
    assert (folder / "manifest.json").read_bytes() == (folder.with_name("of-40") / "manifest.json").read_bytes()


def test_an_original_and_a_document_that_are_lost_are_told_and_named_by_the_verifier(
    pictures_dir: Path, folder: Path
) -> None:
    (original,) = pictures_dir.glob("originals/*/*")
    original.unlink()
    digest = LedgerReader().record(5).document_digest
    with guards_lifted():
        LedgerDocument.objects.filter(digest=digest).delete()
    made = export(folder, pictures_dir)
    assert [sentence.partition(" (")[0] for sentence in made.lost] == [
        "The original of the picture of release 3",
        "The document of release 5",
    ]
    status, sentences = verify_package(folder)
    assert status == 1
    assert [sentence.partition(" (")[0] for sentence in sentences[:-1]] == [
        "The original of the picture of release 3",
        "The document of release 5",
    ]


@pytest.mark.parametrize("name", ["../../../secret", "/etc/passwd", "ab" * 31 + "/x"])
def test_a_digest_somebody_made_up_leads_out_of_no_folder(pictures_dir: Path, folder: Path, name: str) -> None:
    kept = LedgerReader().record(3).document_digest
    with guards_lifted():
        row = LedgerDocument.objects.get(digest=kept)
        (original,) = pictures_dir.glob("originals/*/*")
        row.bytes = bytes(row.bytes).replace(original.name.encode(), name.encode())
        row.save()
    made = export(folder, pictures_dir)
    assert made.lost[0].endswith("The document names no original.")
    assert list(folder.glob("pictures/*/*")) == []
    assert any("document of release 3" in sentence for sentence in verify_package(folder)[1])


@pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])
def test_the_package_is_of_one_moment_and_keeps_nobody_waiting(
    tmp_path: Path, folder: Path, settings: Settings
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    for _ in range(2):
        released(a_story())
    press(settings.DATA_DIR, snapshot="snapshot")

    def act() -> None:
        try:
            released(a_story())
            press(settings.DATA_DIR, snapshot="snapshot")
        finally:
            connections.close_all()

    def act_meanwhile(_: int) -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(act).result(timeout=10)

    made = export(folder, tmp_path, alias="snapshot", walked=act_meanwhile)
    assert (made.releases, made.number, LedgerReader().last_number()) == (2, 2, 4)
    assert verify_package(folder)[0] == 0
