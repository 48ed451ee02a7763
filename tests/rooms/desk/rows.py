"""What became of a row: at the desk, and before readers."""

from __future__ import annotations

from typing import Any

from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader


def again(row: Any) -> Any:
    """Return the row as the database has it now."""
    return type(row).objects.get(pk=row.pk)


def standing(row: Any) -> Any:
    """Return how its subject stands in the ledger now; None: readers never had it."""
    subject = subject_of(row)
    return LedgerReader().current(subject.urn, subject.locale)
