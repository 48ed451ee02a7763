"""Writing to the ledger. Nothing else does.

Every append runs inside the transaction of the act it belongs to, last in it: it holds the chain lock until the
commit, so that numbers have no gap and each release is chained to the one before.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
from django.db import IntegrityError, connection, transaction

from broadsheet.ledger import rebuilding
from broadsheet.ledger.chaining import GENESIS, chain_digest
from broadsheet.ledger.documents import decode_document, encode_document
from broadsheet.ledger.errors import AddressTaken, LedgerError, NothingToRemove, NotInTransaction, WasErased
from broadsheet.ledger.models import Address, Current, LedgerDocument, Placement, Release
from broadsheet.ledger.ninjs import Edition, ninjs_item
from broadsheet.ledger.projecting import current_after, placements_after, state_after
from broadsheet.ledger.records import bytes_of, row_of
from broadsheet.ledger.values import (
    REMOVALS,
    Act,
    Document,
    PageDocument,
    ReleaseRecord,
    Removal,
    State,
    StoryDocument,
)
from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.slugs import Slug, numbered_slug
from broadsheet.plain.times import to_utc
from broadsheet.plain.urns import Urn, kind_of
from broadsheet.press.actions import post_notice
from broadsheet.press.values import Subject

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.plain.locales import Locale

#: PostgreSQL's advisory lock of the chain; any number no other part of the paper takes.
_CHAIN_LOCK: Final = 0x1ED6E7
_SLUG_TRIES: Final = 16


class Deed(NamedTuple):
    """What an act hands to the ledger."""

    act: Act
    document: Document
    released_by: str
    released_at: datetime
    recorded_at: datetime
    removal: Removal | None = None


def append_release(
    *,
    document: Document,
    act: Act,
    released_by: str,
    released_at: datetime,
    recorded_at: datetime,
) -> ReleaseRecord:
    """Append a release, update, correction, restoration or import of the document, and post its notice.

    Units: ``released_at`` is when readers first get this version (the archive's moment for an import),
    ``recorded_at`` is now.
    Raises: NotInTransaction; WasErased; AddressTaken when another subject has the document's slug, or this one another.
    """
    require_transaction()
    if act in REMOVALS:
        msg = f"A {act} is appended with append_removal."
        raise LedgerError(msg)
    take_chain_lock()
    if isinstance(document, StoryDocument):
        _require_address(document, document.address.slug)
    elif isinstance(document, PageDocument):
        _require_address(document, document.slug)
    before = Current.objects.filter(subject=document.subject, locale=document.locale).first()
    return append_deed(Deed(act, document, released_by, to_utc(released_at), to_utc(recorded_at)), before)


def append_removal(
    *,
    subject: Urn,
    locale: Locale,
    act: Act,
    released_by: str,
    recorded_at: datetime,
    removal: Removal | None = None,
) -> ReleaseRecord:
    """Append a withdrawal, kill or takedown, with the document as it last stood, and post its notice.

    Shapes: ``removal`` is what was said, for a kill or takedown. What was withdrawn can still be killed.
    Raises: NotInTransaction; NothingToRemove when the subject stands there already, or was never released in that
    locale, or is withdrawn without being before readers.
    """
    require_transaction()
    if act is Act.ERASE:
        msg = "An erasure is appended with erasing.append_erasure."
        raise LedgerError(msg)
    take_chain_lock()
    there = Current.objects.filter(subject=subject, locale=locale)
    before = there.exclude(state__in=[REMOVALS[act], State.ERASED]).first()
    if before is None or (act is Act.WITHDRAW and before.state != State.RELEASED):
        msg = f"{subject} is not released in {locale!r}, so there is nothing to {act}."
        raise NothingToRemove(msg)
    document = decode_document(bytes_of(LedgerDocument.objects.get(digest=before.document_digest)))
    moment = to_utc(recorded_at)
    return append_deed(Deed(act, document, released_by, moment, moment, removal), before)


def reserve_slug(*, locale: Locale, wanted: Slug, subject: Urn) -> Slug:
    """Return the slug reserved for the subject in that locale: the wanted one, or ``wanted-2``, ``wanted-3`` ...

    A subject that has a slug keeps it, whatever is wanted now: addresses never change.
    """
    slug = wanted
    for _ in range(_SLUG_TRIES):
        kept = Address.objects.filter(locale=locale, subject=subject).first()
        if kept is not None:
            return Slug(kept.slug)
        try:
            with transaction.atomic():
                Address.objects.create(locale=locale, slug=slug, subject=subject)
        except IntegrityError:
            # Another subject has it, or somebody reserved one for this subject since we looked.
            slug = _free_slug(locale, wanted)
        else:
            return slug
    msg = f"No address like {wanted!r} could be reserved in {locale!r}: too many ask for it at once."
    raise AddressTaken(msg)


def rebuild_current() -> None:
    """Write ``Current`` and ``Placement`` anew from the ledger alone, in one transaction."""
    with transaction.atomic():
        take_chain_lock()
        rebuilding.rebuild()


def take_chain_lock() -> None:
    """Wait until no other transaction appends. Held until the end of the transaction.

    On SQLite the transaction itself is the lock: it began with BEGIN IMMEDIATE (decision 0003).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def require_transaction() -> None:
    """Raise NotInTransaction outside an act's own transaction."""
    if not connection.in_atomic_block:
        raise NotInTransaction


def _require_address(document: StoryDocument | PageDocument, slug: Slug) -> None:
    subject, locale = document.subject, document.locale
    for row in Address.objects.filter(locale=locale, slug=slug) | Address.objects.filter(
        locale=locale,
        subject=subject,
    ):
        if row.subject != subject:
            msg = f"The address {slug!r} ({locale}) belongs to {row.subject}."
            raise AddressTaken(msg)
        if row.slug != slug:
            msg = f"{subject} has the address {row.slug!r} ({locale}) and cannot take {slug!r}: addresses stay."
            raise AddressTaken(msg)
        return
    Address.objects.create(locale=locale, slug=slug, subject=subject)


def _free_slug(locale: Locale, wanted: Slug) -> Slug:
    candidates = itertools.chain([wanted], (numbered_slug(wanted, number) for number in itertools.count(2)))
    while True:
        batch = list(itertools.islice(candidates, _SLUG_TRIES))
        taken = set(Address.objects.filter(locale=locale, slug__in=batch).values_list("slug", flat=True))
        free = next((slug for slug in batch if slug not in taken), None)
        if free is not None:
            return free


def append_deed(deed: Deed, before: Current | None) -> ReleaseRecord:
    """Append it, with what follows from it and its notice. The caller holds the chain lock; ``before`` is read under it.

    Raises: WasErased.
    """
    document = deed.document
    if before is not None and before.state == State.ERASED:
        msg = f"{document.subject} ({document.locale}) was erased by order and never comes back."
        raise WasErased(msg)
    version = before.version + 1 if before else 1
    edition = Edition(
        version=version,
        state=state_after(deed.act),
        first_released_at=before.first_released_at if before else deed.released_at,
        released_at=deed.released_at,
    )
    item = ninjs_item(document, edition=edition, removal=deed.removal)
    data = encode_document(document, ninjs=item, removal=deed.removal)
    record = _chained(deed, version=version, document_digest=sha256_hex(data))
    if not LedgerDocument.objects.filter(digest=record.document_digest).exists():
        LedgerDocument.objects.create(digest=record.document_digest, bytes=data)
    row_of(record).save(force_insert=True)
    current_after(before, record=record, document=document).save()
    if before is not None:
        Placement.objects.filter(subject=record.subject, locale=record.locale).delete()
    Placement.objects.bulk_create(placements_after(record=record, document=document))
    post_notice(subject=Subject(name=record.subject, locale=record.locale), now=record.recorded_at)
    return record


def _chained(deed: Deed, *, version: int, document_digest: str) -> ReleaseRecord:
    last = Release.objects.order_by("-number").values_list("number", "digest").first()
    number, previous_digest = last or (0, GENESIS)
    record = ReleaseRecord(
        number=number + 1,
        subject=deed.document.subject,
        kind=kind_of(deed.document.subject),
        locale=deed.document.locale,
        act=deed.act,
        version=version,
        document_digest=document_digest,
        previous_digest=previous_digest,
        digest="",
        released_at=deed.released_at,
        recorded_at=deed.recorded_at,
        released_by=deed.released_by,
    )
    return msgspec.structs.replace(record, digest=chain_digest(record))
