"""Rows of the record as plain values: a ``Release`` as a ``ReleaseRecord`` and back, a document as its bytes."""

from __future__ import annotations

from typing import cast

import msgspec

from broadsheet.ledger.models import LedgerDocument, Release
from broadsheet.ledger.values import Act, ReleaseRecord
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import Kind, Urn


def record_of(row: Release) -> ReleaseRecord:
    """Return the row as a record."""
    return ReleaseRecord(
        number=row.number,
        subject=Urn(row.subject),
        kind=cast("Kind", row.kind),
        locale=Locale(row.locale),
        act=Act(row.act),
        version=row.version,
        document_digest=row.document_digest,
        previous_digest=row.previous_digest,
        digest=row.digest,
        released_at=row.released_at,
        recorded_at=row.recorded_at,
        released_by=row.released_by,
    )


def row_of(record: ReleaseRecord) -> Release:
    """Return the record as a row, not saved."""
    return Release(**msgspec.structs.asdict(record))


def bytes_of(row: LedgerDocument) -> bytes:
    """Return the bytes of the document: PostgreSQL gives a view of them, SQLite text where somebody put text there."""
    data: bytes | memoryview | str = row.bytes
    return data.encode() if isinstance(data, str) else bytes(data)
