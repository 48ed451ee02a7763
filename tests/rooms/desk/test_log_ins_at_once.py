"""Many requests in one moment get no more out of the log-in than one after another."""

from __future__ import annotations

from functools import partial

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from broadsheet.desk.errors import TooManyTries, WrongCode
from broadsheet.desk.logins.actions.attempts import Counter, count_attempt
from broadsheet.desk.logins.actions.second_factor import renew_recovery_codes, use_code
from broadsheet.desk.logins.models import Attempts
from broadsheet.plain.times import utc_now
from tests.rooms.desk.conftest import make_newsroom
from tests.rooms.desk.log_in_hands import app_code
from tests.rooms.desk.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_guesses_sent_together_outrun_no_count() -> None:
    counters = (Counter("an account", free=3), Counter("an address", free=20, is_shared=True))
    now = utc_now()
    results = at_once(*[partial(count_attempt, counters, now=now)] * 8)
    assert [type(result) for result in results if result is not None] == [TooManyTries] * 5
    assert sorted(Attempts.objects.values_list("failures", flat=True)) == [3, 3]


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_a_code_sent_twice_together_works_once(kind: str) -> None:
    user = make_newsroom().editor
    TOTPDevice.objects.create(user=user, name="Phone", key=default_key())
    recovery, *_others = renew_recovery_codes(user=user)
    code = app_code(user) if kind == "app" else recovery
    results = at_once(*[partial(use_code, user=user, code=code)] * 4)
    assert sorted(str(type(result).__name__) for result in results) == ["NoneType", *["WrongCode"] * 3]
    with pytest.raises(WrongCode):
        use_code(user=user, code=code)
