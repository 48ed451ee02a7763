"""Small backups as the room makes them, and files that were made to harm."""

from __future__ import annotations

import hashlib
import io
import tarfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from broadsheet.keeping.packing import Source, pack
from broadsheet.keeping.unpacking import check, opened
from broadsheet.keeping.values import HEAD_NAME, Head, LedgerEnd, Member

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PRODUCT = "1.2.3"
FILES = {
    "broadsheet.toml": b"[paper]\n",
    "database.sqlite3.gz": b"database" * 200,
    "theme/a/b.html": b"<p>",
    "originals/ab/abcd": b"\xff\xd8" * 700,
    "media/images/thuy\xean.jpg": b"",
}
HEAD = Head(
    product=PRODUCT,
    engine="sqlite",
    paper="The Harbour Post",
    made_at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
    ledger=LedgerEnd(12, "ab" * 32),
    database_size=4096,
)


def packed(folder: Path, **head: object) -> Path:
    """Return a backup of ``FILES``, with another head where the test says so."""
    sources = []
    for number, (name, data) in enumerate(FILES.items()):
        path = folder / f"source-{number}"
        path.write_bytes(data)
        sources.append(Source(name, path))
    file = folder / "paper.tar"
    pack(sources=sources, head=msgspec.structs.replace(HEAD, **head), to=file, packed=lambda _: None)
    return file


def forged(
    folder: Path, entries: Iterable[tuple[tarfile.TarInfo, bytes]] = (), *, listed: Iterable[Member] = ()
) -> Path:
    """Return a backup of ``FILES`` and these entries, which the head lists too unless they are given as ``listed``."""
    file, made = folder / "forged.tar", list(entries)
    members = [Member(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in FILES.items()]
    members += listed or [Member(entry.name, len(data), hashlib.sha256(data).hexdigest()) for entry, data in made]
    with tarfile.open(file, "w", format=tarfile.PAX_FORMAT) as tar:
        for name, data in FILES.items():
            tar.addfile(entry_of(name, len(data)), io.BytesIO(data))
        for entry, data in made:
            tar.addfile(entry, io.BytesIO(data))
        head = msgspec.json.encode(msgspec.structs.replace(HEAD, files=tuple(members)))
        tar.addfile(entry_of(HEAD_NAME, len(head)), io.BytesIO(head))
    return file


def entry_of(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE, **fields: object) -> tarfile.TarInfo:
    """Return the header of one file."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.type = size, kind
    for field, value in fields.items():
        setattr(entry, field, value)
    return entry


def read_back(file: Path) -> dict[str, bytes]:
    """Return what is in a backup, once it is checked."""
    with opened(file, product=PRODUCT) as backup:
        check(backup, read=lambda _: None)
        found = {}
        for member in backup.head.files:
            with backup.open(member.name) as data:
                found[member.name] = data.read(1024 * 1024)
        return found
