"""Looks whether the database still guards the ledger: migration 0002 put the guards up, this never does.

A table remake, a restore from a dump without triggers, or a person can take them away; the start-up check and
``ledger verify`` say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

#: The tables nobody may change.
GUARDED_TABLES: Final = ("ledger_release", "ledger_ledgerdocument")
_MIGRATION: Final = ("ledger", "0002_guards")
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


@register(Tags.database)
def check_guards(*, databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """Return an error for each database whose ledger is not guarded, once migration 0002 has been applied there."""
    return [
        Error(
            f"The ledger in database {alias!r} is not guarded: {', '.join(missing)} missing.",
            hint=(
                "Find out who removed them, run 'broadsheet ledger verify', then put them back with "
                "'django-admin migrate --skip-checks ledger 0001' and 'django-admin migrate --skip-checks'."
            ),
            id="ledger.E001",
        )
        for alias in databases or ()
        if _is_migrated(connections[alias]) and (missing := missing_guards(alias=alias))
    ]


def _is_migrated(connection: BaseDatabaseWrapper) -> bool:
    # "migrate" runs this check first: before the guards exist it must be allowed to make them.
    return _MIGRATION in MigrationRecorder(connection).applied_migrations()
