"""Reads of log-ins, for the screens and for the log-in itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_otp.plugins.otp_totp.models import TOTPDevice

from broadsheet.desk.logins.models import LogIn, RecoveryCode

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


def log_ins_of(user: Any, *, now: datetime) -> QuerySet[LogIn]:  # noqa: ANN401 - any user model
    """Return where that person is logged in, the one seen last first."""
    return LogIn.objects.filter(user=user, session__expire_date__gt=now).order_by("-last_seen", "-pk")


def has_second_factor(user: Any) -> bool:  # noqa: ANN401 - any user model
    """Return whether the log-in asks that person for a code."""
    return bool(TOTPDevice.objects.filter(user=user).exists())


def recovery_codes_left(user: Any) -> int:  # noqa: ANN401 - any user model
    """Return how many recovery codes that person has not used."""
    return RecoveryCode.objects.filter(user=user).count()
