"""A small paper that was released and pressed, its deposit package, and hands that change a package."""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from broadsheet.edition.composer import EditionComposer
from broadsheet.ledger.exporting import Deposit, export_ledger
from broadsheet.ledger.pictures import keep_original
from broadsheet.ledger.values import Act
from broadsheet.plain.canonical import canonical_bytes, sha256_hex
from broadsheet.plain.times import utc_now
from broadsheet.press import actions
from broadsheet.press.stores import MemoryStore
from tests.factories.ledger import (
    NOW,
    VI,
    a_paper,
    a_picture,
    a_picture_use,
    a_section,
    a_story,
    changed,
    released,
    withdrawn,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Releases of ``publish``, and how many documents they have: a withdrawal keeps one of its own.
RELEASES = 7


def publish(data_dir: Path) -> Path:
    """Release 1 paper, 2 section, 3 picture, 4 story, press; 5 update, 6 in Vietnamese, 7 its withdrawal, press.

    Return the folder of pictures.
    """
    pictures_dir = data_dir / "pictures"
    drawing = BytesIO()
    Image.effect_noise((320, 240), 90).save(drawing, "PNG")
    original = keep_original(data=drawing.getvalue(), pictures_dir=pictures_dir)
    picture = a_picture(original=original.digest, media_type="image/png", width_px=320, height_px=240)
    story = a_story(headline="Số ca mắc tăng 4,5 %", lead=a_picture_use(picture.subject))
    for document in (a_paper(), a_section(), picture, story):
        released(document)
    press(data_dir)
    released(changed(story, headline="Ferry runs late"), act=Act.UPDATE)
    vietnamese = changed(story, locale=VI)
    released(vietnamese)
    withdrawn(vietnamese)
    press(data_dir)
    return pictures_dir


def press(data_dir: Path, *, snapshot: str = "default") -> None:
    """Press what is due into memory, with the real edition."""
    actions.press_due(
        press=actions.Press(
            composer=EditionComposer(), store=MemoryStore(), data_dir=data_dir, clock=utc_now, snapshot=snapshot
        )
    )


def export(
    folder: Path, pictures_dir: Path, *, alias: str = "default", walked: Callable[[int], None] | None = None
) -> Deposit:
    """Export at a fixed moment."""
    return export_ledger(
        folder=folder, pictures_dir=pictures_dir, paper="The Test Post", now=NOW, alias=alias, walked=walked
    )


def verify_package(folder: Path, program: Path | None = None) -> tuple[int, list[str]]:
    """Run the program in the package as a stranger would, without Broadsheet in reach; return status and sentences."""
    words = [sys.executable, "-I", "-S", str(program or folder / "verify.py"), str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False, cwd="/", env={})
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def rows_of(folder: Path, name: str = "releases.jsonl") -> list[dict[str, Any]]:
    """Return the lines of a file as values."""
    return [json.loads(line) for line in (folder / name).read_bytes().splitlines()]


def write_rows(folder: Path, rows: list[dict[str, Any]], name: str = "releases.jsonl") -> None:
    """Write the lines again, each as Broadsheet writes it."""
    (folder / name).write_bytes(b"".join(canonical_bytes(row) + b"\n" for row in rows))


def chained(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with the digest it must have, worked out apart from the code under test."""
    own = {name: value for name, value in row.items() if not name.endswith("digest")}
    data = row["previous_digest"].encode() + canonical_bytes(own) + row["document_digest"].encode()
    return row | {"digest": sha256_hex(data)}


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return the manifest."""
    return json.loads((folder / "manifest.json").read_bytes())


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest with a digest of its own that fits: what a careful forger would do."""
    whole = {name: value for name, value in manifest.items() if name != "sha256"}
    data = canonical_bytes(whole | {"sha256": sha256_hex(canonical_bytes(whole))})
    (folder / "manifest.json").write_bytes(data + b"\n")


def forge_manifest(folder: Path) -> None:
    """Make the manifest fit whatever the folder holds now."""
    rows = rows_of(folder)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "manifest.json"]
    entries = [
        {
            "path": path.relative_to(folder).as_posix(),
            "sha256": sha256_hex(path.read_bytes()),
            "size": path.stat().st_size,
        }
        for path in files
    ]
    counts = {
        "documents": len(list(folder.glob("documents/*/*"))),
        "pictures": len(list(folder.glob("pictures/*/*"))),
        "releases": len(rows),
        "runlog": len(rows_of(folder, "runlog.jsonl")),
    }
    chain = {"digest": rows[-1]["digest"], "number": rows[-1]["number"]}
    write_manifest(folder, manifest_of(folder) | {"files": entries, "counts": counts, "chain": chain})
