"""What must be in place before the paper starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from broadsheet.ledger.errors import ProjectorMissing
from broadsheet.ledger.guards import missing_guards
from broadsheet.ledger.projecting import the_projector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

_MIGRATION: Final = ("ledger", "0002_guards")


@register
def check_projector(**_: object) -> list[CheckMessage]:
    """Return an error when nobody says in which lists a release stands."""
    try:
        the_projector()
    except ProjectorMissing as error:
        return [Error(str(error), id="ledger.E002")]
    return []


@register(Tags.database)
def check_guards(*, databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """Return an error for each database whose ledger is not guarded, once migration 0002 has been applied there."""
    return [
        Error(
            f"The ledger in database {alias!r} is not guarded: {', '.join(missing)} missing.",
            hint=(
                "Find out who removed them, run 'broadsheet ledger verify', then put them back with "
                "'broadsheet manage migrate --skip-checks ledger 0001' and 'broadsheet manage migrate --skip-checks'."
            ),
            id="ledger.E001",
        )
        for alias in databases or ()
        if _is_migrated(connections[alias]) and (missing := missing_guards(alias=alias))
    ]


def _is_migrated(connection: BaseDatabaseWrapper) -> bool:
    # "migrate" runs this check first: before the guards exist it must be allowed to make them.
    return _MIGRATION in MigrationRecorder(connection).applied_migrations()
