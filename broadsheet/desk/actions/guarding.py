"""Release guards: other rooms that must agree before a document reaches readers.

A room registers its guard in ``AppConfig.ready``. ``BROADSHEET_GUARDS`` in the settings names the guards this paper
relies on, by dotted path; a system check fails when one of them did not register, so that a gate can never be
missing in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from broadsheet.desk.errors import NotReady, Problem
from broadsheet.ledger.values import Document

#: Returns what keeps this document from readers, nothing when it may go. It may read the database, not write.
Guard = Callable[[Document], Iterable[Problem]]
GuardType = TypeVar("GuardType", bound=Guard)

_guards: dict[str, Guard] = {}


def register_guard(guard: GuardType) -> GuardType:
    """Ask this guard before every release, update and import. Registering it twice is registering it once."""
    _guards[_name(guard)] = guard
    return guard


def drop_guard(guard: Guard) -> None:
    """Ask this guard no more."""
    _guards.pop(_name(guard), None)


def run_guards(document: Document) -> None:
    """Ask every guard.

    Raises: NotReady with everything all of them found.
    """
    problems = tuple(problem for guard in _guards.values() for problem in guard(document))
    if problems:
        raise NotReady(problems)


def _name(guard: Guard) -> str:
    return f"{guard.__module__}.{getattr(guard, '__qualname__', type(guard).__qualname__)}"


@register("broadsheet")
def missing_guards(**_kwargs: object) -> list[CheckMessage]:
    """Return an error for every guard the settings name that did not register."""
    return [
        Error(
            f"The release guard {name} is named in BROADSHEET_GUARDS but did not register.",
            hint="Add its app to INSTALLED_APPS, or take the guard out of BROADSHEET_GUARDS.",
            id="broadsheet.E001",
        )
        for name in getattr(settings, "BROADSHEET_GUARDS", ())
        if name not in _guards
    ]
