"""Whatever is done to a deposit package, one thing at a time, its verifier finds and names it."""

from __future__ import annotations

import importlib.util
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.plain.canonical import sha256_hex
from tests.factories.deposit import (
    chained,
    export,
    forge_manifest,
    manifest_of,
    publish,
    rows_of,
    verify_package,
    write_manifest,
    write_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The package of a paper with seven releases, whole."""
    settings.DATA_DIR, settings.PICTURES_DIR = tmp_path, tmp_path / "pictures"
    export(tmp_path / "deposit", publish(tmp_path))
    return tmp_path / "deposit"


def flip(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    assert len(old) == len(new)
    path.write_bytes(data.replace(old, new, 1))


def document(folder: Path, number: int) -> Path:
    digest = rows_of(folder)[number - 1]["document_digest"]
    return folder / "documents" / digest[:2] / f"{digest}.json"


def original(folder: Path) -> Path:
    (found,) = folder.glob("pictures/*/*")
    return found


def rows_changed(change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Callable[[Path], None]:
    return lambda folder: write_rows(folder, change(rows_of(folder)))


def rewritten(rows: list[dict[str, Any]], number: int, **fields: Any) -> list[dict[str, Any]]:
    """Change a row and give it the digest that fits."""
    return [chained(row | fields) if row["number"] == number else row for row in rows]


def renumbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Exchange rows 4 and 5, their numbers too."""
    return [*rows[:3], rows[4] | {"number": 4}, rows[3] | {"number": 5}, *rows[5:]]


def a_byte_in_a_picture(folder: Path) -> None:
    data = bytearray(original(folder).read_bytes())
    data[-1] ^= 1
    original(folder).write_bytes(data)


def a_link_for_a_picture(folder: Path) -> None:
    shutil.copy(original(folder), folder.parent / "elsewhere")
    picture = original(folder)
    picture.unlink()
    picture.symlink_to(folder.parent / "elsewhere")


def a_line_twice_in_the_run_log(folder: Path) -> None:
    lines = rows_of(folder, "runlog.jsonl")
    write_rows(folder, [*lines, lines[-1]], "runlog.jsonl")


def an_end_cut_off_and_a_manifest_forged(folder: Path) -> None:
    rows = rows_of(folder)
    for path in (document(folder, 6), document(folder, 7)):
        path.unlink()
    write_rows(folder, rows[:5])
    forge_manifest(folder)


def a_last_row_rewritten_and_a_manifest_forged(folder: Path) -> None:
    write_rows(folder, rewritten(rows_of(folder), 7, released_by="someone"))
    forge_manifest(folder)


def a_document_replaced_and_a_manifest_forged(folder: Path) -> None:
    flip(document(folder, 5), b"Ferry runs late", b"Ferry runs fast")
    forge_manifest(folder)


def a_document_replaced_and_its_row_and_a_manifest_forged(folder: Path) -> None:
    flip(document(folder, 5), b"Ferry runs late", b"Ferry runs fast")
    data = document(folder, 5).read_bytes()
    digest = sha256_hex(data)
    document(folder, 5).unlink()
    write_rows(folder, rewritten(rows_of(folder), 5, document_digest=digest))
    document(folder, 5).parent.mkdir(exist_ok=True)
    document(folder, 5).write_bytes(data)
    forge_manifest(folder)


def a_file_taken_out_of_a_forged_manifest(folder: Path) -> None:
    manifest = manifest_of(folder)
    named = [each for each in manifest["files"] if each["path"] != "runlog.jsonl"]
    write_manifest(folder, manifest | {"files": named})


def a_file_outside_in_a_forged_manifest(folder: Path) -> None:
    manifest = manifest_of(folder)
    outside = {"path": "../../secret", "sha256": "0" * 64, "size": 1}
    write_manifest(folder, manifest | {"files": [*manifest["files"], outside]})


def a_document_nobody_released_in_a_forged_manifest(folder: Path) -> None:
    digest = sha256_hex(b"{}")
    (folder / "documents" / digest[:2]).mkdir(exist_ok=True)
    (folder / "documents" / digest[:2] / f"{digest}.json").write_bytes(b"{}")
    forge_manifest(folder)


TAMPERING: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte in a row": (
        lambda folder: flip(folder / "releases.jsonl", b'"released_by":"lan"', b'"released_by":"lam"'),
        "Release 1 (urn:broadsheet:paper:paper, mul, version 1) was changed after it was written.",
    ),
    "a byte that breaks a row": (
        lambda folder: flip(folder / "releases.jsonl", b'"locale":"en"', b'"locale":"en '),
        "Line 2 of releases.jsonl cannot be read as a release",
    ),
    "a space in a row": (
        lambda folder: flip(folder / "releases.jsonl", b'"number":3', b'"number": '),
        "Line 3 of releases.jsonl cannot be read as a release",
    ),
    "a byte in a document": (
        lambda folder: flip(document(folder, 5), b"Ferry runs late", b"Ferry runs fast"),
        "The document of release 5 (",
    ),
    "a byte in a picture": (a_byte_in_a_picture, "The original of the picture of release 3 ("),
    "a byte in the run log": (
        lambda folder: flip(folder / "runlog.jsonl", b'"what":"gone"', b'"what":"lost"'),
        "runlog.jsonl was changed after it was written",
    ),
    "a noted digest in the run log": (
        lambda folder: flip(folder / "runlog.jsonl", b'"record_digest":"', b'"record_digest": '),
        "Line 1 of runlog.jsonl cannot be read",
    ),
    "a line twice in the run log": (a_line_twice_in_the_run_log, "runlog.jsonl was changed after it was written"),
    "a row deleted": (rows_changed(lambda rows: rows[:3] + rows[4:]), "Release 4 is missing from releases.jsonl."),
    "a row inserted twice": (
        rows_changed(lambda rows: [*rows[:4], rows[3], *rows[4:]]),
        "Line 5 of releases.jsonl holds release 4 (",
    ),
    "two rows exchanged": (
        rows_changed(lambda rows: [*rows[:3], rows[4], rows[3], *rows[5:]]),
        "after release 5: the order was changed.",
    ),
    "two rows exchanged with their numbers": (rows_changed(renumbered), "was changed after it was written."),
    "the last rows cut off": (
        rows_changed(lambda rows: rows[:5]),
        "Releases 6 to 7 are missing from releases.jsonl: the end of the chain was cut off.",
    ),
    "all rows gone": (rows_changed(lambda _: []), "Releases 1 to 7 are missing from releases.jsonl"),
    "a row rewritten with a digest that fits": (
        rows_changed(lambda rows: rewritten(rows, 3, released_by="someone")),
        "is not chained to the release before it: that one was replaced.",
    ),
    "the last row rewritten with a digest that fits": (
        rows_changed(lambda rows: rewritten(rows, 7, released_by="someone")),
        "The last release, 7, has another digest in the manifest than in the chain.",
    ),
    "a row added with a digest that fits": (
        rows_changed(lambda rows: [*rows, chained(rows[-1] | {"number": 8, "previous_digest": rows[-1]["digest"]})]),
        "The chain ends with release 8, and the manifest with release 7.",
    ),
    "a document missing": (lambda folder: document(folder, 4).unlink(), "The document of release 4 ("),
    "a picture missing": (lambda folder: original(folder).unlink(), "The original of the picture of release 3 ("),
    "a link for a picture": (a_link_for_a_picture, "The original of the picture of release 3 ("),
    "the run log missing": (lambda folder: (folder / "runlog.jsonl").unlink(), "runlog.jsonl is missing."),
    "the chain missing": (lambda folder: (folder / "releases.jsonl").unlink(), "releases.jsonl is missing: "),
    "the words missing": (lambda folder: (folder / "README.txt").unlink(), "README.txt is missing."),
    "a stray file": (
        lambda folder: (folder / "documents" / "note.txt").write_text("psst"),
        "documents/note.txt does not belong to the package",
    ),
    "a stray link": (
        lambda folder: (folder / "more").symlink_to(folder.parent),
        "more does not belong to the package",
    ),
    "the verifier changed": (
        lambda folder: flip(folder / "verify.py", b"Package", b"Pockage"),
        "verify.py was changed after it was written",
    ),
    "the manifest missing": (lambda folder: (folder / "manifest.json").unlink(), "manifest.json is missing"),
    "the manifest edited": (
        lambda folder: flip(folder / "manifest.json", b"The Test Post", b"The Best Post"),
        "manifest.json was changed after it was written: its own digest does not fit.",
    ),
    "the manifest broken": (
        lambda folder: flip(folder / "manifest.json", b'"files":[{', b'"files":[ '),
        "manifest.json is not as Broadsheet wrote it",
    ),
    "an end cut off and a manifest forged": (
        an_end_cut_off_and_a_manifest_forged,
        "noted release 7, and the chain ends with release 5: its end was cut off.",
    ),
    "a last row rewritten and a manifest forged": (
        a_last_row_rewritten_and_a_manifest_forged,
        "noted release 7 with another digest than it has in the chain",
    ),
    "a document replaced and a manifest forged": (
        a_document_replaced_and_a_manifest_forged,
        "The document of release 5 (",
    ),
    "a document replaced, its row and a manifest forged": (
        a_document_replaced_and_its_row_and_a_manifest_forged,
        "Release 6 (",
    ),
    "a file taken out of a forged manifest": (
        a_file_taken_out_of_a_forged_manifest,
        "manifest.json does not name runlog.jsonl.",
    ),
    "a file outside in a forged manifest": (
        a_file_outside_in_a_forged_manifest,
        "manifest.json names ../../secret, which is no file of a deposit package.",
    ),
    "a document nobody released in a forged manifest": (
        a_document_nobody_released_in_a_forged_manifest,
        "is named by no release",
    ),
    "a count in a forged manifest": (
        lambda folder: write_manifest(
            folder, manifest_of(folder) | {"counts": manifest_of(folder)["counts"] | {"pictures": 2}}
        ),
        "manifest.json counts 2 of pictures, and there are 1.",
    ),
    "an end far away in a forged manifest": (
        lambda folder: write_manifest(folder, manifest_of(folder) | {"chain": {"digest": "0" * 64, "number": 10**15}}),
        "Releases 8 to 1000000000000000 are missing",
    ),
}


#: How many sentences it takes, where it is not one.
SENTENCES = {
    "a byte that breaks a row": 2,
    "a space in a row": 2,
    "two rows exchanged with their numbers": 3,
}


@pytest.mark.parametrize("tampering", TAMPERING)
def test_it_is_found_and_named(folder: Path, tampering: str) -> None:
    program = folder.parent / "verify.py"
    shutil.copy(folder / "verify.py", program)
    assert verify_package(folder, program)[0] == 0
    tamper, words = TAMPERING[tampering]
    tamper(folder)
    status, sentences = verify_package(folder, program)
    assert status == 1
    assert any(words in sentence for sentence in sentences[:-1]), sentences
    assert len(sentences) - 1 == SENTENCES.get(tampering, 1), sentences
    assert sentences[-1] == f"The package is damaged: {len(sentences) - 1} found."


def test_any_flipped_bit_in_any_file_is_found(folder: Path) -> None:
    damages = loaded(folder / "verify.py")
    assert damages(folder) == []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        for place in {0, len(whole) // 3, len(whole) // 2, len(whole) - 1}:
            changed = bytearray(whole)
            changed[place] ^= 4
            path.write_bytes(changed)
            assert damages(folder) != [], f"byte {place} of {path}"
        path.write_bytes(whole)
    assert damages(folder) == []


def loaded(program: Path) -> Callable[[Path], list[str]]:
    """Load the program once, to ask it often."""
    spec = importlib.util.spec_from_file_location("verify_deposit", program)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    shutil.rmtree(program.parent / "__pycache__", ignore_errors=True)
    return lambda folder: list(module.Package(folder).damages())


def test_a_forger_without_a_sound_manifest_prints_nothing_that_moves_the_cursor(folder: Path) -> None:
    rows = rows_of(folder)
    write_rows(folder, rewritten(rows, 2, subject="urn:\x1b[2J\nAll is whole: ho ho \ud7ff"))
    status, sentences = verify_package(folder)
    assert status == 1
    assert not any(sentence.startswith("All is whole") or "\x1b" in sentence for sentence in sentences)


def test_a_folder_that_is_not_there_is_one_sentence(folder: Path) -> None:
    assert verify_package(folder.parent / "nowhere", folder / "verify.py") == (
        2,
        [f"There is no folder {folder.parent / 'nowhere'}."],
    )


def test_what_is_no_file_of_its_own_is_missing(folder: Path) -> None:
    (folder / "README.txt").unlink()
    os.mkfifo(folder / "README.txt")
    assert verify_package(folder)[1][0] == "README.txt is missing."
    (folder / "runlog.jsonl").unlink()
    (folder / "runlog.jsonl").symlink_to("runlog.jsonl")
    assert "runlog.jsonl is missing." in verify_package(folder)[1]
