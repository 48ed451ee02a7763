"""What the derived tables must hold, worked out from the ledger alone, some hundred subjects at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import connection

from broadsheet.ledger.documents import decode_document
from broadsheet.ledger.errors import BadDocument
from broadsheet.ledger.models import Current, LedgerDocument, Placement, Release
from broadsheet.ledger.projecting import current_after, placements_after
from broadsheet.ledger.records import bytes_of, record_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet.ledger.values import Document, ReleaseRecord

#: Subjects, or rows, in one query: few enough for SQLite's limit of variables, enough to spare round trips.
BATCH: Final = 500

#: A subject in one locale.
Place = tuple[str, str]


class Derived(NamedTuple):
    """The rows one subject must have in one locale, not saved."""

    current: Current
    placements: list[Placement]


def rebuild() -> None:
    """Empty ``Current`` and ``Placement`` and write them anew. The caller holds the chain lock.

    Raises: BadDocument where a document cannot be read.
    """
    with connection.cursor() as cursor:
        # In one statement: QuerySet.delete() would first load every row, a listener of Wagtail's wants them.
        cursor.execute("DELETE FROM ledger_current")
        cursor.execute("DELETE FROM ledger_placement")
    for subjects in subject_batches():
        histories = rows_by_place(subjects)
        documents = documents_of({rows[-1].document_digest for rows in histories.values()})
        derived = [
            derive([record_of(row) for row in rows], document=documents[rows[-1].document_digest])
            for rows in histories.values()
        ]
        Current.objects.bulk_create([one.current for one in derived])
        Placement.objects.bulk_create([row for one in derived for row in one.placements])


def derive(history: Sequence[ReleaseRecord], *, document: Document) -> Derived:
    """Return what the derived tables must hold after these releases of one subject in one locale.

    Shapes: the history oldest first, not empty; the document is that of its last release: no column depends on an
    earlier one.
    """
    first, *later = history
    current = current_after(None, record=first, document=document)
    for record in later:
        current = current_after(current, record=record, document=document)
    return Derived(current, placements_after(record=history[-1], document=document))


def subject_batches(alias: str = "default") -> Iterator[list[str]]:
    """Yield every subject of the ledger once, in batches, sorted."""
    rows = Release.objects.using(alias).order_by("subject").values_list("subject", flat=True).distinct()
    batch = list(rows[:BATCH])
    while batch:
        yield batch
        batch = list(rows.filter(subject__gt=batch[-1])[:BATCH])


def rows_by_place(subjects: Iterable[str], alias: str = "default") -> dict[Place, list[Release]]:
    """Return the releases of these subjects, by subject and locale, oldest first."""
    histories: dict[Place, list[Release]] = defaultdict(list)
    for row in Release.objects.using(alias).filter(subject__in=subjects).order_by("number"):
        histories[row.subject, row.locale].append(row)
    return histories


def documents_of(digests: set[str]) -> dict[str, Document]:
    """Return every one of these documents by digest.

    Raises: BadDocument where one is missing or cannot be read.
    """
    found = {row.digest: decode_document(bytes_of(row)) for row in LedgerDocument.objects.filter(digest__in=digests)}
    if lost := digests - found.keys():
        msg = f"The ledger has no document {min(lost)}."
        raise BadDocument(msg)
    return found
