"""What stands round the acts: guards named and missing, mail, who acts, and the one hole kept shut."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.checks import run_checks
from django.core.mail import EmailMessage
from django.db import transaction
from django.test import RequestFactory

import broadsheet
from broadsheet.desk.actions import drop_guard, register_guard
from broadsheet.desk.actors import acting_as, acting_for, current_actor
from broadsheet.desk.errors import NobodyActs
from broadsheet.desk.mailing import AfterCommitBackend
from broadsheet.desk.models import Story
from tests.factories import desk
from tests.rooms.desk.driving import approve, create

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.desk.errors import Problem
    from broadsheet.ledger.values import Document
    from tests.rooms.desk.conftest import Newsroom


def nothing_to_say(_document: Document) -> Iterable[Problem]:
    return ()


def test_guard_the_settings_name_and_nobody_registered_fails_the_start(settings: Any) -> None:
    settings.BROADSHEET_GUARDS = [f"{__name__}.nothing_to_say"]
    assert [error.id for error in run_checks(tags=["broadsheet"])] == ["broadsheet.E001"]
    register_guard(nothing_to_say)
    try:
        assert run_checks(tags=["broadsheet"]) == []
    finally:
        drop_guard(nothing_to_say)


def test_user_is_asked_for_late_because_a_token_may_name_it_inside_the_view(django_user_model: Any) -> None:
    request = RequestFactory().post("/")
    with acting_for(request):
        with pytest.raises(NobodyActs):
            current_actor()
        request.user = django_user_model(username="lan")
        assert current_actor().name == "lan"


def test_innermost_declared_actor_acts() -> None:
    with acting_as("system:import"):
        with acting_as("system:setup"):
            assert current_actor().name == "system:setup"
        assert current_actor().name == "system:import"


@pytest.mark.parametrize("name", ["", "import", "system:", "lan"])
def test_system_actor_needs_its_form(name: str) -> None:
    with pytest.raises(ValueError, match="names no part"), acting_as(name):
        pass


def test_no_code_of_ours_sets_live_by_a_query() -> None:
    hole = re.compile(r"\.(bulk_)?update\([^)]*\blive\s*=|bulk_update\([^)]*['\"]live['\"]", re.DOTALL)
    package = Path(broadsheet.__file__).parent
    guilty = [path.name for path in package.rglob("*.py") if hole.search(path.read_text(encoding="utf-8"))]
    assert guilty == []


@pytest.mark.django_db
def test_approval_goes_through_when_the_mail_server_is_dead(
    newsroom: Newsroom, settings: Any, acts: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        settings.EMAIL_BACKEND = "broadsheet.desk.mailing.AfterCommitBackend"
        create(newsroom.client(newsroom.reporter), desk.section(), "action-submit")
        for user in (newsroom.editor, newsroom.chief):
            approve(newsroom.client(user), Story.objects.get())
    assert acts() == ["release"]
    assert caplog.records is not None


@pytest.mark.django_db(transaction=True)
def test_mail_waits_for_the_commit_and_a_failure_is_logged(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        with transaction.atomic():
            sent = AfterCommitBackend().send_messages(
                [EmailMessage("Hello", "Words", "a@example.org", ["b@example.org"])]
            )
            assert sent == 1
            assert caplog.records == []
    assert "could not be sent" in caplog.text
