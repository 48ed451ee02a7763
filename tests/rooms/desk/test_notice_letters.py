"""Notices by mail: after the commit, by the task worker, tried again; a dead mail server stops nobody."""

from __future__ import annotations

import email
import email.policy
import logging
import socket
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from broadsheet.desk.actions import Kill, Release
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import DeskNotice, Story
from broadsheet.desk.permissions import CHIEF_EDITORS
from broadsheet.plain.times import utc_now
from tests.factories import desk
from tests.factories.mail_server import MailServer, mail_server
from tests.rooms.desk.conftest import person
from tests.rooms.desk.driving import approve, create

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_a_mail_server(settings: SettingsWrapper) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    settings.WAGTAILADMIN_BASE_URL = "https://desk.example.org"


@pytest.fixture
def server(settings: SettingsWrapper) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "broadsheet.desk.mailing.AfterCommitBackend"
    with mail_server() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.address
        yield running


@pytest.fixture
def dead_server(settings: SettingsWrapper) -> Iterator[None]:
    settings.EMAIL_BACKEND = "broadsheet.desk.mailing.AfterCommitBackend"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        yield


def work() -> int:
    """Do what waits for the task worker now, which itself would close the test's own connection."""
    waiting = list(DBTaskResult.objects.ready().filter(task_path__endswith=".send_notice_letters"))
    for task in waiting:
        task.delete()
        task.task.call(*task.task_result.args, **task.task_result.kwargs)
    return len(waiting)


def release(newsroom: Newsroom, **fields: str) -> Story:
    story = desk.story(owner=newsroom.reporter, **fields)
    with acting_as(newsroom.chief):
        Release(story, now=utc_now()).execute()
    return story


def test_what_is_told_is_mailed_by_the_worker_and_by_nobody_before(newsroom: Newsroom) -> None:
    create(newsroom.client(newsroom.reporter), desk.section(), "action-submit", title="Harbour", body="Secret words.")
    approve(newsroom.client(newsroom.editor), Story.objects.get())
    assert mail.outbox == []
    work()
    letters = {(letter.to[0], letter.subject) for letter in mail.outbox}
    # Chris may take both steps.
    assert letters == {(f"{name}@example.org", "For your approval: Harbour") for name in ("edda", "chris")}
    assert len(mail.outbox) == 3
    notice = DeskNotice.objects.get(user=newsroom.editor)
    first = next(letter for letter in mail.outbox if letter.to == ["edda@example.org"])
    assert "“Harbour” waits for your approval. It comes from Rita" in first.body
    assert f"https://desk.example.org{reverse('desk_notice', args=[notice.pk])}" in first.body
    assert not any("Secret" in str(letter.message()) for letter in mail.outbox)
    assert work() == 0


def test_the_comment_with_which_a_story_is_returned_is_in_the_letter(newsroom: Newsroom) -> None:
    create(newsroom.client(newsroom.reporter), desk.section(), "action-submit")
    story = Story.objects.get()
    url = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "reject", story.current_workflow_task_state.pk])
    newsroom.client(newsroom.editor).post(url, {"comment": "The fare\nis wrong."})
    work()
    letter = next(letter for letter in mail.outbox if letter.to == ["rita@example.org"])
    assert letter.subject == "Returned: A new story"
    assert "Edda returned “A new story”" in letter.body
    assert "The fare is wrong." in letter.body


def test_whoever_switched_mail_off_is_told_at_the_desk_only(newsroom: Newsroom) -> None:
    UserProfile.objects.create(user=newsroom.reporter, approved_notifications=False)
    release(newsroom)
    work()
    assert mail.outbox == []
    assert DeskNotice.objects.get().user == newsroom.reporter


def test_the_account_page_has_the_switches_in_the_newsrooms_words(newsroom: Newsroom) -> None:
    page = newsroom.client(newsroom.editor).get("/account/").content.decode()
    for words in ("Notices by mail", "Waiting for you", "Returned to you", "Released, corrected or gone"):
        assert words in page
    assert "moderation" not in page
    assert "Waiting for you" not in newsroom.client(newsroom.reporter).get("/account/").content.decode()
    assert "Notices by mail" not in newsroom.client(newsroom.inspector).get("/account/").content.decode()


def test_without_a_mail_server_nothing_waits_to_be_sent(newsroom: Newsroom, settings: SettingsWrapper) -> None:
    settings.EMAIL_HOST = ""
    release(newsroom)
    assert not DBTaskResult.objects.filter(task_path__endswith=".send_notice_letters").exists()
    assert not DeskNotice.objects.get().mail_due


def test_an_act_undone_leaves_no_letter(newsroom: Newsroom) -> None:
    create(newsroom.client(newsroom.reporter), desk.section(), "action-submit", body="")
    approve(newsroom.client(newsroom.editor), Story.objects.get())
    before = DBTaskResult.objects.count()
    approve(newsroom.client(newsroom.chief), Story.objects.get())
    assert not Story.objects.get().live
    assert DBTaskResult.objects.count() == before


@pytest.mark.usefixtures("dead_server")
def test_a_dead_mail_server_is_tried_again_some_times_and_the_notice_stays(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    release(newsroom)
    moment = utc_now()
    tries = 0
    for hours in range(30):
        with time_machine.travel(moment + timedelta(hours=hours), tick=False):
            tries += work()
    assert tries == 5
    lines = [record for record in caplog.records if record.name == "broadsheet.desk.notice_letters"]
    assert [record.levelno for record in lines] == [logging.WARNING] * 4 + [logging.ERROR]
    assert all("\n" not in record.getMessage() and record.exc_info is None for record in lines)
    notice = DeskNotice.objects.get()
    assert (notice.read_at, notice.mail_due) == (None, False)


def test_a_letter_reaches_a_mail_server_that_came_back_once(newsroom: Newsroom, server: MailServer) -> None:
    second = person("cleo", CHIEF_EDITORS)
    story = release(newsroom)
    work()
    assert len(server.letters) == 1
    server.refused = {"cleo"}
    with acting_as(newsroom.chief):
        Kill(Story.objects.get(pk=story.pk), now=utc_now(), words="Not so.").execute()
    work()
    assert len(server.letters) == 2
    assert list(DeskNotice.objects.filter(mail_due=True).values_list("user", flat=True)) == [second.pk]
    server.refused = set()
    assert work() == 0
    with time_machine.travel(utc_now() + timedelta(minutes=2), tick=False):
        assert work() == 1
    assert len(server.letters) == 3
    assert not DeskNotice.objects.filter(mail_due=True).exists()


def test_a_headline_cannot_write_headers_or_turn_the_line_round(newsroom: Newsroom, server: MailServer) -> None:
    story = release(newsroom)
    title = "Harbour\r\nBcc: all@example.org\n\nWords \u202eevil"
    Story.objects.filter(pk=story.pk).update(title=title, draft_title=title)
    work()
    read = email.message_from_string(server.letters[0], policy=email.policy.default)
    assert read["subject"] == "Released: Harbour Bcc: all@example.org Words evil"
    assert read["bcc"] is None
    assert read["auto-submitted"] == "auto-generated"
    assert "\u202e" not in read.get_content()
    assert server.recipients == ["rcpt TO:<rita@example.org>"]


def test_an_address_no_mail_can_be_sent_to_keeps_nobody_else_from_theirs(
    newsroom: Newsroom, server: MailServer
) -> None:
    odd = person("odd", CHIEF_EDITORS)
    odd.email = "odd\n@example.org"
    odd.save()
    story = release(newsroom)
    with acting_as(person("cleo", CHIEF_EDITORS)):
        Kill(Story.objects.get(pk=story.pk), now=utc_now(), words="Not so.").execute()
    work()
    assert len(server.letters) == 3
    assert work() == 0
    assert not DeskNotice.objects.filter(mail_due=True).exists()


def test_whoever_left_meanwhile_gets_no_letter(newsroom: Newsroom) -> None:
    release(newsroom)
    newsroom.reporter.is_active = False
    newsroom.reporter.save()
    work()
    assert mail.outbox == []
