"""Who may keep the log-ins of others."""

from __future__ import annotations

from typing import Any

from broadsheet.desk.errors import NotAllowed


def may_keep_log_ins(by: Any, user: Any) -> bool:  # noqa: ANN401 - any user model
    """Return whether ``by`` may end the log-ins of ``user`` and take their second factor away.

    Whoever may change users may, but not with administrators: that would be a way to become one.
    """
    if not by.is_active:
        return False
    return bool(by.is_superuser or (by.has_perm("auth.change_user") and not user.is_superuser))


def require_may_keep_log_ins(by: Any, user: Any) -> None:  # noqa: ANN401 - any user model
    """Return when that is so.  Raises: NotAllowed."""
    if not may_keep_log_ins(by, user):
        msg = "You may not look after the log-ins of others. Ask an administrator."
        raise NotAllowed(msg)
