"""A half-finished log-in: the password was right, the second factor is still asked for. It opens nothing at the desk.

It lies in the session of a browser in which nobody is logged in, and ends after ten minutes, at a log-in, or when the
password changes meanwhile.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.contrib.auth import get_user_model
from django.utils.crypto import constant_time_compare

if TYPE_CHECKING:
    from django.http import HttpRequest

_NOTE: Final = "desk_half_log_in"
_LASTS: Final = timedelta(minutes=10)


class HalfLogIn(NamedTuple):
    """Who gave a password, and what they asked for beside it."""

    user: Any
    remember: bool
    next_url: str


def begin_half(request: HttpRequest, half: HalfLogIn, *, now: datetime) -> None:
    """Remember that this person gave the right password, under a new session key that nobody else can have set."""
    request.session.flush()
    request.session[_NOTE] = {
        "user": half.user.pk,
        "backend": half.user.backend,
        "mark": half.user.get_session_auth_hash(),
        "remember": half.remember,
        "next": half.next_url,
        "until": (now + _LASTS).isoformat(),
    }


def half_of(request: HttpRequest, *, now: datetime) -> HalfLogIn | None:
    """Return the half-finished log-in of this browser, or None when there is none (any more)."""
    note = request.session.get(_NOTE)
    if note is None or now >= datetime.fromisoformat(note["until"]):
        return None
    user = get_user_model()._default_manager.filter(pk=note["user"], is_active=True).first()  # noqa: SLF001
    if user is None or not constant_time_compare(user.get_session_auth_hash(), note["mark"]):
        return None
    user.backend = note["backend"]  # as Django's authenticate leaves it for login
    return HalfLogIn(user=user, remember=note["remember"], next_url=note["next"])


def end_half(request: HttpRequest) -> None:
    """Forget it, now that the log-in is finished."""
    request.session.pop(_NOTE, None)
