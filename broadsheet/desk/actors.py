"""Who acts: the person of the current request, or a part of the system that declared itself.

It must never guess. Code that runs without a request and without ``acting_as`` can act on nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

import msgspec
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from broadsheet.desk.errors import NobodyActs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

SYSTEM: Final = "system:"


class Actor(msgspec.Struct, frozen=True):
    """Who acts. ``name`` is what the ledger keeps: a user name, or ``system:<part>`` without a user."""

    name: str
    user: AbstractBaseUser | None = None


# The request is kept, not its user: a token may set ``request.user`` inside the view, after every middleware ran.
_source: ContextVar[HttpRequest | Actor | None] = ContextVar("broadsheet_actor", default=None)


def current_actor() -> Actor:
    """Return who acts now.

    Raises: NobodyActs.
    """
    source = _source.get()
    if isinstance(source, Actor):
        return source
    user = getattr(source, "user", None)
    if user is None or isinstance(user, AnonymousUser) or not user.is_authenticated:
        raise NobodyActs
    return person(user)


def person(user: AbstractBaseUser) -> Actor:
    """Return that user as an actor."""
    return Actor(name=user.get_username(), user=user)


@contextmanager
def acting_as(who: str | AbstractBaseUser) -> Iterator[Actor]:
    """Act, inside the block, as a part of the system (``system:import``) or as that user.

    Raises: ValueError for a name that is not of the form ``system:<part>``.
    """
    if isinstance(who, str):
        if not who.startswith(SYSTEM) or who == SYSTEM:
            msg = f"{who!r} names no part of the system; write {SYSTEM}<part>."
            raise ValueError(msg)
        actor = Actor(name=who)
    else:
        actor = person(who)
    with _set(actor):
        yield actor


@contextmanager
def acting_for(request: HttpRequest) -> Iterator[None]:
    """Act, inside the block, for whoever the request turns out to belong to."""
    with _set(request):
        yield


@contextmanager
def _set(source: HttpRequest | Actor) -> Iterator[None]:
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
