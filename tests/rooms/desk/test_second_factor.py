"""The second factor: asked for after the password, each code once, and no way round it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.log_actions import registry

from broadsheet.desk.content_policy import DESK_POLICY
from broadsheet.desk.logins.models import LogIn, RecoveryCode
from tests.rooms.desk.log_in_hands import (
    CODE,
    SECOND_FACTOR,
    app_code,
    browser,
    is_in,
    later,
    sentences,
    set_up_second_factor,
    sign_in,
    signed_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db


class Phone:
    """Somebody with a second factor, whose app and clock the test holds."""

    def __init__(self, user: Any, clock: Any) -> None:
        self.user, self.clock = user, clock
        self.desk = signed_in(user.username)
        self.recovery_codes = set_up_second_factor(self.desk)
        # The code that set it up is used; the next one comes half a minute later.
        self.clock.shift(30)

    def code(self) -> str:
        return app_code(self.user)

    def half_way(self, **more: Any) -> Client:
        client = browser()
        answer = sign_in(client, self.user.username, **more)
        assert (answer.status_code, answer.headers["location"]) == (302, CODE)
        return client


@pytest.fixture
def phone(newsroom: Newsroom) -> Iterator[Phone]:
    with time_machine.travel(later(0), tick=False) as clock:
        yield Phone(newsroom.editor, clock)


def give(client: Client, code: str) -> str:
    return sentences(client.post(CODE, {"code": code}, follow=True))


def test_set_up_shows_a_qr_code_drawn_here_and_the_secret_to_type(newsroom: Newsroom) -> None:
    answer = signed_in(newsroom.editor.username).get(SECOND_FACTOR)
    page = answer.content.decode()
    drawing = re.search(r'<div class="desk-qr".*?</div>', page, re.DOTALL)
    assert drawing
    assert "<svg" in drawing[0]
    assert "http" not in drawing[0]
    assert re.fullmatch(r"([A-Z2-7]{4} ?){8}", answer.context["secret"])
    assert answer.headers["content-security-policy"] == DESK_POLICY
    assert "no-store" in answer.headers["cache-control"]


def test_after_the_password_the_log_in_asks_for_the_code(phone: Phone) -> None:
    client = phone.half_way()
    assert "Type the six digits" in sentences(client.get(CODE))
    client.post(CODE, {"code": phone.code()})
    assert is_in(client)


def test_a_half_finished_log_in_opens_nothing(phone: Phone) -> None:
    client = phone.half_way()
    for path in ("/", "/stories/", "/account/", SECOND_FACTOR, "/account/log-ins/", "/users/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.headers["location"].startswith("/login/")
    assert not LogIn.objects.exclude(session=phone.desk.session.session_key).exists()


def test_a_wrong_code_does_not_open(phone: Phone) -> None:
    client = phone.half_way()
    wrong = f"{(int(phone.code()) + 1) % 1_000_000:06}"
    assert "not right" in give(client, wrong)
    assert not is_in(client)


def test_a_code_works_once(phone: Phone) -> None:
    first, second = phone.half_way(), phone.half_way()
    code = phone.code()
    give(first, code)
    give(second, code)
    assert is_in(first)
    assert not is_in(second)


def test_the_code_that_set_it_up_is_used_already(newsroom: Newsroom) -> None:
    with time_machine.travel(later(0), tick=False):
        set_up_second_factor(signed_in("edda"))
        client = browser()
        sign_in(client, "edda")
        give(client, app_code(newsroom.editor))
        assert not is_in(client)


def test_guessing_codes_waits_and_the_right_one_does_not_open_meanwhile(phone: Phone) -> None:
    guesser = phone.half_way()
    for number in range(5):
        assert "Too many tries" not in give(guesser, f"{number:06}")
    assert "Too many tries. Wait 5 seconds" in give(guesser, phone.code())
    anew = phone.half_way()
    assert "Too many tries" in give(anew, phone.code())
    assert not is_in(guesser)
    phone.clock.shift(31)
    give(anew, phone.code())
    assert is_in(anew)


def test_who_has_the_password_cannot_make_the_owner_wait_for_the_code(phone: Phone) -> None:
    hers = phone.half_way()
    give(hers, phone.code())
    hers.post("/logout/")
    guesser = phone.half_way()
    for number in range(8):
        give(guesser, f"{number:06}")
    phone.clock.shift(30)
    sign_in(hers, phone.user.username)
    give(hers, phone.code())
    assert is_in(hers)


def test_the_code_page_without_a_password_leads_back(phone: Phone) -> None:
    stranger = browser()
    assert "Sign in with your password first." in give(stranger, phone.code())
    assert not is_in(stranger)


def test_a_half_finished_log_in_ends_after_ten_minutes(phone: Phone) -> None:
    client = phone.half_way()
    phone.clock.shift(601)
    assert "Sign in with your password first." in give(client, phone.code())


@pytest.mark.parametrize("change", ["password", "deactivated"])
def test_a_half_finished_log_in_ends_with_what_it_stood_on(phone: Phone, change: str) -> None:
    client = phone.half_way()
    user = get_user_model().objects.get(pk=phone.user.pk)
    if change == "password":
        user.set_password("another lantern")
    else:
        user.is_active = False
    user.save()
    give(client, phone.code())
    get_user_model().objects.filter(pk=user.pk).update(is_active=True)
    assert not is_in(client)


def test_the_session_key_changes_at_each_step(phone: Phone) -> None:
    client = browser()
    client.get("/login/")
    session = client.session
    session.save()
    keys = [session.session_key]
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in(client, phone.user.username)
    keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    give(client, phone.code())
    keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    assert is_in(client)
    assert len(set(keys)) == 3
    assert not Session.objects.filter(pk__in=keys[:2]).exists()


def test_remember_me_and_the_way_on_hold_over_both_steps(phone: Phone) -> None:
    client = phone.half_way(remember="on", next="/stories/")
    answer = client.post(CODE, {"code": phone.code()})
    assert answer.headers["location"] == "/stories/"
    assert client.session.get_expire_at_browser_close() is False
    phone.clock.shift(30)
    other = phone.half_way(next="https://evil.example.org/")
    answer = other.post(CODE, {"code": phone.code()})
    assert answer.headers["location"] == "/"
    assert other.session.get_expire_at_browser_close() is True


def test_recovery_codes_are_ten_shown_once_and_kept_as_digests(phone: Phone) -> None:
    assert len(set(phone.recovery_codes)) == 10
    assert RecoveryCode.objects.count() == 10
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    kept += " ".join(str(session.get_decoded()) for session in Session.objects.all())
    later_page = phone.desk.get(SECOND_FACTOR).content.decode()
    for code in phone.recovery_codes:
        assert code not in later_page
        assert code not in kept
        assert code.replace("-", "") not in kept


def test_a_recovery_code_opens_once_however_it_is_typed(phone: Phone) -> None:
    code = phone.recovery_codes[0]
    first, second = phone.half_way(), phone.half_way()
    assert "9 are left" in give(first, code.upper().replace("-", " "))
    assert is_in(first)
    give(second, code)
    assert not is_in(second)


def test_recovery_codes_of_another_open_nothing(phone: Phone, newsroom: Newsroom) -> None:
    theirs = set_up_second_factor(signed_in(newsroom.chief.username))
    client = phone.half_way()
    give(client, theirs[0])
    assert not is_in(client)


def test_new_recovery_codes_need_the_password_and_make_the_old_ones_worthless(phone: Phone) -> None:
    refused = phone.desk.post(SECOND_FACTOR, {"renew": "1", "password": "guess"})
    assert "This is not your password." in sentences(refused)
    page = phone.desk.post(SECOND_FACTOR, {"renew": "1", "password": "secret"}).content.decode()
    new = re.findall(r"<code>([a-z0-9-]{19})</code>", page)
    assert len(new) == 10
    client = phone.half_way()
    give(client, phone.recovery_codes[0])
    assert not is_in(client)
    give(client, new[0])
    assert is_in(client)


@pytest.mark.parametrize(("password", "digits"), [("guess", None), ("", None), ("secret", "000000"), ("secret", "")])
def test_set_up_needs_the_password_and_a_right_code(newsroom: Newsroom, password: str, digits: str | None) -> None:
    client = signed_in("edda")
    if digits is None:
        codes = set_up_second_factor(client, password)
    else:
        client.get(SECOND_FACTOR)
        page = client.post(SECOND_FACTOR, {"password": password, "code": digits})
        codes = re.findall(r"<code>([a-z0-9-]{19})</code>", page.content.decode())
    assert not codes
    assert not TOTPDevice.objects.filter(user=newsroom.editor).exists()
    assert not RecoveryCode.objects.exists()


@pytest.mark.usefixtures("newsroom")
def test_setting_up_ends_log_ins_that_gave_a_password_only() -> None:
    other, desk = signed_in("edda"), signed_in("edda")
    set_up_second_factor(desk)
    assert not is_in(other)
    assert is_in(desk)


def test_removing_needs_the_password_and_then_the_password_alone_opens(phone: Phone) -> None:
    phone.desk.post(SECOND_FACTOR, {"remove": "1", "password": "guess"})
    assert TOTPDevice.objects.filter(user=phone.user).exists()
    phone.desk.post(SECOND_FACTOR, {"remove": "1", "password": "secret"})
    assert is_in(signed_in(phone.user.username))
    assert not RecoveryCode.objects.exists()


def test_guessing_the_password_at_an_open_desk_waits(phone: Phone) -> None:
    for _ in range(5):
        phone.desk.post(SECOND_FACTOR, {"remove": "1", "password": "guess"})
    page = sentences(phone.desk.post(SECOND_FACTOR, {"remove": "1", "password": "secret"}))
    assert "Too many tries. Wait 5 seconds" in page
    assert TOTPDevice.objects.filter(user=phone.user).exists()


def test_an_administrator_removes_a_lost_second_factor_and_it_is_logged(phone: Phone, newsroom: Newsroom) -> None:
    ada = get_user_model().objects.create_superuser("ada", password="secret")
    url = reverse("desk_log_ins_of", args=[phone.user.pk])
    newsroom.client(newsroom.chief).post(url, {"remove-second-factor": "1"})
    assert TOTPDevice.objects.filter(user=phone.user).exists()
    newsroom.client(ada).post(url, {"remove-second-factor": "1"})
    assert is_in(signed_in(phone.user.username))
    logged = [(entry.action, entry.user) for entry in registry.get_logs_for_instance(phone.user).order_by("timestamp")]
    assert ("broadsheet.second_factor_set_up", phone.user) in logged
    assert ("broadsheet.second_factor_removed", ada) in logged


def test_a_second_factor_is_not_set_up_over_another(phone: Phone) -> None:
    phone.desk.post(SECOND_FACTOR, {"code": "000000", "password": "secret"})
    assert TOTPDevice.objects.filter(user=phone.user).count() == 1
