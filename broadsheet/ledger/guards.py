"""The tables of the ledger nobody may change; migration 0002 put their guards up."""

from __future__ import annotations

from typing import Final

from broadsheet.press.append_only import Guarded

GUARDED: Final = Guarded(tables=("ledger_release", "ledger_ledgerdocument"), app="ledger", migration="0002_guards")


def missing_guards(*, alias: str = "default") -> tuple[str, ...]:
    """Return the names of the guards that should stand in this database and do not, sorted."""
    return GUARDED.missing(alias=alias)
