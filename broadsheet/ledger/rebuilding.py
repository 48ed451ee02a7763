"""What the derived tables must hold, worked out from the ledger alone, some hundred subjects at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import connection

from broadsheet.ledger.documents import decode_document
from broadsheet.ledger.models import Current, LedgerDocument, Placement, Release
from broadsheet.ledger.projecting import current_after, placements_after
from broadsheet.ledger.records import record_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.ledger.values import Document, ReleaseRecord

#: Subjects, or rows, in one query: few enough for SQLite's limit of variables, enough to spare round trips.
BATCH: Final = 500


class Derived(NamedTuple):
    """The rows one subject must have in one locale, not saved."""

    current: Current
    placements: list[Placement]


def rebuild() -> None:
    """Empty ``Current`` and ``Placement`` and write them anew. The caller holds the chain lock."""
    with connection.cursor() as cursor:
        # In one statement: QuerySet.delete() would first load every row, a listener of Wagtail's wants them.
        cursor.execute("DELETE FROM ledger_current")
        cursor.execute("DELETE FROM ledger_placement")
    for subjects in subject_batches():
        derived = derive(subjects)
        Current.objects.bulk_create([one.current for one in derived])
        Placement.objects.bulk_create([row for one in derived for row in one.placements])


def subject_batches() -> Iterator[list[str]]:
    """Yield every subject of the ledger once, in batches, sorted."""
    after = ""
    while True:
        subjects = Release.objects.filter(subject__gt=after).order_by("subject").values_list("subject", flat=True)
        batch = list(subjects.distinct()[:BATCH])
        if not batch:
            return
        yield batch
        after = batch[-1]


def derive(subjects: Iterable[str]) -> list[Derived]:
    """Return what the derived tables must hold of these subjects.

    Raises: BadDocument where a document is damaged or missing.
    """
    histories: dict[tuple[str, str], list[ReleaseRecord]] = defaultdict(list)
    for row in Release.objects.filter(subject__in=subjects).order_by("number"):
        histories[row.subject, row.locale].append(record_of(row))
    documents = documents_of(history[-1].document_digest for history in histories.values())
    return [_derived(history, documents[history[-1].document_digest]) for history in histories.values()]


def documents_of(digests: Iterable[str]) -> dict[str, Document]:
    """Return the documents by digest; those missing are left out."""
    rows = LedgerDocument.objects.filter(digest__in=set(digests))
    return {row.digest: decode_document(bytes(row.bytes)) for row in rows}


def _derived(history: list[ReleaseRecord], document: Document) -> Derived:
    # Only the last document counts: no column of Current depends on an earlier one.
    current: Current | None = None
    for record in history:
        current = current_after(current, record=record, document=document)
    if current is None:
        msg = "A subject without a release is not in the ledger."
        raise ValueError(msg)
    return Derived(current, placements_after(record=history[-1], document=document))
