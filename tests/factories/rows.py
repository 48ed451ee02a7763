"""The rows of the whole database, remembered and put back as they were: quicker than making them again by our own acts.

A database just migrated holds what Wagtail and Django put there: the root of pages, the first language, every right.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from tests.factories.guards import guards_lifted

if TYPE_CHECKING:
    from collections.abc import Iterable

#: By table; each row with its columns as the table has them.
Rows = dict[str, list[tuple[Any, ...]]]


def rows_of(tables: Iterable[str]) -> Rows:
    """Return every row of these tables, in the order of their keys."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608 - our own
            found[table] = list(cursor.fetchall())
    return found


def put_rows(rows: Rows, *, instead_of: Rows) -> None:
    """Let the tables hold these rows instead of the ones they hold now.

    Every key to another table is looked at when the transaction ends, so the tables need no order.
    """
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        # A guard refuses to empty even an empty table.
        for table in (table for table in rows if instead_of[table]):
            cursor.execute(f"DELETE FROM {quote(table)}")  # noqa: S608 - our own
        for table in (table for table in rows if rows[table]):
            places = ", ".join(["%s"] * len(rows[table][0]))
            insert = f"INSERT INTO {quote(table)} VALUES ({places})"  # noqa: S608 - our own
            cursor.executemany(insert, rows[table])


def put_back(rows: Rows) -> None:
    """Bring the database back to these rows after a test that committed; the guards are lifted for that moment."""
    now = rows_of(rows)
    changed = {table: wanted for table, wanted in rows.items() if wanted != now[table]}
    if changed:
        with guards_lifted():
            put_rows(changed, instead_of=now)


@functools.cache
def every_table() -> tuple[str, ...]:
    """Return the names of the tables models have."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    # Triggers of the search keep its index of words in step with the entries.
    return tuple(sorted(name for name in names if not name.endswith("_fts")))
