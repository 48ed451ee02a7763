"""Tables that only grow: looks whether the database still refuses to change them. Migrations put the guards up.

A table remake, a restore from a dump without triggers, or a person can take them away; a start-up check says so.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

_SUFFIXES: Final = {"postgresql": ("no_change",), "sqlite": ("no_update", "no_delete", "no_replace")}
#: On PostgreSQL, besides, where a deletion is refused row by row.
_BY_ROW: Final = {"postgresql": ("no_delete",), "sqlite": ()}
#: tgenabled: O fires in normal sessions only, A always; D is disabled, R fires for replicas only.
_STANDING: Final = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled IN ('O', 'A')",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
}


class Guarded(NamedTuple):
    """The tables of a room nobody may change, and the migration of that room that puts their guards up."""

    tables: tuple[str, ...]
    app: str
    migration: str
    #: Those among the tables that let some rows go.
    by_row: tuple[str, ...] = ()

    def missing(self, *, alias: str = "default") -> tuple[str, ...]:
        """Return the names of the guards that should stand in this database and do not, sorted."""
        connection = connections[alias]
        wanted = {f"{table}_{suffix}" for table in self.tables for suffix in _SUFFIXES[connection.vendor]}
        wanted |= {f"{table}_{suffix}" for table in self.by_row for suffix in _BY_ROW[connection.vendor]}
        standing: set[str] = set()
        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(_STANDING[connection.vendor], [table])
                standing.update(row[0] for row in cursor.fetchall())
        return tuple(sorted(wanted - standing))

    def missing_by_now(self, *, alias: str) -> tuple[str, ...]:
        """Return the same, and nothing before the migration: "migrate" runs the start-up checks first."""
        applied = MigrationRecorder(connections[alias]).applied_migrations()
        return self.missing(alias=alias) if (self.app, self.migration) in applied else ()
