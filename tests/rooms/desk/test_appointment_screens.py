"""The screens of appointments, as a browser asks for them; the test paper's clock is that of Ho Chi Minh City."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from lxml import html

from broadsheet.desk.actions import keep_next_due, make_appointment
from broadsheet.desk.actions.holding import put_on_hold
from broadsheet.desk.actors import acting_as
from broadsheet.desk.appointments import appointments_of
from broadsheet.desk.models import Appointment, Story
from broadsheet.ledger.values import Act
from broadsheet.plain.times import utc_now
from tests.factories import desk
from tests.rooms.desk.driving import press, told

if TYPE_CHECKING:
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

#: 06:00 in the paper's zone.
SIX = datetime(2032, 5, 30, 23, 0, tzinfo=UTC)


@pytest.fixture
def story(newsroom: Newsroom) -> Story:
    with acting_as(newsroom.chief):
        desk.story(title="Ferry costs 5,000 dong").save_revision(user=newsroom.reporter)
    return Story.objects.get()


def screen(story: Story, act: str = "release") -> str:
    return reverse(f"desk_{act}_at", args=[story.pk])


def send(client: Client, story: Story, due_at: str, act: str = "release") -> Any:
    """Type the moment into the form as it is shown, and press the button."""
    page = html.document_fromstring(client.get(screen(story, act)).content.decode())
    (seen,) = page.xpath("//input[@name='text_seen']/@value")
    return client.post(screen(story, act), {"due_at": due_at, "text_seen": seen})


def failed(client: Client, story: Story) -> None:
    send(client, story, "2032-05-31 06:00")
    put_on_hold(story, reason="The lawyers read it.")
    assert keep_next_due(now=SIX)


def test_story_is_appointed_by_the_papers_clock_and_its_form_says_so(newsroom: Newsroom, story: Story) -> None:
    chief = newsroom.client(newsroom.chief)
    before = chief.get(screen(story)).content.decode()
    assert "saved at" in before
    assert "by Rita" in before
    assert "Asia/Ho_Chi_Minh" in before
    response = send(chief, story, "2032-05-31T06:00:00")
    assert response.status_code == 302
    assert Appointment.objects.get().due_at == SIX
    form = chief.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "Release at 06:00 on 31 May 2032 (Asia/Ho_Chi_Minh) is appointed." in form
    assert 'value="2032-05-31T06:00:00"' in chief.get(screen(story)).content.decode()


def test_person_who_sits_elsewhere_types_the_papers_time_all_the_same(newsroom: Newsroom, story: Story) -> None:
    from wagtail.users.models import UserProfile  # noqa: PLC0415 - a model of Wagtail's, needs the apps

    UserProfile.objects.create(user=newsroom.chief, current_time_zone="America/New_York")
    send(newsroom.client(newsroom.chief), story, "2032-05-31T06:00")
    assert Appointment.objects.get().due_at == SIX


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "soon",
        "2032-13-45 99:99",
        "31.05.2032 06:00",
        "9999-12-31T23:59",
        "0001-01-01T00:00",
        "2032-05-31T06:00+02:00",
        "2032-05-\x0031T06:00",
        "2" * 4000,
        "2001-01-01 06:00",
        "<script>",
    ],
)
def test_what_is_no_moment_is_asked_for_again_in_a_sentence(newsroom: Newsroom, story: Story, typed: str) -> None:
    response = send(newsroom.client(newsroom.chief), story, typed)
    assert response.status_code == 200
    page = html.document_fromstring(response.content.decode())
    assert page.xpath("//*[contains(@class, 'error-message')]"), typed
    assert not Appointment.objects.exists()


def test_hour_that_is_skipped_or_comes_twice_is_named(newsroom: Newsroom, story: Story, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    chief = newsroom.client(newsroom.chief)
    assert "02:30 is skipped on that day" in send(chief, story, "2032-03-28T02:30").content.decode()
    assert "02:30 comes twice on that day" in send(chief, story, "2032-10-31T02:30").content.decode()
    send(chief, story, "2032-10-31T03:00")
    assert Appointment.objects.get().due_at == datetime(2032, 10, 31, 2, 0, tzinfo=UTC)


def test_text_saved_while_the_screen_was_open_is_told_and_shown(newsroom: Newsroom, story: Story) -> None:
    chief = newsroom.client(newsroom.chief)
    refused = chief.post(screen(story), {"due_at": "2032-05-31T06:00", "text_seen": "2020-01-01T00:00:00Z"})
    assert "Rita saved another version" in refused.content.decode()
    garbage = chief.post(screen(story), {"due_at": "2032-05-31T06:00", "text_seen": "99:99"})
    assert "Rita saved another version" in garbage.content.decode()
    assert not Appointment.objects.exists()


def test_form_warns_that_a_changed_draft_will_not_go_out(newsroom: Newsroom, story: Story) -> None:
    chief = newsroom.client(newsroom.chief)
    send(chief, story, "2032-05-31T06:00")
    press(newsroom.client(newsroom.editor), story, None, title="Ferry costs 15,000 dong")
    form = chief.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "will not be done. Another version was saved since" in form


def test_cancel_takes_it_away_once_and_garbage_takes_nothing(newsroom: Newsroom, story: Story) -> None:
    chief = newsroom.client(newsroom.chief)
    send(chief, story, "2032-05-31T06:00")
    number = Appointment.objects.get().pk
    for garbage in ("", "x", "-1", str(number + 1), "9" * 30, "²"):
        assert chief.post(screen(story), {"cancel": garbage}).status_code == 302
    assert Appointment.objects.exists()
    assert "no longer appointed" in told(chief.post(screen(story), {"cancel": number}))
    assert not Appointment.objects.exists()


def test_failed_one_is_told_on_the_story_and_in_the_list_until_it_is_taken_away(
    newsroom: Newsroom, story: Story
) -> None:
    chief = newsroom.client(newsroom.chief)
    with acting_as(newsroom.chief):
        failed(chief, story)
    for address in (reverse("wagtailadmin_pages:edit", args=[story.pk]), screen(story), reverse("desk_appointments")):
        shown = chief.get(address).content.decode()
        assert "The lawyers read it." in shown, address
        assert "Not done" in shown or "was not done" in shown
    assert "Could not release at 06:00" in appointments_of([story], now=SIX)[story.pk]
    assert "Could not be done by the clock" in chief.get(f"/pages/{story.pk}/history/").content.decode()
    chief.post(screen(story), {"cancel": Appointment.objects.get().pk})
    assert "The lawyers read it." not in chief.get(reverse("desk_appointments")).content.decode()


def test_others_are_told_over_the_form_and_in_the_list_what_is_appointed(newsroom: Newsroom, story: Story) -> None:
    send(newsroom.client(newsroom.chief), story, "2032-05-31T06:00")
    form = reverse("wagtailadmin_pages:edit", args=[story.pk])
    for person, address in ((newsroom.editor, form), (newsroom.reporter, reverse("desk_appointments"))):
        shown = newsroom.client(person).get(address).content.decode()
        assert "Release at 06:00 on 31 May 2032" in shown
        assert screen(story) not in shown


@pytest.mark.parametrize("role", ["reporter", "editor", "inspector"])
def test_others_find_neither_buttons_nor_screens(newsroom: Newsroom, story: Story, role: str) -> None:
    client = newsroom.client(getattr(newsroom, role))
    for act in ("release", "withdraw"):
        refused = client.post(screen(story, act), {"due_at": "2032-05-31T06:00", "text_seen": ""})
        assert refused.status_code in {302, 403}
        assert screen(story, act) not in client.get(f"/pages/{story.pk}/edit/").content.decode()
    assert not Appointment.objects.exists()


def test_chief_editor_finds_the_buttons_named_after_what_will_be_done(newsroom: Newsroom, story: Story) -> None:
    chief = newsroom.client(newsroom.chief)
    form = chief.get(f"/pages/{story.pk}/edit/").content.decode()
    assert "Release at…" in form
    assert "Withdraw at…" in form
    press(chief, story, "action-publish")
    assert "Update at…" in chief.get(f"/pages/{story.pk}/edit/").content.decode()
    page = chief.get(screen(story, "withdraw")).content.decode()
    assert "It leaves the home front" in page
    assert send(chief, story, "2032-05-31T06:00", act="withdraw").status_code == 302
    assert "Withdraw at 06:00 on 31 May 2032" in chief.get(reverse("desk_appointments")).content.decode()


def test_words_for_a_list_take_one_query_and_leave_todays_day_out(
    newsroom: Newsroom, django_assert_num_queries: Any
) -> None:
    with acting_as(newsroom.chief):
        stories = [desk.story(title=f"Story {number}") for number in range(3)]
        for story, hours in zip(stories[:2], (0, 24), strict=True):
            make_appointment(story, act=Act.RELEASE, due_at=SIX + timedelta(hours=hours), text_seen=None, now=utc_now())
            make_appointment(
                story, act=Act.WITHDRAW, due_at=SIX + timedelta(hours=hours + 2), text_seen=None, now=utc_now()
            )
    with django_assert_num_queries(1):
        words = appointments_of(stories, now=SIX)
    assert words == {
        stories[0].pk: "Release at 06:00, withdraw at 08:00",
        stories[1].pk: "Release at 06:00 on 1 June, withdraw at 08:00 on 1 June",
    }
