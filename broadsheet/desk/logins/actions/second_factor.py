"""Sets up, asks for and takes away the second factor: codes of an authenticator app, and recovery codes beside them."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.log_actions import log

from broadsheet.desk.errors import AlreadySetUp, WrongCode
from broadsheet.desk.logins.models import RecoveryCode
from broadsheet.desk.logins.permissions import require_may_keep_log_ins

RECOVERY_CODES: Final = 10
#: Letters and digits nobody takes for each other; sixteen of them are 80 bits, which no digest needs to slow down.
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH: Final = 16
_GROUP: Final = 4


def set_up_second_factor(*, user: Any, secret: str, code: str) -> tuple[str, ...]:  # noqa: ANN401 - any user model
    """Keep the secret once a code proves that the app has it; return the recovery codes, never to be seen again.

    Shapes: ``secret`` is hexadecimal.
    Raises: WrongCode; AlreadySetUp.
    """
    with transaction.atomic():
        _lock(user)
        if TOTPDevice.objects.filter(user=user).exists():
            raise AlreadySetUp
        device = TOTPDevice.objects.create(user=user, name="Authenticator app", key=secret)
        if not device.verify_token(_plain(code)):
            raise WrongCode
        log(instance=user, action="broadsheet.second_factor_set_up", user=user)
        return _new_recovery_codes(user)


def renew_recovery_codes(*, user: Any) -> tuple[str, ...]:  # noqa: ANN401 - any user model
    """Make new recovery codes and let the old ones go; none without a second factor."""
    with transaction.atomic():
        _lock(user)
        if not TOTPDevice.objects.filter(user=user).exists():
            return ()
        log(instance=user, action="broadsheet.recovery_codes_renewed", user=user)
        return _new_recovery_codes(user)


def remove_second_factor(*, user: Any, by: Any) -> bool:  # noqa: ANN401 - any user model
    """Take the second factor away, one's own or somebody else's; return whether there was one.

    Raises: NotAllowed.
    """
    if by.pk != user.pk:
        require_may_keep_log_ins(by, user)
    with transaction.atomic():
        _lock(user)
        gone, _models = TOTPDevice.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        if gone:
            log(instance=user, action="broadsheet.second_factor_removed", user=by)
    return gone > 0


def use_code(*, user: Any, code: str) -> None:  # noqa: ANN401 - any user model
    """Accept a code of the app or a recovery code, each of them once.

    Raises: WrongCode.
    """
    typed = _plain(code)
    with transaction.atomic():
        # Two requests with the same code wait here for each other, and the second finds it used.
        device = TOTPDevice.objects.select_for_update().filter(user=user).first()
        is_right = device is not None and (
            device.verify_token(typed) if typed.isdecimal() else _use_recovery_code(user, typed)
        )
    if not is_right:
        raise WrongCode


def _use_recovery_code(user: Any, typed: str) -> bool:  # noqa: ANN401 - any user model
    used, _models = RecoveryCode.objects.filter(user=user, digest=_digest(typed)).delete()
    return used > 0


def _new_recovery_codes(user: Any) -> tuple[str, ...]:  # noqa: ANN401 - any user model
    RecoveryCode.objects.filter(user=user).delete()
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in codes)
    return tuple("-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP)) for code in codes)


def _lock(user: Any) -> None:  # noqa: ANN401 - any user model
    """Let one change of a person's second factor wait for the other."""
    get_user_model()._default_manager.select_for_update().get(pk=user.pk)  # noqa: SLF001 - Django's documented name


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
