"""Where people are logged in: told to them, ended by them, by an administrator, and by what happens to the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import registry

from broadsheet.desk.errors import NotAllowed
from broadsheet.desk.logins.actions.log_ins import end_log_ins
from broadsheet.desk.logins.actions.second_factor import remove_second_factor
from broadsheet.desk.logins.models import LogIn
from tests.rooms.desk.log_in_hands import IPHONE, browser, is_in, later, sentences, sign_in, signed_in

if TYPE_CHECKING:
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db
OWN = "/account/log-ins/"


@pytest.fixture
def admin(newsroom: Newsroom) -> Any:  # noqa: ARG001 - the desk is set up first
    return get_user_model().objects.create_superuser("ada", password="secret")


def of(user: Any) -> str:
    return reverse("desk_log_ins_of", args=[user.pk])


@pytest.mark.usefixtures("newsroom")
def test_the_list_says_browser_and_system_in_words_address_and_times() -> None:
    with time_machine.travel("2026-03-04T05:06:07Z", tick=False) as clock:
        signed_in("edda", address="2001:db8::7", line=IPHONE)
        clock.shift(3600)
        page = sentences(signed_in("edda").get(OWN))
    assert "Firefox on Windows this one" in page
    assert "Mobile Safari on iOS" in page
    assert "From 2001:db8::7, since 4 Mar 2026, 12:06. Last seen 4 Mar 2026, 12:06." in page


@pytest.mark.usefixtures("newsroom")
def test_a_browser_without_a_name_is_listed_too() -> None:
    assert "A browser that does not say its name" in sentences(signed_in("edda", line="").get(OWN))


@pytest.mark.usefixtures("newsroom")
def test_a_browsers_name_is_shown_as_text_whatever_it_says() -> None:
    client = signed_in("edda", line="<script>alert(1)</script>/9.9 " * 60)
    assert "<script>alert(1)" not in client.get(OWN).content.decode()


@pytest.mark.usefixtures("newsroom")
def test_last_seen_follows_what_the_person_does() -> None:
    with time_machine.travel(later(0), tick=False) as clock:
        client = signed_in("edda")
        first = LogIn.objects.get()
        clock.shift(240)
        client.get("/")
        assert LogIn.objects.get().last_seen == first.last_seen
        clock.shift(120)
        client.get("/")
        now = LogIn.objects.get()
    assert (now.last_seen - first.last_seen).total_seconds() == 360
    assert now.since == first.since


@pytest.mark.usefixtures("newsroom")
def test_an_ordinary_request_costs_not_one_query_more_for_the_list() -> None:
    client = signed_in("edda")
    without = [name for name in settings.MIDDLEWARE if "LogInsMiddleware" not in name]
    assert len(without) == len(settings.MIDDLEWARE) - 1
    with time_machine.travel(later(0), tick=False):
        client.get("/stories/")
        with CaptureQueriesContext(connection) as kept:
            client.get("/stories/")
        with override_settings(MIDDLEWARE=without):
            other = browser()
            other.cookies = client.cookies
            other.get("/stories/")
            with CaptureQueriesContext(connection) as bare:
                other.get("/stories/")
    assert len(kept) == len(bare)


def test_nobody_is_asked_for_a_session_where_none_is_needed(newsroom: Newsroom) -> None:
    client = newsroom.client(newsroom.editor)
    with CaptureQueriesContext(connection) as queries:
        client.get("/healthz")
    assert len(queries) == 1


@pytest.mark.usefixtures("newsroom")
def test_one_log_in_is_ended() -> None:
    phone, desk = signed_in("edda", line=IPHONE), signed_in("edda")
    number = LogIn.objects.get(browser__contains="iOS").pk
    desk.post(OWN, {"end": number})
    assert not is_in(phone)
    assert is_in(desk)


@pytest.mark.usefixtures("newsroom")
def test_all_others_are_ended_and_this_one_stays() -> None:
    others = [signed_in("edda") for _ in range(3)]
    desk = signed_in("edda")
    desk.post(OWN, {"end": "all"})
    assert not any(is_in(other) for other in others)
    assert is_in(desk)


@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize("end", ["", "0", "-1", "²", "all ", "9" * 30])
def test_nonsense_ends_nothing(end: str) -> None:
    desk, other = signed_in("edda"), signed_in("edda")
    assert desk.post(OWN, {"end": end}).status_code == 302
    assert is_in(other)


@pytest.mark.usefixtures("newsroom")
def test_nobody_ends_the_log_in_of_another_by_its_number() -> None:
    chief = signed_in("chris")
    signed_in("edda").post(OWN, {"end": LogIn.objects.get(user__username="chris").pk})
    assert is_in(chief)


def test_session_keys_never_stand_in_a_page(newsroom: Newsroom, admin: Any) -> None:
    signed_in("edda")
    editor, keeper = signed_in("edda"), newsroom.client(admin)
    pages = editor.get(OWN).content.decode() + keeper.get(of(newsroom.editor)).content.decode()
    assert not [key for key in Session.objects.values_list("pk", flat=True) if key in pages]


def test_an_administrator_sees_and_ends_log_ins_of_others_and_it_is_logged(newsroom: Newsroom, admin: Any) -> None:
    editor, keeper = signed_in("edda", line=IPHONE), newsroom.client(admin)
    assert of(newsroom.editor) in keeper.get(reverse("wagtailusers_users:index")).content.decode()
    assert "Mobile Safari on iOS" in sentences(keeper.get(of(newsroom.editor)))
    keeper.post(of(newsroom.editor), {"end": "all"})
    assert not is_in(editor)
    entry = registry.get_logs_for_instance(newsroom.editor).get(action="broadsheet.log_ins_ended")
    assert entry.user == admin


@pytest.mark.parametrize("who", ["reporter", "editor", "chief"])
def test_nobody_else_looks_after_the_log_ins_of_others(newsroom: Newsroom, admin: Any, who: str) -> None:
    person = getattr(newsroom, who)
    target = signed_in("ada")
    client: Client = newsroom.client(person)
    assert client.get(of(admin)).status_code == 302
    client.post(of(admin), {"end": "all"})
    assert is_in(target)
    with pytest.raises(NotAllowed):
        end_log_ins(user=admin, by=person)
    with pytest.raises(NotAllowed):
        remove_second_factor(user=admin, by=person)


def test_whoever_may_change_users_may_not_touch_administrators(newsroom: Newsroom, admin: Any) -> None:
    newsroom.chief.user_permissions.add(Permission.objects.get(codename="change_user"))
    keeper = newsroom.client(get_user_model().objects.get(pk=newsroom.chief.pk))
    assert keeper.get(of(newsroom.editor)).status_code == 200
    assert keeper.get(of(admin)).status_code == 302


def test_deactivating_somebody_ends_their_log_ins_for_good(newsroom: Newsroom) -> None:
    client = signed_in("edda")
    newsroom.editor.is_active = False
    newsroom.editor.save()
    newsroom.editor.is_active = True
    newsroom.editor.save()
    assert not is_in(client)
    assert not LogIn.objects.filter(user=newsroom.editor).exists()


def test_deactivating_many_at_once_ends_their_log_ins_too(newsroom: Newsroom, admin: Any) -> None:
    client, chief = signed_in("edda"), signed_in("chris")
    url = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"]) + f"?id={newsroom.editor.pk}"
    newsroom.client(admin).post(url, {"mark_as_active": "False"})
    assert not get_user_model().objects.get(pk=newsroom.editor.pk).is_active
    get_user_model().objects.filter(pk=newsroom.editor.pk).update(is_active=True)
    assert not is_in(client)
    assert is_in(chief)


def test_a_new_password_ends_all_other_log_ins(newsroom: Newsroom) -> None:
    other, desk = signed_in("edda"), signed_in("edda")
    since = LogIn.objects.latest("pk").since
    account = desk.get("/account/").content.decode()
    fields: dict[str, Any] = {
        "name_email-first_name": "Edda", "name_email-last_name": "E", "name_email-email": "edda@example.org",
        "theme-theme": "system", "theme-contrast": "system", "theme-density": "default", "theme-keyboard_shortcuts": "on",
        "locale-preferred_language": "", "locale-current_time_zone": "",
        "password-old_password": "secret", "password-new_password1": "lantern on a quay",
        "password-new_password2": "lantern on a quay",
    }  # fmt: skip
    assert "password-old_password" in account
    assert desk.post("/account/", fields).status_code == 302
    assert not is_in(other)
    assert is_in(desk)
    assert [log_in.since for log_in in LogIn.objects.filter(user=newsroom.editor)] == [since]


@pytest.mark.usefixtures("newsroom")
def test_the_old_password_is_no_easier_to_guess_on_the_account_page() -> None:
    desk = signed_in("edda")
    guess = {"password-old_password": "x", "password-new_password1": "lantern on a quay"}
    guess["password-new_password2"] = guess["password-new_password1"]
    with time_machine.travel(later(0), tick=False):
        for _ in range(5):
            assert "Too many tries" not in sentences(desk.post("/account/", guess))
        assert "Too many tries. Wait 5 seconds" in sentences(desk.post("/account/", guess))


@pytest.mark.usefixtures("newsroom")
def test_logging_out_takes_the_log_in_from_the_list() -> None:
    signed_in("edda").post("/logout/")
    assert not LogIn.objects.exists()


@pytest.mark.usefixtures("newsroom")
def test_log_ins_that_ran_out_are_not_listed_and_go_with_the_next_one() -> None:
    with time_machine.travel(later(-settings.SESSION_COOKIE_AGE - 60)):
        signed_in("edda", line=IPHONE)
    client = signed_in("edda")
    assert "iOS" not in sentences(client.get(OWN))
    assert LogIn.objects.count() == 1


@pytest.mark.usefixtures("newsroom")
def test_a_session_key_set_by_somebody_else_is_worth_nothing_after_the_log_in() -> None:
    attacker, victim = browser(), browser()
    attacker.get("/login/")
    session = attacker.session
    session["planted"] = True
    session.save()
    planted = attacker.cookies[settings.SESSION_COOKIE_NAME].value
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(victim, "edda")
    assert is_in(victim)
    assert victim.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert not is_in(attacker)


@pytest.mark.usefixtures("newsroom")
def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    client = browser()
    sign_in(client, "edda")
    cookies = [cookie for name, cookie in client.cookies.items() if name != settings.CSRF_COOKIE_NAME]
    assert len(cookies) == 2
    assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in cookies)
    assert not any(cookie["secure"] for cookie in cookies)


@pytest.mark.usefixtures("newsroom")
def test_the_account_page_leads_to_log_ins_and_second_factor() -> None:
    page = signed_in("edda").get("/account/").content.decode()
    assert "logged in here and nowhere else" in page
    assert OWN in page
    assert "/account/second-factor/" in page
