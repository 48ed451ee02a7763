"""Looks whether the database still guards the ledger: migration 0002 put the guards up, this never does.

A table remake, a restore from a dump without triggers, or a person can take them away; the start-up check and
``ledger verify`` say so.
"""

from __future__ import annotations

from typing import Final

from django.db import connections

#: The tables nobody may change.
GUARDED_TABLES: Final = ("ledger_release", "ledger_ledgerdocument")
_SUFFIXES: Final = {"postgresql": ("no_change",), "sqlite": ("no_update", "no_delete", "no_replace")}
#: tgenabled: O fires in normal sessions only, A always; D is disabled, R fires for replicas only.
_STANDING: Final = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled IN ('O', 'A')",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
}


def missing_guards(*, alias: str = "default") -> tuple[str, ...]:
    """Return the names of the guards that should stand in this database and do not, sorted."""
    connection = connections[alias]
    wanted = {f"{table}_{suffix}" for table in GUARDED_TABLES for suffix in _SUFFIXES[connection.vendor]}
    standing: set[str] = set()
    with connection.cursor() as cursor:
        for table in GUARDED_TABLES:
            cursor.execute(_STANDING[connection.vendor], [table])
            standing.update(row[0] for row in cursor.fetchall())
    return tuple(sorted(wanted - standing))
