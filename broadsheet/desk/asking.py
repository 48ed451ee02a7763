"""What a person asked for with one press of a button, and what came of it.

Wagtail's views save pages deep down, where neither the form nor the button is known any more. This carries the two
things the acts need from there, and brings back which acts were done, so that the screen can say so.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.ledger.values import ReleaseRecord
    from broadsheet.plain.urns import Urn


@dataclass
class Asked:
    """One request's wishes and results."""

    #: The number in the ledger each subject had when the person's view of it was read; None: not released then.
    seen: dict[Urn, int | None] = field(default_factory=dict)
    #: The public note with which the next version of each subject is to go out, taken by the act that sends it.
    corrections: dict[Urn, str] = field(default_factory=dict)
    #: The acts done, in order.
    done: list[ReleaseRecord] = field(default_factory=list)


_asked: ContextVar[Asked | None] = ContextVar("broadsheet_asked", default=None)


def what_was_asked() -> Asked:
    """Return what the current request asked; an empty wish outside one."""
    return _asked.get() or Asked()


@contextmanager
def asking() -> Iterator[Asked]:
    """Collect wishes and results inside the block."""
    asked = Asked()
    token = _asked.set(asked)
    try:
        yield asked
    finally:
        _asked.reset(token)
