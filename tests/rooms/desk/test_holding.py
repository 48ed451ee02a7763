"""Embargo and legal hold keep a story at the desk, whoever presses whichever button."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from broadsheet.desk.actions import Correct, Kill, Release, Restore, Withdraw
from broadsheet.desk.actions.holding import lift_hold, put_on_hold
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import NotAllowed, NotReady
from broadsheet.ledger.values import State
from tests.factories import desk
from tests.rooms.desk.driving import press
from tests.rooms.desk.rows import again, standing

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chief_at_work")]

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def test_nothing_goes_out_before_the_embargo_and_everything_at_its_second() -> None:
    story = desk.story(embargo_until=LATER)
    with pytest.raises(NotReady, match="under embargo until"):
        Release(story, now=LATER - timedelta(milliseconds=1)).execute()
    assert standing(story) is None
    Release(again(story), now=LATER).execute()
    assert standing(story).state is State.RELEASED


def test_story_under_hold_is_neither_released_nor_updated_corrected_or_restored() -> None:
    story = desk.story()
    Release(story, now=NOW).execute()
    number = standing(story).number
    put_on_hold(again(story), reason="The lawyers read it first.")
    changed = again(story)
    changed.title = "Changed"
    with pytest.raises(NotReady, match="lawyers read it first"):
        changed.save()
    for act in (
        Correct(again(story), now=LATER, words="A note."),
        Restore(again(story), now=LATER, number=number),
    ):
        with pytest.raises(NotReady, match="under legal hold"):
            act.execute()
    Withdraw(again(story), now=LATER).execute()
    with pytest.raises(NotReady, match="under legal hold"):
        Release(again(story), now=LATER).execute()
    lift_hold(again(story))
    Release(again(story), now=LATER).execute()
    assert standing(story).state is State.RELEASED


def test_hold_does_not_keep_a_story_before_readers() -> None:
    story = desk.story()
    Release(story, now=NOW).execute()
    put_on_hold(again(story), reason="Sued.")
    Kill(again(story), now=LATER, words="Not so.").execute()
    assert standing(story).state is State.KILLED


def test_earlier_draft_does_not_lift_the_hold() -> None:
    story = desk.story()
    before = story.save_revision()
    put_on_hold(again(story), reason="Sued.")
    with pytest.raises(NotReady, match="Sued"):
        before.publish()
    assert again(story).legal_hold == "Sued."


def test_reporters_and_editors_neither_put_on_nor_lift(newsroom: Newsroom) -> None:
    story = desk.story()
    put_on_hold(story, reason="Sued.")
    for person in (newsroom.reporter, newsroom.editor):
        with acting_as(person):
            with pytest.raises(NotAllowed):
                lift_hold(again(story))
            with pytest.raises(NotAllowed):
                put_on_hold(again(story), reason="Mine.")
            assert newsroom.client(person).get(reverse("desk_hold", args=[story.pk])).status_code in {302, 403}
    assert again(story).legal_hold == "Sued."


def test_chief_editor_puts_on_and_lifts_at_the_desk_and_the_list_shows_it(newsroom: Newsroom) -> None:
    story = desk.story(title="The harbour master's house")
    story.save_revision()
    chief = newsroom.client(newsroom.chief)
    screen = reverse("desk_hold", args=[story.pk])
    assert "required" in chief.post(screen, {"reason": ""}).content.decode()
    chief.post(screen, {"reason": "Waiting for the court."})
    assert "Legal hold" in chief.get("/stories/").content.decode()
    assert "Waiting for the court." in chief.get(screen).content.decode()
    refused = press(chief, again(story), "action-publish")
    assert standing(story) is None
    assert refused.status_code in {200, 302}
    chief.post(screen, {"lift": "lift"})
    press(chief, again(story), "action-publish")
    assert standing(story).state is State.RELEASED


def test_embargo_is_said_beside_its_field(newsroom: Newsroom) -> None:
    story = desk.story()
    story.save_revision()
    chief = newsroom.client(newsroom.chief)
    response = press(chief, story, "action-publish", embargo_until="2126-01-01 10:00")
    assert standing(story) is None
    shown = chief.get(response.headers["location"]) if response.status_code == 302 else response
    assert "under embargo until 10:00 on 1 January 2126" in shown.content.decode()
