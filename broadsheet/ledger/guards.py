"""The tables of the ledger nobody may change; migrations 0002 and 0004 put their guards up."""

from __future__ import annotations

from typing import Final

from broadsheet.press.append_only import Guarded

GUARDED: Final = Guarded(
    tables=("ledger_release", "ledger_ledgerdocument", "ledger_eraseddocument"),
    app="ledger",
    migration="0004_erasing",
    # The guard of documents looks at each row it is to let go.
    by_row=("ledger_ledgerdocument",),
)


def missing_guards(*, alias: str = "default") -> tuple[str, ...]:
    """Return the names of the guards that should stand in this database and do not, sorted."""
    return GUARDED.missing(alias=alias)
