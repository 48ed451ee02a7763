"""A new password by mail: one link, one hour, once; and nobody learns who works here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import registry

from tests.rooms.desk.log_in_hands import (
    CODE,
    browser,
    is_in,
    later,
    sentences,
    set_up_second_factor,
    sign_in,
    signed_in,
)

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db
ASK = "/password_reset/"
NEW = "lantern on a quay"


@pytest.fixture(autouse=True)
def mail_server(settings: SettingsWrapper) -> None:
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True
    settings.WAGTAILADMIN_BASE_URL = "https://desk.example.org"


def send_letters() -> None:
    """Do what waits for the task worker, which itself would close the test's own connection."""
    for waiting in DBTaskResult.objects.ready().filter(task_path__endswith=".send_reset_letter"):
        waiting.task.call(*waiting.task_result.args)
        waiting.delete()


def ask(email: str, client: Client | None = None, **more: str) -> HttpResponse:
    answer = (client or browser()).post(ASK, {"email": email}, follow=True, **more)
    send_letters()
    return answer


def link_for(email: str) -> str:
    ask(email)
    found = re.search(r"https://desk\.example\.org(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def choose(link: str, password: str = NEW, client: Client | None = None) -> HttpResponse:
    client = client or browser()
    form = client.get(link, follow=True)
    where = form.request["PATH_INFO"]
    return client.post(where, {"new_password1": password, "new_password2": password}, follow=True)


@pytest.mark.usefixtures("newsroom")
def test_the_letter_leads_to_a_new_password_that_opens_the_desk() -> None:
    assert "Look into your mail" in sentences(ask("edda@example.org"))
    letter = mail.outbox[-1]
    assert letter.to == ["edda@example.org"]
    assert "edda" in letter.body
    assert "once, for 60 minutes" in letter.body
    choose(link_for("edda@example.org"))
    client = browser()
    sign_in(client, "edda", NEW)
    assert is_in(client)
    other = browser()
    sign_in(other, "edda", "secret")
    assert not is_in(other)


@pytest.mark.usefixtures("newsroom")
def test_an_address_nobody_has_gets_the_same_answer_at_the_same_cost() -> None:
    answers, costs = [], []
    for number, email in enumerate(("edda@example.org", "nobody@example.org")):
        client = browser(address=f"198.51.100.{number}")
        client.get(ASK)
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(ASK, {"email": email})
        answers.append((answer.status_code, answer.headers["location"], answer.content))
        costs.append(len(queries))
    assert answers[0] == answers[1]
    assert costs[0] == costs[1]
    assert not mail.outbox
    send_letters()
    assert [letter.to for letter in mail.outbox] == [["edda@example.org"]]


@pytest.mark.usefixtures("newsroom")
def test_a_link_works_once() -> None:
    link = link_for("edda@example.org")
    choose(link)
    assert "Invalid password reset link" in sentences(choose(link, "a second lantern"))
    client = browser()
    sign_in(client, "edda", NEW)
    assert is_in(client)


@pytest.mark.usefixtures("newsroom")
def test_a_form_opened_before_the_link_was_used_is_refused() -> None:
    link, early = link_for("edda@example.org"), browser()
    form = early.get(link, follow=True)
    choose(link)
    answer = early.post(form.request["PATH_INFO"], {"new_password1": "mine instead", "new_password2": "mine instead"})
    assert "Invalid password reset link" in sentences(answer)


@pytest.mark.usefixtures("newsroom")
def test_a_link_ends_after_an_hour_and_with_a_newer_log_in() -> None:
    link = link_for("edda@example.org")
    with time_machine.travel(later(3_700)):
        assert "Invalid password reset link" in sentences(choose(link))
    with time_machine.travel(later(5)):
        signed_in("edda")
        assert "Invalid password reset link" in sentences(choose(link))


def test_a_link_of_somebody_deactivated_since_is_no_link(newsroom: Newsroom) -> None:
    link = link_for("edda@example.org")
    newsroom.editor.is_active = False
    newsroom.editor.save()
    assert "Invalid password reset link" in sentences(choose(link))


@pytest.mark.usefixtures("newsroom")
def test_the_link_leaves_the_address_bar_before_the_form_is_shown() -> None:
    link = link_for("edda@example.org")
    form = browser().get(link, follow=True)
    assert form.request["PATH_INFO"].endswith("/set-password/")


@pytest.mark.usefixtures("newsroom")
def test_the_letter_names_the_desks_own_host_whatever_the_request_said() -> None:
    ask("edda@example.org", HTTP_HOST="evil.example.org")
    assert "evil" not in str(mail.outbox[-1].body) + mail.outbox[-1].subject


def test_a_new_password_ends_every_log_in_and_is_logged(newsroom: Newsroom) -> None:
    old = signed_in("edda")
    choose(link_for("edda@example.org"))
    assert not is_in(old)
    assert registry.get_logs_for_instance(newsroom.editor).filter(action="broadsheet.password_reset").exists()


@pytest.mark.usefixtures("newsroom")
def test_a_new_password_does_not_log_in_and_does_not_spare_the_second_factor() -> None:
    set_up_second_factor(signed_in("edda"))
    client = browser()
    choose(link_for("edda@example.org"), client=client)
    assert not is_in(client)
    assert sign_in(client, "edda", NEW).headers["location"] == CODE
    assert not is_in(client)


@pytest.mark.usefixtures("newsroom")
def test_a_poor_password_is_refused() -> None:
    link = link_for("edda@example.org")
    for poor in ("short", "edda@example", "1234567890"):
        choose(link, poor)
        client = browser()
        sign_in(client, "edda", poor)
        assert not is_in(client)


@pytest.mark.usefixtures("newsroom")
def test_asking_too_often_waits_and_nobody_gets_letters_without_end() -> None:
    with time_machine.travel(later(0), tick=False):
        answers = [sentences(ask("edda@example.org", browser(address=f"198.51.100.{number}"))) for number in range(8)]
    assert "Too many tries. Wait" in answers[-1]
    assert len(mail.outbox) == 5


@pytest.mark.usefixtures("newsroom")
def test_an_answered_letter_lets_in_whom_a_guesser_made_wait() -> None:
    with time_machine.travel(later(0), tick=False) as clock:
        for _ in range(3):
            for number in range(6):
                sign_in(browser(address="203.0.113.66"), "edda", f"guess {number}")
            clock.shift(100)
        hers = browser(address="198.51.100.9")
        for _ in range(2):
            sign_in(browser(address="203.0.113.67"), "edda", "guess")
        assert "Too many tries" in sentences(sign_in(browser(address="198.51.100.9"), "edda"))
        choose(link_for("edda@example.org"), client=hers)
        sign_in(hers, "edda", NEW)
        assert is_in(hers)


@pytest.mark.usefixtures("newsroom")
def test_without_a_mail_server_the_log_in_promises_no_mail(settings: SettingsWrapper) -> None:
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = False
    page = sentences(browser().get("/login/"))
    assert "Forgotten password?" not in page
    assert "An administrator can give you a new one." in page
    assert browser().get(ASK).status_code == 404
    assert browser().post(ASK, {"email": "edda@example.org"}).status_code == 404


@pytest.mark.usefixtures("newsroom")
def test_with_a_mail_server_the_log_in_leads_to_the_letter() -> None:
    assert ASK in browser().get("/login/").content.decode()


def test_somebody_without_a_password_of_the_desk_gets_no_letter(newsroom: Newsroom) -> None:
    get_user_model().objects.filter(pk=newsroom.editor.pk).update(password="!")
    ask("edda@example.org")
    assert not mail.outbox
