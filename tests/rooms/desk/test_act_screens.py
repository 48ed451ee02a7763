"""The screens before an act that needs words, as a browser asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from lxml import html

from broadsheet.desk.actions import Release
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import Byline, Picture, Section, Story
from broadsheet.desk.pictures import PictureWords, receive_picture
from broadsheet.desk.screens.addresses import form_address
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import State
from broadsheet.plain.times import utc_now
from tests.factories import desk
from tests.rooms.desk.driving import look_first, press, told
from tests.rooms.desk.rows import standing

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


@pytest.mark.parametrize("role", ["reporter", "editor", "photo", "inspector"])
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


# Pictures, sections, bylines


@pytest.fixture
def picture(newsroom: Newsroom) -> Picture:
    with acting_as(newsroom.chief):
        words = PictureWords(title="The pier", text_locale="en", alt="A pier", credit="Lan Nguyễn")
        shown = receive_picture(data=desk.jpeg_bytes(), name="pier.jpg", words=words)
        Release(desk.story(title="Shows the pier", lead_picture=shown), now=utc_now()).execute()
    return Picture.objects.get(pk=shown.pk)


@pytest.mark.parametrize(("act", "state"), [("kill", State.KILLED), ("takedown", State.TAKEN_DOWN)])
def test_photo_editor_removes_a_picture_and_the_screen_names_the_stories_first(
    newsroom: Newsroom, picture: Picture, act: str, state: State
) -> None:
    photo = newsroom.client(newsroom.photo)
    address = reverse(f"desk_{act}_picture", args=[picture.pk])
    look_first(photo, form_address(picture))
    assert address in photo.get(form_address(picture)).content.decode()
    assert "“Shows the pier”" in photo.get(address).content.decode()
    response = photo.post(address, {"seen": standing(picture).number, **WORDS[act]})
    assert response.status_code == 302
    assert response["Location"] == form_address(picture)
    assert standing(picture).state is state


def test_photo_editor_brings_a_killed_picture_back_and_chooses_among_what_was_said_of_it(
    newsroom: Newsroom, picture: Picture
) -> None:
    first = standing(picture).number
    photo = newsroom.client(newsroom.photo)
    photo.post(reverse("desk_kill_picture", args=[picture.pk]), {"seen": first, **WORDS["kill"]})
    screen = photo.get(reverse("desk_restore_picture", args=[picture.pk]))
    assert "credit “Lan Nguyễn”" in screen.content.decode()
    photo.post(reverse("desk_restore_picture", args=[picture.pk]), {"seen": standing(picture).number, "number": first})
    assert standing(picture).state is State.RELEASED


@pytest.mark.parametrize("role", ["reporter", "editor", "inspector"])
@pytest.mark.parametrize("act", ["kill", "takedown", "restore"])
def test_others_neither_see_nor_do_the_acts_of_a_picture(
    newsroom: Newsroom, picture: Picture, act: str, role: str
) -> None:
    client = newsroom.client(getattr(newsroom, role))
    address = reverse(f"desk_{act}_picture", args=[picture.pk])
    before = standing(picture).number
    assert client.post(address, {"seen": before, "number": before, **WORDS.get(act, {})}).status_code in {302, 403}
    assert standing(picture).number == before
    look_first(newsroom.client(newsroom.chief), form_address(picture))
    assert address not in client.get(form_address(picture)).content.decode()


def test_picture_no_reader_ever_had_leads_to_no_act(newsroom: Newsroom) -> None:
    draft = desk.picture()
    photo = newsroom.client(newsroom.photo)
    look_first(photo, form_address(draft))
    assert reverse("desk_kill_picture", args=[draft.pk]) not in photo.get(form_address(draft)).content.decode()
    screen = photo.get(reverse("desk_kill_picture", args=[draft.pk]))
    assert "was never before readers" in told(screen)


def test_earlier_title_of_a_section_and_name_of_a_byline_come_back(newsroom: Newsroom) -> None:
    byline = desk.byline(name="Lan Nguyen")
    with acting_as(newsroom.chief):
        Release(desk.story(bylines=[(byline, "")]), now=utc_now()).execute()
        section = Section.objects.get()
        firsts = {"section": standing(section).number, "byline": standing(byline).number}
        section.title = "Politicks"
        section.save()
        byline.name = "Lan Nguyén"
        byline.save()
    chief = newsroom.client(newsroom.chief)
    for kind, row in (("section", section), ("byline", byline)):
        address = reverse(f"desk_restore_{kind}", args=[row.pk])
        assert address in chief.get(form_address(row)).content.decode()
        response = chief.post(address, {"seen": standing(row).number, "number": firsts[kind]})
        assert response["Location"] == form_address(row)
    assert standing(section).document.title == Section.objects.get().title == "Politics"
    assert standing(byline).document.name == Byline.objects.get().name == "Lan Nguyen"


# What release, update and withdraw say before


def foreseen(client: Client, story: Story, name: str = "edit") -> str:
    page = html.document_fromstring(client.get(reverse(f"wagtailadmin_pages:{name}", args=[story.pk])).content.decode())
    return " ".join(page.xpath("//ul[@class='desk-foreseen']")[0].text_content().split())


def test_form_says_what_a_release_will_change(newsroom: Newsroom) -> None:
    with acting_as(newsroom.chief):
        draft = desk.story(title="Ferry", bylines=[(desk.byline(name="Lan"), "")], lead_picture=desk.picture())
    look_first(newsroom.client(newsroom.chief), form_address(draft))
    words = foreseen(newsroom.client(newsroom.chief), draft)
    assert "address that never changes" in words
    assert "the home front, the front of Politics, the page of Lan, the feed" in words
    assert "the section “Politics”, the byline “Lan” and the picture “Boats”" in words
    assert standing(draft) is None
    assert Story.objects.get().url_slug == ""


def test_form_says_what_an_update_will_change_and_that_readers_are_not_told(newsroom: Newsroom, story: Story) -> None:
    chief = newsroom.client(newsroom.chief)
    assert "Nothing has changed since readers last got it." in foreseen(chief, story)
    press(chief, story, None, title="Ferry costs 15,000 dong")
    words = foreseen(chief, story)
    assert "Changed since they last got it: headline" in words
    assert "Readers are not told that it changed." in words


def test_form_says_why_a_story_cannot_go_out_yet(newsroom: Newsroom) -> None:
    draft = desk.story(lead_picture=desk.picture(credit="", alt=""))
    look_first(newsroom.client(newsroom.chief), form_address(draft))
    words = foreseen(newsroom.client(newsroom.chief), draft)
    assert "credit" in words
    assert "alternative text" in words


def test_screen_before_withdrawing_says_what_will_change(newsroom: Newsroom, story: Story) -> None:
    words = foreseen(newsroom.client(newsroom.chief), story, "unpublish")
    assert "answer 410" in words
    assert "It leaves the home front, the front of Politics, the feed" in words
    assert standing(story).state is State.RELEASED


@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_who_may_not_release_is_told_nothing_about_it(newsroom: Newsroom, role: str) -> None:
    draft = desk.story(owner=getattr(newsroom, role))
    client = newsroom.client(getattr(newsroom, role))
    page = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "desk-foreseen" not in page
    assert "When it goes to readers" not in page
