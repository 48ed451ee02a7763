"""What a backup says of the ledger, and whether a ledger is the one a backup says."""

from __future__ import annotations

from broadsheet.keeping.values import LedgerEnd
from broadsheet.ledger.chaining import GENESIS
from broadsheet.ledger.errors import UnknownSubject
from broadsheet.ledger.queries import LedgerReader


def ledger_end(alias: str) -> LedgerEnd:
    """Return the last release of the ledger, over the database connection of that name."""
    reader = LedgerReader(alias)
    number = reader.last_number()
    return LedgerEnd(number, reader.record(number).digest if number else GENESIS)


def goes_through(end: LedgerEnd) -> bool:
    """Return whether this paper's ledger has that release; what was appended since does not matter."""
    if end.number == 0:
        return True
    try:
        return LedgerReader().record(end.number).digest == end.digest
    except UnknownSubject:
        return False
