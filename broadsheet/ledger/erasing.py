"""Erasing by order: the one way in which the ledger lets go of documents, and what it can say of those it let go.

The chain is made of digests, so it stands without the bytes. An erasure is a release like any other: its own document
names each document it destroyed, and which order wanted it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from broadsheet.ledger.actions import Deed, append_deed, require_transaction, take_chain_lock
from broadsheet.ledger.documents import decode_document
from broadsheet.ledger.errors import BadDocument, SharedDocument
from broadsheet.ledger.models import Current, ErasedDocument, LedgerDocument, Release
from broadsheet.ledger.records import bytes_of
from broadsheet.ledger.values import Act, ErasureDocument, PageDocument, PictureDocument, ReleaseRecord, StoryDocument
from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.times import to_utc

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from broadsheet.plain.locales import Locale
    from broadsheet.plain.urns import Urn

#: Digests in one statement: few enough for SQLite's limit of variables.
_BATCH = 500


class Erasure(NamedTuple):
    """One erasure, as its own document proves it. ``number`` is its release."""

    number: int
    recorded_at: datetime
    erased_by: str
    document: ErasureDocument

    def sentence(self) -> str:
        """Return what is said in the place of what it destroyed."""
        return f"erased by order “{self.document.reference}” (release {self.number})"


def append_erasure(
    *, subject: Urn, locale: Locale, reference: str, asked_by: str, released_by: str, recorded_at: datetime
) -> ReleaseRecord:
    """Append the erasure, post its notice, and destroy every document of the subject in that locale.

    A subject that was never released can be erased as well: nothing comes of it afterwards. An address stays.
    Raises: NotInTransaction; WasErased; SharedDocument.
    """
    require_transaction()
    take_chain_lock()
    before = Current.objects.filter(subject=subject, locale=locale).first()
    rows = Release.objects.filter(subject=subject, locale=locale).order_by("number")
    digests = tuple(dict.fromkeys(rows.values_list("document_digest", flat=True)))
    _require_own(digests, subject, locale)
    last = decode_document(bytes_of(LedgerDocument.objects.get(digest=before.document_digest))) if before else None
    document = ErasureDocument(
        subject=subject,
        locale=locale,
        reference=reference,
        asked_by=asked_by,
        erased=digests,
        address=last.address if isinstance(last, StoryDocument) else None,
        slug=last.slug if isinstance(last, PageDocument) else None,
    )
    moment = to_utc(recorded_at)
    record = append_deed(Deed(Act.ERASE, document, released_by, moment, moment), before)
    ErasedDocument.objects.bulk_create([ErasedDocument(digest=digest, number=record.number) for digest in digests])
    _destroy(digests)
    return record


def erasures(*, alias: str = "default", numbers: Collection[int] | None = None) -> Iterator[Erasure]:
    """Yield the erasures whose own document is there and whole, oldest first; without numbers all of them."""
    found = Release.objects.using(alias).filter(act=Act.ERASE).order_by("number")
    rows = {row.document_digest: row for row in (found if numbers is None else found.filter(number__in=numbers))}
    for some in _batches(rows):
        kept = {each.digest: each for each in LedgerDocument.objects.using(alias).filter(digest__in=some)}
        for digest in some:
            document = _erasure_in(bytes_of(kept[digest]), rows[digest]) if digest in kept else None
            if document is not None:
                yield Erasure(rows[digest].number, rows[digest].recorded_at, rows[digest].released_by, document)


def erased_among(digests: Collection[str], *, alias: str = "default") -> Mapping[str, Erasure]:
    """Return, of those documents that were erased, by which erasure."""
    named = dict(
        ErasedDocument.objects.using(alias).filter(digest__in=set(digests)).values_list("digest", "number"),
    )
    found = {each.number: each for each in erasures(alias=alias, numbers=set(named.values()))} if named else {}
    return {
        digest: found[number]
        for digest, number in named.items()
        if number in found and digest in found[number].document.erased
    }


def pictures_ever(subject: Urn) -> tuple[PictureDocument, ...]:
    """Return every document the ledger holds of a picture, oldest first; before it is erased."""
    rows = Release.objects.filter(subject=subject).order_by("number").values_list("document_digest", flat=True)
    kept = {row.digest: row for row in LedgerDocument.objects.filter(digest__in=list(rows))}
    documents = [decode_document(bytes_of(kept[digest])) for digest in rows if digest in kept]
    return tuple(document for document in documents if isinstance(document, PictureDocument))


def originals_of_others(originals: Collection[str], *, subject: Urn) -> frozenset[str]:
    """Return those originals that the documents of other pictures name as well. Reads all of them, batch by batch."""
    rows = Release.objects.filter(kind="picture").exclude(subject=subject).order_by("number")
    found: set[str] = set()
    after = 0
    while batch := list(rows.filter(number__gt=after).values_list("number", "document_digest")[:_BATCH]):
        for row in LedgerDocument.objects.filter(digest__in=[digest for _, digest in batch]):
            document = decode_document(bytes_of(row))
            if isinstance(document, PictureDocument):
                found.add(document.original)
        after = batch[-1][0]
    return frozenset(found & set(originals))


def _erasure_in(data: bytes, row: Release) -> ErasureDocument | None:
    """Return the erasure's document; None where its bytes or its row do not fit it."""
    if sha256_hex(data) != row.document_digest:
        return None
    try:
        document = decode_document(data)
    except BadDocument:
        return None
    is_own = (document.subject, document.locale) == (row.subject, row.locale)
    return document if isinstance(document, ErasureDocument) and is_own else None


def _require_own(digests: Collection[str], subject: Urn, locale: Locale) -> None:
    """Raise SharedDocument where another subject has one of the documents: each names its subject, so none should."""
    for some in _batches(digests):
        others = Release.objects.filter(document_digest__in=some).exclude(subject=subject, locale=locale)
        if (other := others.first()) is not None:
            msg = f"{other.subject} ({other.locale}) shares a document with {subject}, so it is not erased."
            raise SharedDocument(msg)


def _destroy(digests: Collection[str]) -> None:
    """Delete the documents. The guard of their table lets go of exactly those ``ErasedDocument`` names."""
    for some in _batches(digests):
        # In SQL: QuerySet.delete() would first load every row, a listener of Wagtail's wants them.
        places = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM ledger_ledgerdocument WHERE digest IN ({places})", some)  # noqa: S608 - placeholders


def _batches(digests: Collection[str]) -> Iterator[list[str]]:
    listed = list(digests)
    for start in range(0, len(listed), _BATCH):
        yield listed[start : start + _BATCH]
