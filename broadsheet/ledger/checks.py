"""What must be in place before the paper starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.checks import CheckMessage, Error, Tags, register

from broadsheet.ledger.errors import ProjectorMissing
from broadsheet.ledger.guards import GUARDED
from broadsheet.ledger.projecting import the_projector

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    """Return an error for each database whose ledger is not guarded, once the migrations that guard it have been applied there."""
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
        if (missing := GUARDED.missing_by_now(alias=alias))
    ]
