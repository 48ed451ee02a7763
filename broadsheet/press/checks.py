"""System checks of the press: what must be in place before it can work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.checks import CheckMessage, Error

from broadsheet.press.composing import the_composer
from broadsheet.press.errors import ComposerMissing
from broadsheet.press.run_log import GUARDED

if TYPE_CHECKING:
    from collections.abc import Sequence


def check_composer(**_: object) -> list[CheckMessage]:
    """Report that nobody has said what the pages are."""
    try:
        the_composer()
    except ComposerMissing as missing:
        return [Error("The press has no composer.", hint=str(missing), id="press.E001")]
    return []


def check_log_guards(*, databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """Report each database whose run log is not guarded, once migration 0003 has been applied there."""
    return [
        Error(
            f"The run log in database {alias!r} is not guarded: {', '.join(missing)} missing.",
            hint=(
                "Find out who removed them, run 'broadsheet ledger verify', then put them back with "
                "'broadsheet manage migrate --skip-checks press 0002' and 'broadsheet manage migrate --skip-checks'."
            ),
            id="press.E002",
        )
        for alias in databases or ()
        if (missing := GUARDED.missing_by_now(alias=alias))
    ]
