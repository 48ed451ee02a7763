"""Keeps the list of where people are logged in, and ends log-ins by ending their sessions."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from broadsheet.desk.logins.browsers import address_of, browser_in_words
from broadsheet.desk.logins.models import LogIn
from broadsheet.desk.logins.permissions import require_may_keep_log_ins

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

#: "Last seen" is told in minutes; writing it more often would only make requests slower.
SEEN_EVERY: Final = timedelta(minutes=5)
_NOTE: Final = "desk_log_in"


def keep_log_in(request: HttpRequest, *, now: datetime) -> None:
    """Write down a log-in that is new or has a new session key, and now and then that it was seen.

    What was written is noted in the session, which is at hand: a request in between costs no query.
    """
    session = request.session
    note = session.get(_NOTE)
    if note is None or note["key"] != session.session_key:
        since = now if note is None else datetime.fromisoformat(note["since"])
        _write_down(request, since=since, now=now)
        session[_NOTE] = {"key": session.session_key, "since": since.isoformat(), "seen": now.isoformat()}
    elif now - datetime.fromisoformat(note["seen"]) >= SEEN_EVERY:
        LogIn.objects.filter(session=session.session_key).update(last_seen=now, address=address_of(request))
        session[_NOTE] = {**note, "seen": now.isoformat()}


def _write_down(request: HttpRequest, *, since: datetime, now: datetime) -> None:
    user_id = request.session[SESSION_KEY]
    _end(LogIn.objects.filter(user=user_id, session__expire_date__lt=now))
    # Somebody may have ended it this very moment; then there is nothing to write down.
    with suppress(IntegrityError), transaction.atomic():
        LogIn.objects.create(
            user_id=user_id,
            session_id=str(request.session.session_key),
            browser=browser_in_words(request),
            address=address_of(request),
            since=since,
            last_seen=now,
            password_mark=request.session[HASH_SESSION_KEY],
        )


def end_log_in(*, user: Any, number: int, by: Any) -> int:  # noqa: ANN401 - any user model
    """End one log-in of that user; return how many ended, for it may be gone already.

    Raises: NotAllowed.
    """
    return _end_for(user, LogIn.objects.filter(user=user, pk=number), by=by)


def end_log_ins(*, user: Any, by: Any, but: str | None = None) -> int:  # noqa: ANN401 - any user model
    """End all log-ins of that user, but the one with this session key; return how many.

    Raises: NotAllowed.
    """
    return _end_for(user, LogIn.objects.filter(user=user).exclude(session=but), by=by)


def end_dead_log_ins(user: Any) -> None:  # noqa: ANN401 - any user model
    """End what a saved user no longer holds: everything when deactivated, else what an older password opened."""
    log_ins = LogIn.objects.filter(user=user)
    if user.is_active:
        log_ins = log_ins.exclude(password_mark=user.get_session_auth_hash())
    _end(log_ins)


def _end_for(user: Any, log_ins: QuerySet[LogIn], *, by: Any) -> int:  # noqa: ANN401 - any user model
    if by.pk != user.pk:
        require_may_keep_log_ins(by, user)
    with transaction.atomic():
        ended = _end(log_ins)
        if ended and by.pk != user.pk:
            log(instance=user, action="broadsheet.log_ins_ended", user=by)
    return ended


def _end(log_ins: QuerySet[LogIn]) -> int:
    """Delete the sessions, with which the log-ins go."""
    _all, by_model = Session.objects.filter(log_in__in=log_ins).delete()
    return by_model.get("sessions.Session", 0)
