"""How a release is chained to the one before it. Must never change: every row ever written depends on it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from broadsheet.plain.canonical import canonical_bytes, sha256_hex
from broadsheet.plain.times import to_utc

if TYPE_CHECKING:
    from broadsheet.ledger.values import ReleaseRecord

#: What stands before release 1.
GENESIS: Final = "0" * 64
_CHAINED_APART: Final = frozenset({"previous_digest", "document_digest", "digest"})


def chain_digest(record: ReleaseRecord) -> str:
    """Return the digest the row must have; the one it carries is not looked at.

    Shapes: SHA-256 in hex over previous_digest, the canonical JSON of the row's own fields, document_digest.
    Units: moments are in UTC, written to the microsecond.
    Source: DESIGN "Ledger", RFC 8785.
    """
    own = {
        name: written_moment(value) if isinstance(value, datetime) else value
        for name, value in msgspec.structs.asdict(record).items()
        if name not in _CHAINED_APART
    }
    parts = (record.previous_digest.encode(), canonical_bytes(own), record.document_digest.encode())
    return sha256_hex(b"".join(parts))


def written_moment(moment: datetime) -> str:
    """Return the moment as the chain writes it: in UTC, to the microsecond, with a Z at the end."""
    # Written out here: the chain must not depend on how a library prints a time.
    return to_utc(moment).isoformat(timespec="microseconds").replace("+00:00", "Z")
