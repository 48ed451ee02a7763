"""Eight busy editors do not delay a release: who holds the write lock of the database, how often, and for what.

On SQLite a transaction begins with BEGIN IMMEDIATE and is the lock; a statement that writes outside one takes it for
its own length. Both are counted from the statements themselves, so the test says the same on PostgreSQL.
"""

from __future__ import annotations

import re
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections
from django.template.base import Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from broadsheet.desk.actions import Release
from broadsheet.desk.actors import acting_as
from tests.factories import desk
from tests.rooms.desk.conftest import make_newsroom
from tests.rooms.desk.driving import look_first, press

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
_WRITES = re.compile(r"\s*(BEGIN|INSERT|UPDATE|DELETE|REPLACE)|.*FOR (NO KEY )?UPDATE", re.IGNORECASE | re.DOTALL)


@pytest.fixture
def newsroom(transactional_db: None) -> Newsroom:  # noqa: ARG001 - asks for the database
    return make_newsroom()


def locking(statements: CaptureQueriesContext) -> list[str]:
    """Return the statements that take the write lock."""
    return [each["sql"][:120] for each in statements.captured_queries if _WRITES.match(each["sql"])]


def screens(story: Any) -> dict[str, str]:
    picture = story.lead_picture
    return {
        "home": reverse("wagtailadmin_home"),
        "stories": reverse("story_list:index"),
        "sections": reverse("section_list:index"),
        "tree": reverse("wagtailadmin_explore", args=[story.get_parent().pk]),
        "new story": reverse("wagtailadmin_pages:add", args=["desk", "story", story.get_parent().pk]),
        "story": reverse("wagtailadmin_pages:edit", args=[story.pk]),
        "history": reverse("wagtailadmin_pages:history", args=[story.pk]),
        "withdraw": reverse("wagtailadmin_pages:unpublish", args=[story.pk]),
        "bylines": reverse("wagtailsnippets_desk_byline:list"),
        "picture": reverse("wagtailimages:edit", args=[picture.pk]),
        "pictures": reverse("wagtailimages:index"),
    }


def test_looking_at_the_desk_takes_no_write_lock(newsroom: Newsroom) -> None:
    story = desk.story(lead_picture=desk.picture())
    with acting_as(newsroom.chief):
        Release(story, now=NOW).execute()
    chief = newsroom.client(newsroom.chief)
    # The first look makes what is kept: a profile, the wish to hear of comments, a picture's thumbnail.
    look_first(chief, *screens(story).values())
    for name, url in screens(story).items():
        with CaptureQueriesContext(connection) as statements:
            chief.get(url)
        assert locking(statements) == [], name


def test_draft_is_saved_in_one_short_transaction_without_a_template_in_it(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = desk.story()
    chief = newsroom.client(newsroom.chief)
    press(chief, story, None, title="First")
    rendered_under_lock: list[str] = []
    render = Template.render

    def watched(template: Template, context: Any) -> Any:
        if connection.in_atomic_block:
            rendered_under_lock.append(str(template.name))
        return render(template, context)

    monkeypatch.setattr(Template, "render", watched)
    with CaptureQueriesContext(connection) as statements:
        press(chief, story, None, title="Second")
    assert rendered_under_lock == []
    assert sum(each["sql"].startswith("BEGIN") for each in statements.captured_queries) == 1, locking(statements)


def test_release_is_one_transaction_that_ends_with_the_ledger(newsroom: Newsroom) -> None:
    story = desk.story(lead_picture=desk.picture())
    with acting_as(newsroom.chief), CaptureQueriesContext(connection) as statements:
        Release(story, now=NOW).execute()
    said = [each["sql"] for each in statements.captured_queries]
    assert sum(sql.startswith("BEGIN") for sql in said) == 1
    writes = [re.sub(r'["`]', "", sql).split()[2] for sql in said if sql.startswith(("INSERT", "UPDATE"))]
    last_of_desk = max(place for place, table in enumerate(writes) if not table.startswith(("ledger_", "press_")))
    assert set(writes[last_of_desk + 1 :]) >= {"ledger_release", "ledger_current", "press_notice"}


def test_release_among_eight_busy_editors_waits_for_no_reader_of_the_desk(newsroom: Newsroom) -> None:
    stories = [desk.story(title=f"Story {number}") for number in range(8)]
    story = desk.story(title="Harbour opens")
    clients = [newsroom.client(newsroom.editor) for _ in stories]
    for client, each in zip(clients, stories, strict=True):
        client.get(reverse("wagtailadmin_pages:edit", args=[each.pk]))
    with busy(clients, stories) as seen, acting_as(newsroom.chief), no_patience():
        time.sleep(0.5)
        record = Release(story, now=NOW).execute()
    assert record.version == 1
    assert seen
    assert all(status == 200 for status in seen), seen


@contextmanager
def no_patience() -> Iterator[None]:
    """Make this connection fail at the first lock somebody else holds, instead of waiting for it."""
    ask, default = (
        ("PRAGMA busy_timeout = {}", ("0", "20000"))
        if connection.vendor == "sqlite"
        else ("SET lock_timeout = '{}'", ("1ms", "0"))
    )
    with connection.cursor() as cursor:
        cursor.execute(ask.format(default[0]))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(ask.format(default[1]))


@contextmanager
def busy(clients: list[Client], stories: list[Any]) -> Iterator[list[int]]:
    """Let each person open their story again and again; give the statuses they got."""
    stop, seen = threading.Event(), []

    def look(client: Client, story: Any) -> None:
        while not stop.is_set():
            seen.append(client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).status_code)
        connections.close_all()

    threads = [threading.Thread(target=look, args=each) for each in zip(clients, stories, strict=True)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=60)
