"""The digest of a row covers all of the row, and is the same for ever."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest

from broadsheet.ledger.chaining import GENESIS, chain_digest
from broadsheet.ledger.values import Act, ReleaseRecord
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import Urn

RECORD = ReleaseRecord(
    number=1,
    subject=Urn("urn:broadsheet:story:1"),
    kind="story",
    locale=Locale("en"),
    act=Act.RELEASE,
    version=1,
    document_digest="ab" * 32,
    previous_digest=GENESIS,
    digest="",
    released_at=datetime(2026, 3, 4, 5, 6, 7, 89_000, tzinfo=UTC),
    recorded_at=datetime(2026, 3, 4, 5, 6, 8, tzinfo=UTC),
    released_by="lan",
)


def test_the_digest_of_a_known_row_never_changes() -> None:
    own = (
        b'{"act":"release","kind":"story","locale":"en","number":1,"recorded_at":"2026-03-04T05:06:08.000000Z",'
        b'"released_at":"2026-03-04T05:06:07.089000Z","released_by":"lan","subject":"urn:broadsheet:story:1","version":1}'
    )
    assert chain_digest(RECORD) == hashlib.sha256(b"0" * 64 + own + b"ab" * 32).hexdigest()
    assert chain_digest(RECORD) == "02f3d8c4f167fc566d42c744cbdcc5366e577b888aa84e3058542a6cc6f1dd54"


def test_a_moment_counts_the_same_whatever_zone_it_is_told_in() -> None:
    told = RECORD.released_at.astimezone(timezone(timedelta(hours=7)))
    assert chain_digest(msgspec.structs.replace(RECORD, released_at=told)) == chain_digest(RECORD)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", 2),
        ("subject", "urn:broadsheet:story:2"),
        ("kind", "page"),
        ("locale", "vi"),
        ("act", Act.UPDATE),
        ("version", 2),
        ("document_digest", "cd" * 32),
        ("previous_digest", "ef" * 32),
        ("released_at", RECORD.released_at + timedelta(microseconds=1)),
        ("recorded_at", RECORD.recorded_at + timedelta(seconds=1)),
        ("released_by", "minh"),
    ],
)
def test_every_field_counts(field: str, value: Any) -> None:
    assert chain_digest(msgspec.structs.replace(RECORD, **{field: value})) != chain_digest(RECORD)


def test_the_digest_a_row_carries_does_not_count() -> None:
    assert chain_digest(msgspec.structs.replace(RECORD, digest="12" * 32)) == chain_digest(RECORD)
    assert set(ReleaseRecord.__struct_fields__) - {"digest"} == {
        "number",
        "subject",
        "kind",
        "locale",
        "act",
        "version",
        "document_digest",
        "previous_digest",
        "released_at",
        "recorded_at",
        "released_by",
    }
