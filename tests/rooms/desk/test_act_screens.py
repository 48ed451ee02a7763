"""The screens before an act that needs words, as a browser asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from lxml import html

from broadsheet.desk.actions import Release
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import Story
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import State
from broadsheet.plain.times import utc_now
from tests.factories import desk
from tests.rooms.desk.driving import press, told

if TYPE_CHECKING:
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

WORDS = {
    "correct": {"words": "The fare is 15,000 dong."},
    "kill": {"words": "It was not so."},
    "takedown": {"reference": "Order 12/2026"},
}


@pytest.fixture
def story(newsroom: Newsroom) -> Story:
    with acting_as(newsroom.chief):
        draft = desk.story(title="Ferry costs 5,000 dong")
        draft.save_revision()
        Release(Story.objects.get(pk=draft.pk), now=utc_now()).execute()
    return Story.objects.get(pk=draft.pk)


def standing(story: Story) -> Any:
    subject = subject_of(story)
    return LedgerReader().current(subject.urn, subject.locale)


def send(client: Client, story: Story, act: str, **fields: Any) -> Any:
    return client.post(
        reverse(f"desk_{act}", args=[story.pk]), {"seen": standing(story).number, **WORDS.get(act, {}), **fields}
    )


@pytest.mark.parametrize("act", [*WORDS, "restore"])
def test_screen_says_what_will_change_and_does_nothing_yet(newsroom: Newsroom, story: Story, act: str) -> None:
    response = newsroom.client(newsroom.chief).get(reverse(f"desk_{act}", args=[story.pk]))
    page = html.document_fromstring(response.content.decode())
    assert len(page.xpath("//ul[@class='desk-foreseen']/li")) >= 4
    assert standing(story).version == 1


@pytest.mark.parametrize(
    ("act", "state"),
    [("correct", State.RELEASED), ("kill", State.KILLED), ("takedown", State.TAKEN_DOWN)],
)
def test_button_does_the_act_and_says_so(newsroom: Newsroom, story: Story, act: str, state: State) -> None:
    response = send(newsroom.client(newsroom.chief), story, act)
    assert response.status_code == 302
    assert "Ferry costs" in told(response)
    assert (standing(story).state, standing(story).version) == (state, 2)


def test_correction_sends_the_saved_draft_once(newsroom: Newsroom, story: Story) -> None:
    chief = newsroom.client(newsroom.chief)
    press(chief, story, None, title="Ferry costs 15,000 dong")
    screen = chief.get(reverse("desk_correct", args=[story.pk])).content.decode()
    assert "Changed since they last got it: headline" in screen
    send(chief, story, "correct")
    now = standing(story)
    assert (now.version, now.document.headline) == (2, "Ferry costs 15,000 dong")
    assert [each.words for each in now.document.corrections] == ["The fare is 15,000 dong."]
    assert LedgerReader().record(now.number).act == "correct"
    row = Story.objects.get(pk=story.pk)
    assert (row.live, row.has_unpublished_changes) == (True, False)


def test_words_that_are_missing_are_asked_for_beside_the_field(newsroom: Newsroom, story: Story) -> None:
    response = send(newsroom.client(newsroom.chief), story, "kill", words=" ")
    page = html.document_fromstring(response.content.decode())
    assert page.xpath("//textarea[@name='words']/ancestor::*[contains(@class, 'w-field')]//*[contains(., 'required')]")
    assert standing(story).version == 1


def test_second_person_is_told_who_was_first_and_keeps_the_words(newsroom: Newsroom, story: Story) -> None:
    chief = newsroom.client(newsroom.chief)
    seen = standing(story).number
    send(chief, story, "correct")
    response = send(chief, story, "kill", seen=seen)
    assert "Chris corrected" in response.content.decode()
    assert "It was not so." in response.content.decode()
    assert standing(story).state is State.RELEASED


def test_version_is_chosen_from_those_readers_had(newsroom: Newsroom, story: Story) -> None:
    chief = newsroom.client(newsroom.chief)
    first = standing(story).number
    send(chief, story, "correct")
    send(chief, story, "kill")
    page = html.document_fromstring(chief.get(reverse("desk_restore", args=[story.pk])).content.decode())
    assert [int(radio.get("value")) for radio in page.xpath("//input[@name='number']")] == [first + 1, first]
    send(chief, story, "restore", number=first)
    assert standing(story).document.corrections == ()


@pytest.mark.parametrize("role", ["reporter", "editor"])
@pytest.mark.parametrize("act", [*WORDS, "restore"])
def test_others_find_neither_button_nor_screen(newsroom: Newsroom, story: Story, act: str, role: str) -> None:
    client = newsroom.client(getattr(newsroom, role))
    refused = send(client, story, act, number=1)
    assert refused.status_code in {302, 403}
    assert standing(story).version == 1
    form = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    assert reverse(f"desk_{act}", args=[story.pk]) not in form.content.decode()


def test_chief_editor_finds_the_buttons_on_a_released_story_only(newsroom: Newsroom, story: Story) -> None:
    chief = newsroom.client(newsroom.chief)
    with acting_as(newsroom.chief):
        draft = desk.story()
    shown = {
        page.pk: chief.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        for page in (story, draft)
    }
    for act in [*WORDS, "restore"]:
        assert reverse(f"desk_{act}", args=[story.pk]) in shown[story.pk]
        assert reverse(f"desk_{act}", args=[draft.pk]) not in shown[draft.pk]


@pytest.mark.parametrize(("act", "status"), [("kill", "killed"), ("takedown", "takedown")])
def test_list_can_be_narrowed_to_what_was_removed(newsroom: Newsroom, story: Story, act: str, status: str) -> None:
    chief = newsroom.client(newsroom.chief)
    send(chief, story, act)
    assert "Ferry costs" in chief.get("/stories/", {"status": status}).content.decode()
    assert "Ferry costs" not in chief.get("/stories/", {"status": "withdrawn"}).content.decode()
