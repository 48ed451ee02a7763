"""The narrow table the list is read from follows every way a story goes, and can be made anew from the stories."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps

from broadsheet.desk.actions import (
    Import,
    Kill,
    Release,
    Restore,
    Takedown,
    Withdraw,
    keep_next_due,
    make_appointment,
)
from broadsheet.desk.actions.assigning import assign, commission
from broadsheet.desk.actions.correct import send_correction
from broadsheet.desk.actions.follow_up import start_follow_up
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import ListedByline, ListedStory, Story
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act
from tests.factories import desk
from tests.rooms.desk.driving import create, press
from tests.rooms.desk.rows import again

if TYPE_CHECKING:
    import time_machine

    from tests.rooms.desk.conftest import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)
SIX, SEVEN = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


def lines() -> list[tuple[Any, ...]]:
    """Return all the table holds, but for deadlines: there are none in papers from before it."""
    columns = ("pk", "language", "section_key", "status", "searched", "owner", "editor", "task")
    signed = ListedByline.objects.order_by("listed", "place").values_list("listed", "place", "byline__name")
    return [*ListedStory.objects.order_by("pk").values_list(*columns), *signed]


def check_lines() -> None:
    """Make the table anew, as the migration does for papers from before it; it must hold the same."""
    kept = lines()
    ListedStory.objects.all().delete()
    import_module("broadsheet.desk.migrations.0012_the_story_list").list_the_stories(apps, None)
    assert lines() == kept
    assert ListedStory.objects.count() == Story.objects.count()


def status(story: Story) -> str:
    """Return what the table says after it was found to be true."""
    check_lines()
    return ListedStory.objects.get(pk=story.pk).status


def draft(title: str, **fields: Any) -> Story:
    story = desk.story(title=title, **fields)
    story.save_revision()
    return again(story)


def first_version(story: Story) -> int:
    subject = subject_of(story)
    return LedgerReader().versions(subject.urn, subject.locale)[0].number


def test_new_story_is_listed_at_once_and_a_deleted_one_no_longer(newsroom: Newsroom) -> None:
    reporter = newsroom.client(newsroom.reporter)
    create(reporter, desk.section(), None, title="Begun")
    story = Story.objects.get()
    assert status(story) == "draft"
    press(reporter, story, "action-submit")
    assert status(story) == "approval"
    newsroom.client(newsroom.chief).post(f"/pages/{story.pk}/delete/")
    assert not ListedStory.objects.exists()


def test_story_moved_to_another_section_is_listed_there(newsroom: Newsroom) -> None:
    chief, story, sea = newsroom.client(newsroom.chief), desk.story(title="Moved"), desk.section(key="sea", title="Sea")
    chief.post(f"/pages/{story.pk}/move/{sea.pk}/confirm/")
    assert ListedStory.objects.get().section_key == "sea"


def test_line_follows_every_act(newsroom: Newsroom) -> None:
    story = draft("Followed", bylines=[(desk.byline(), "")])
    with acting_as(newsroom.chief):
        Release(story, now=NOW).execute()
        assert status(story) == "released"
        story = again(story)
        story.title = "Put right"
        story.bylines.add(story.bylines.model(byline=desk.byline(name="Minh"), sort_order=1))
        story.save_revision(user=newsroom.editor)
        assert status(story) == "changed"
        send_correction(again(story), words="It was otherwise.", now=NOW)
        assert status(story) == "released"
        Withdraw(again(story), now=NOW).execute()
        assert status(story) == "withdrawn"
        Release(again(story), now=NOW).execute()
        Kill(again(story), now=NOW, words="Not so.").execute()
        assert status(story) == "killed"
        Restore(again(story), now=NOW, number=first_version(story)).execute()
        assert status(story) == "released"
        assert ListedStory.objects.get().searched == "followed"
        Takedown(again(story), now=NOW, reference="Order 7").execute()
        assert status(story) == "takedown"


def test_line_follows_imports_follow_ups_and_commissions(newsroom: Newsroom) -> None:
    with acting_as("system:archive"):
        old = draft("From the archive", bylines=[(desk.byline(), "")])
        Import(old, now=NOW, published_at=NOW - timedelta(days=9000)).execute()
    assert status(old) == "released"
    with acting_as(newsroom.reporter):
        assert status(start_follow_up(again(old))) == "draft"
    with acting_as(newsroom.editor):
        given = commission(desk.section(), headline="To write", assignee=newsroom.reporter, deadline=SIX)
    line = ListedStory.objects.get(pk=given.pk)
    assert (line.assignee, line.due_at, line.status) == (newsroom.reporter, SIX, "draft")


def test_line_follows_the_clock(newsroom: Newsroom, clock: time_machine.Coordinates) -> None:
    story = draft("Appointed")
    story.get_workflow().start(story, newsroom.reporter)

    def appoint(act: Act, at: datetime) -> None:
        seen = again(story).latest_revision_created_at
        with acting_as(newsroom.chief):
            make_appointment(again(story), act=act, due_at=at, text_seen=seen, now=NOW)

    def keep(at: datetime) -> str:
        clock.move_to(at)
        outcome = keep_next_due(now=at)
        assert outcome is not None
        return outcome.sentence

    with acting_as(newsroom.chief):
        assign(again(story), assignee=newsroom.editor, deadline=SEVEN)
    appoint(Act.RELEASE, SIX)
    appoint(Act.WITHDRAW, SEVEN)
    assert status(story) == "approval"
    assert keep(SIX) == ""
    line = ListedStory.objects.get()
    assert (line.assignee, line.due_at, again(story).deadline) == (newsroom.editor, None, SEVEN)
    assert status(story) == "released"
    changed = again(story)
    changed.title = "Changed since"
    changed.save_revision()
    assert status(story) == "changed"
    assert (keep(SEVEN), status(story)) == ("", "withdrawn")


def test_stories_from_before_there_was_a_list_are_listed_by_the_migration(newsroom: Newsroom) -> None:
    desk.story(title="Never saved as a draft", bylines=[(desk.byline(), "")])
    waiting = draft("Waiting", owner=newsroom.reporter)
    waiting.get_workflow().start(waiting, newsroom.reporter)
    check_lines()
