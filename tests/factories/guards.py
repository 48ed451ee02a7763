"""Takes the guards of ledger and run log down for a moment: to empty the tables after a test, or to tamper in one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Iterator

_STANDING = {
    "sqlite": (
        "SELECT name, tbl_name, sql, 'A' FROM sqlite_master WHERE type = 'trigger'"
        " AND (tbl_name LIKE 'ledger!_%' ESCAPE '!' OR tbl_name LIKE 'press!_%' ESCAPE '!')"
    ),
    "postgresql": (
        "SELECT tgname, relname, pg_get_triggerdef(pg_trigger.oid), tgenabled FROM pg_trigger"
        " JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal"
        " AND (relname LIKE 'ledger!_%' ESCAPE '!' OR relname LIKE 'press!_%' ESCAPE '!')"
    ),
}


@contextmanager
def guards_lifted(alias: str = "default") -> Iterator[None]:
    """Drop every trigger on the tables of ledger and press; at the end put back exactly those."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor])
        standing = cursor.fetchall()
        for name, table, _, _ in standing:
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, table, definition, enabled in standing:
                cursor.execute(definition)
                if connection.vendor == "postgresql" and enabled in {"A", b"A"}:
                    cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
