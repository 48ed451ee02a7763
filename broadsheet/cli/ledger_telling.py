"""Prints what the ledger answers: words for people, JSON lines for machines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import typer
from django.conf import settings
from rich.console import Console
from rich.progress import Progress

from broadsheet.desk.actions import remnants
from broadsheet.ledger.documents import decode_ninjs
from broadsheet.ledger.erasing import erasures
from broadsheet.ledger.exporting import export_ledger
from broadsheet.ledger.handing_out import copies_holding, note_handed_out
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act
from broadsheet.ledger.verifying import verify
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.ledger.erasing import Erasure
    from broadsheet.ledger.exporting import Deposit
    from broadsheet.ledger.values import ReleaseRecord
    from broadsheet.plain.locales import Locale
    from broadsheet.plain.urns import Urn


def tell_damages(*, as_json: bool) -> int:
    """Print each damage as it is found, then what was erased by order, and how much was looked at.

    Return how many damages there were.
    """
    found = 0
    total = LedgerReader().last_number()
    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        walk = progress.add_task("Verifying", total=total)
        for damage in verify(walked=lambda number: progress.update(walk, completed=number)):
            found += 1
            typer.echo(_json(damage) if as_json else damage.sentence)
    told = [_erasure(each) for each in erasures()]
    for each in told:
        typer.echo(
            _json(each) if as_json else "{documents} documents of {subject} ({locale}) were {told}.".format(**each)
        )
    if as_json:
        typer.echo(_json({"releases": total, "damages": found, "erasures": len(told)}))
    elif not found:
        typer.echo(f"The ledger is whole: {total} releases, none changed, none missing.")
    return found


def tell_remnants(*, as_json: bool) -> int:
    """Print what erasures still have to take from the disk. Return how much that is."""
    left = remnants()
    for remnant in left:
        typer.echo(_json({"remnant": remnant}) if as_json else f"Erased by order, and still there: {remnant}.")
    return len(left)


def tell_versions(*, subject: Urn, only: Locale | None, with_document: bool, as_json: bool) -> bool:
    """Print every version, one locale after the other. Return whether there was any."""
    reader = LedgerReader()
    told = False
    for locale in [only] if only else reader.locales(subject):
        records = reader.versions(subject, locale)
        if not records:
            continue
        told = True
        if not as_json:
            typer.echo(f"{subject} ({locale})")
        for record in records:
            typer.echo(_json(record) if as_json else _line(record))
        _tell_erasure(subject, records[-1], as_json=as_json)
        if with_document:
            _tell_document(reader, records[-1], as_json=as_json)
    return told


def _tell_erasure(subject: Urn, last: ReleaseRecord, *, as_json: bool) -> None:
    """Print which order erased the subject, and which copies still hold what it was; nothing where none did."""
    for erasure in erasures(numbers=[last.number]) if last.act is Act.ERASE else ():
        copies = copies_holding(subject, last.locale)
        if as_json:
            typer.echo(_json({**_erasure(erasure), "copies": [copy._asdict() for copy in copies]}))
            continue
        typer.echo(f"  {len(erasure.document.erased)} documents were {erasure.sentence()}.")
        for copy in copies:
            typer.echo(f"  {copy.sentence()}, still holds them: call it back.")


def _erasure(erasure: Erasure) -> dict[str, Any]:
    document = erasure.document
    return {
        "subject": document.subject,
        "locale": document.locale,
        "documents": len(document.erased),
        "number": erasure.number,
        "reference": document.reference,
        "told": erasure.sentence(),
    }


def tell_export(*, folder: Path, as_json: bool) -> int:
    """Export, and print what was exported. Return how much the ledger lacks."""
    errors, now = Console(stderr=True), utc_now()
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        walk = progress.add_task("Exporting", total=LedgerReader().last_number())
        made = export_ledger(
            folder=folder,
            pictures_dir=Path(settings.PICTURES_DIR),
            paper=settings.CONFIGURATION.paper.name,
            now=now,
            walked=lambda number: progress.update(walk, completed=number),
        )
    note_handed_out(kind="export", path=folder.resolve(), number=made.number, now=now)
    if as_json:
        typer.echo(_json(made))
    else:
        for sentence in (*made.lost, *_export_lines(made)):
            typer.echo(sentence)
    return len(made.lost)


def _export_lines(made: Deposit) -> Iterator[str]:
    yield (
        f"{made.folder} holds {made.releases} releases, {made.documents} documents, {made.pictures} pictures and "
        f"{made.runlog} lines of the run log."
    )
    if made.erased:
        yield f"{made.erased} documents are not in it: they were erased by order, which its own documents say."
    yield f"The last release is {made.number}, with the digest {made.digest}."
    yield f"manifest.json has the digest {made.manifest}."
    yield "Note both digests where nobody who can change the package can change them."


def _line(record: ReleaseRecord) -> str:
    moment = record.released_at.strftime("%Y-%m-%d %H:%M:%S UTC")
    return (
        f"  {record.number:>8}  {record.act.value:<8}  version {record.version:<3}  {moment}  "
        f"{record.released_by:<16}  {record.digest}"
    )


def _tell_document(reader: LedgerReader, record: ReleaseRecord, *, as_json: bool) -> None:
    envelope = reader.envelope(record.document_digest)
    told = {
        "subject": record.subject,
        "locale": record.locale,
        "digest": record.document_digest,
        "document": reader.document(record.document_digest),
        "ninjs": decode_ninjs(envelope),
    }
    typer.echo(_json(told) if as_json else msgspec.json.format(_json(told), indent=2))


def _json(value: Any) -> str:  # noqa: ANN401 - any Struct or JSON value
    return msgspec.json.encode(value).decode()
