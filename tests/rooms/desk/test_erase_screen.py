"""The screen of an erasure, and what the other screens say of what was erased."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from broadsheet.desk.actions import Release, ask_to_erase
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import ErasureRequest, Story
from broadsheet.desk.screens.addresses import screen_address
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.handing_out import note_handed_out
from broadsheet.ledger.models import Release as Row
from broadsheet.ledger.values import Act
from tests.factories import desk
from tests.rooms.desk.driving import press, told

if TYPE_CHECKING:
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves a file open where it makes a thumbnail.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
]

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)


@pytest.fixture
def two(newsroom: Newsroom) -> tuple[Any, Any]:  # noqa: ARG001 - the desk must be set up
    make = get_user_model().objects.create_superuser
    return make("ada", "ada@example.org", "secret"), make("bea", "bea@example.org", "secret")


@pytest.fixture
def story(two: tuple[Any, Any]) -> Story:
    draft = desk.story(title="Zanzibarine affair", lead_picture=desk.picture(title="Wombat"))
    draft.save_revision()
    with acting_as(two[0]):
        Release(Story.objects.get(pk=draft.pk), now=NOW).execute()
    return Story.objects.get(pk=draft.pk)


def screen(row: Any) -> str:
    return screen_address(row, Act.ERASE)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_two_administrators_erase_a_story_on_the_screen(newsroom: Newsroom, two: tuple[Any, Any], story: Story) -> None:
    note_handed_out(kind="backup", path=Path("monday.zip"), number=9, now=NOW)
    first, second = (newsroom.client(each) for each in two)
    assert screen(story) in text(first, reverse("wagtailadmin_pages:edit", args=[story.pk]))
    shown = text(first, screen(story))
    for sentence in ("Nobody can bring it back", "“Wombat”", "“monday.zip”", "zanzibarine-affair"):
        assert sentence in shown
    assert Story.objects.get(pk=story.pk).live

    first.post(screen(story), {"ask": "ask", "reference": "Court of Huế, 7/2026"})
    shown = text(first, screen(story))
    assert "another administrator has to agree" in shown
    assert "Erase it for good" not in shown
    assert "yourself" in told(first.post(screen(story), {"agree": "agree", "agreed": "on"}))

    shown = text(second, screen(story))
    assert "Court of Huế, 7/2026" in shown
    assert "ada" in shown
    assert "This field is required" in second.post(screen(story), {"agree": "agree"}).content.decode()
    assert Story.objects.get(pk=story.pk).live
    done = second.post(screen(story), {"agree": "agree", "agreed": "on"})
    assert "is erased" in told(done)
    shown = text(second, done["location"])
    assert "Zanzibarine" not in shown
    assert Story.objects.get(pk=story.pk).removed_by == "erase"


def test_a_picture_leads_to_its_own_screen(newsroom: Newsroom, two: tuple[Any, Any], story: Story) -> None:
    client = newsroom.client(two[0])
    picture = story.lead_picture
    assert screen(picture) in text(client, reverse("wagtailimages:edit", args=[picture.pk]))
    assert "Zanzibarine affair" in text(client, screen(picture))
    client.post(screen(picture), {"ask": "ask", "reference": "Order 7"})
    newsroom.client(two[1]).post(screen(picture), {"agree": "agree", "agreed": "on"})
    edit = reverse("wagtailimages:edit", args=[picture.pk])
    text(client, edit)  # shows the message of what was asked
    shown = text(client, edit)
    assert "Erased by order" in shown
    assert "Wombat" not in shown
    assert Story.objects.get(pk=story.pk).live


def test_what_was_asked_is_taken_back_on_the_screen(newsroom: Newsroom, two: tuple[Any, Any], story: Story) -> None:
    with acting_as(two[0]):
        ask_to_erase(story, reference="Order 7", now=NOW)
    newsroom.client(two[1]).post(screen(story), {"take_back": "take_back"})
    assert not ErasureRequest.objects.exists()


@pytest.mark.parametrize("role", ["reporter", "editor", "chief", "photo", "inspector"])
def test_nobody_else_sees_button_or_screen(newsroom: Newsroom, story: Story, role: str) -> None:
    client = newsroom.client(getattr(newsroom, role))
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    assert screen(story) not in edit.content.decode()
    picture = client.get(reverse("wagtailimages:edit", args=[story.lead_picture_id]))
    assert "/erase/" not in picture.content.decode()
    for row in (story, story.lead_picture):
        assert client.get(screen(row)).status_code != 200
        assert client.post(screen(row), {"ask": "ask", "reference": "Order 7"}).status_code != 200
    assert not ErasureRequest.objects.exists()


@pytest.fixture
def erased(newsroom: Newsroom, two: tuple[Any, Any], story: Story) -> Story:
    with acting_as(two[0]):
        ask_to_erase(story, reference="Order 7", now=NOW)
    newsroom.client(two[1]).post(screen(story), {"agree": "agree", "agreed": "on"})
    return Story.objects.get(pk=story.pk)


def test_the_ledgers_screens_say_it_was_erased_by_order(newsroom: Newsroom, erased: Story) -> None:
    client = newsroom.client(newsroom.inspector)
    first, last = Row.objects.filter(kind="story").order_by("number").values_list("number", flat=True)
    told_by = "erased by order “Order 7”"
    assert "Erased by order" in text(client, reverse("ledger_list"))
    subject = text(client, reverse("ledger_subject", args=[subject_of(erased).urn]))
    assert "Erased by order" in subject
    assert "desk-proof--damaged" not in subject
    old = text(client, reverse("ledger_release", args=[first]))
    assert told_by in old
    assert "desk-proof--damaged" not in old
    assert client.get(reverse("ledger_envelope", args=[first])).status_code == 404
    new = text(client, reverse("ledger_release", args=[last]))
    assert "Order 7" in new
    assert "ada" in new
    assert told_by in text(client, f"{reverse('ledger_differences')}?new={last}")


def test_the_other_screens_live_with_the_empty_row(newsroom: Newsroom, two: tuple[Any, Any], erased: Story) -> None:
    client = newsroom.client(two[0])
    edit = reverse("wagtailadmin_pages:edit", args=[erased.pk])
    assert "erased by order" in told(client.get(edit))
    assert press(client, erased, "action-publish", title="Zanzibarine affair").status_code == 302
    assert Story.objects.get(pk=erased.pk).title == "Erased by order"
    for name in ("correct", "kill", "takedown", "restore", "hold", "languages", "release_at", "withdraw_at", "share"):
        assert client.get(reverse(f"desk_{name}", args=[erased.pk])).status_code in {200, 302}
    assert "erased by order" in told(client.get(screen(erased)))
    for path in (
        reverse("wagtailadmin_home"),
        reverse("story_list:index") + "?status=erase",
        reverse("wagtailadmin_pages:history", args=[erased.pk]),
        reverse("wagtailadmin_explore", args=[erased.get_parent().pk]),
        reverse("wagtailimages:index"),
    ):
        assert "Zanzibarine" not in text(client, path)


def test_a_form_that_was_open_meanwhile_is_refused(newsroom: Newsroom, story: Story, erased: Story) -> None:
    """The chief editor opened the form before, and saves after."""
    client = newsroom.client(newsroom.chief)
    press(client, story, None, title="Zanzibarine affair, again")
    row = Story.objects.get(pk=erased.pk)
    assert (row.title, row.draft_title, row.revisions.count()) == ("Erased by order", "Erased by order", 0)
