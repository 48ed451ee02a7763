"""The deposit package: the whole ledger as plain files, with the means to prove it without Broadsheet.

It is read in one snapshot, release by release, so memory does not grow with the ledger. What the ledger should hold and
does not (a document or an original that is lost) is left out and told, and the verifier names it too: the rest must not
be held back by it. What was erased by order is left out as well, and is not lost: the document of its erasure names it.
"""

from __future__ import annotations

import re
from datetime import datetime
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import msgspec
from django.db import transaction

from broadsheet.ledger.chaining import written_moment
from broadsheet.ledger.documents import decode_document
from broadsheet.ledger.erasing import erased_among
from broadsheet.ledger.errors import BadDocument, PictureMissing
from broadsheet.ledger.models import LedgerDocument, Release
from broadsheet.ledger.packing import new_folder
from broadsheet.ledger.pictures import original_bytes
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.rebuilding import BATCH
from broadsheet.ledger.records import bytes_of
from broadsheet.ledger.values import Act, PictureDocument, ReleaseRecord
from broadsheet.plain.canonical import canonical_bytes
from broadsheet.press.run_log import log_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from broadsheet.ledger.packing import Lines, Parcel

FORMAT: Final = "broadsheet-deposit/1"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class Deposit(msgspec.Struct, frozen=True):
    """What was exported.

    Shapes: ``number`` and ``digest`` are those of the last release, ``manifest`` is the SHA-256 of ``manifest.json``:
    whoever notes both elsewhere can prove the package with them. ``lost`` has a sentence for each thing the ledger
    should hold and does not; ``erased`` counts the documents that are not in it because an order destroyed them.
    """

    folder: str
    releases: int
    documents: int
    pictures: int
    runlog: int
    number: int
    digest: str
    manifest: str
    lost: tuple[str, ...]
    erased: int = 0


def export_ledger(
    *,
    folder: Path,
    pictures_dir: Path,
    paper: str,
    now: datetime,
    alias: str = "snapshot",
    walked: Callable[[int], None] | None = None,
) -> Deposit:
    """Write the deposit package into the folder, which must be new or empty, whole or not at all.

    ``walked`` is told the number of each release once it was written, to show progress.
    Raises: DepositRefused; DepositFailed.
    """
    with new_folder(folder.resolve()) as parcel, transaction.atomic(using=alias):
        for name in ("README.txt", "verify.py"):
            parcel.put(name, files("broadsheet.ledger.deposit").joinpath(name).read_bytes())
        packing = _Packing(parcel, pictures_dir, alias)
        with parcel.open("releases.jsonl") as lines:
            packing.put_releases(lines, walked)
        with parcel.open("runlog.jsonl") as lines:
            packing.put_run_log(lines)
        number, digest = LedgerReader(alias).chain_end()
        counts = packing.counts
        heading = {
            "broadsheet": version("broadsheet"),
            "chain": {"digest": digest, "number": number},
            "counts": counts,
            "exported_at": written_moment(now),
            "format": FORMAT,
            "paper": paper,
        }
        manifest = parcel.seal(heading)
    lost = tuple(packing.lost)
    return Deposit(
        folder=str(folder),
        number=number,
        digest=digest,
        manifest=manifest,
        lost=lost,
        erased=len(packing.erased),
        **counts,
    )


class _Packing:
    """Puts the ledger into a parcel and counts what it put."""

    def __init__(self, parcel: Parcel, pictures_dir: Path, alias: str) -> None:
        self._parcel = parcel
        self._pictures_dir = pictures_dir
        self._alias = alias
        self.counts = {"documents": 0, "pictures": 0, "releases": 0, "runlog": 0}
        self.lost: list[str] = []
        #: Documents destroyed by order, each once.
        self.erased: set[str] = set()

    def put_releases(self, lines: Lines, walked: Callable[[int], None] | None) -> None:
        """Put each row of the chain, and with it what it names."""
        for row, document, is_erased in self._rows():
            lines.write(_line({name: getattr(row, name) for name in ReleaseRecord.__struct_fields__}))
            self.counts["releases"] += 1
            if is_erased:
                self.erased.add(row.document_digest)
            else:
                self._put_document(row, document)
            if walked:
                walked(row.number)

    def put_run_log(self, lines: Lines) -> None:
        """Put each line of the run log."""
        for line in log_lines(alias=self._alias):
            lines.write(_line(line._asdict()))
            self.counts["runlog"] += 1

    def _rows(self) -> Iterator[tuple[Release, bytes | None, bool]]:
        """Yield each row with its document, and whether that was erased."""
        rows = Release.objects.using(self._alias).order_by("number")
        batch = list(rows[:BATCH])
        while batch:
            wanted = {row.document_digest for row in batch}
            kept = LedgerDocument.objects.using(self._alias).filter(digest__in=wanted)
            documents = {row.digest: bytes_of(row) for row in kept}
            erased = erased_among(wanted - documents.keys(), alias=self._alias)
            for row in batch:
                yield row, documents.get(row.document_digest), row.document_digest in erased
            batch = list(rows.filter(number__gt=batch[-1].number)[:BATCH])

    def _put_document(self, row: Release, data: bytes | None) -> None:
        digest, about = row.document_digest, f"release {row.number} ({row.subject}, {row.locale})"
        # A name somebody tampered with must not lead out of the folder.
        if data is None or not _DIGEST.fullmatch(digest):
            self.lost.append(f"The document of {about} is missing from the ledger.")
            return
        path = f"documents/{digest[:2]}/{digest}.json"
        if self._parcel.holds(path):
            return
        self._parcel.put(path, data)
        self.counts["documents"] += 1
        if row.kind != "picture" or row.act == Act.ERASE:
            return
        try:
            self._put_original(decode_document(data))
        except (BadDocument, PictureMissing) as error:
            self.lost.append(f"The original of the picture of {about} is missing: {error}")

    def _put_original(self, document: object) -> None:
        if not isinstance(document, PictureDocument) or not _DIGEST.fullmatch(document.original):
            msg = "The document names no original."
            raise BadDocument(msg)
        path = f"pictures/{document.original[:2]}/{document.original}"
        if not self._parcel.holds(path):
            self._parcel.put(path, original_bytes(digest=document.original, pictures_dir=self._pictures_dir))
            self.counts["pictures"] += 1


def _line(fields: dict[str, Any]) -> bytes:
    moments = {name: written_moment(value) for name, value in fields.items() if isinstance(value, datetime)}
    return canonical_bytes(fields | moments) + b"\n"
