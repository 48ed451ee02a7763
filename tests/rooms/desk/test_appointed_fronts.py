"""A front goes out and comes off at a set second, as it was put together then; by the same acts as a navigation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from broadsheet.desk.actions import Withdraw, make_appointment
from broadsheet.desk.actions.arranging import send_front
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import NotAllowed, NothingToUpdate, NotReady, NotReleased
from broadsheet.desk.models import Appointment, Front, Section, SectionLimit, Story
from broadsheet.ledger.arrangements import FrontDocument
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import front_urn, make_urn
from tests.factories import desk
from tests.rooms.desk.clock_hands import keep_all
from tests.rooms.desk.driving import told

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "chief_at_work")]

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)
SIX = NOW + timedelta(hours=1)
HOME, POLITICS = "/fronts/en/", "/fronts/en/politics/"


@pytest.fixture
def said(acts: Any) -> Any:
    """Tells which acts the ledger holds of fronts."""
    return lambda: acts("front")


@pytest.fixture
def story() -> Story:
    return desk.story(title="Ferry costs")


def standing(section: str = "") -> Any:
    return LedgerReader().current(front_urn(section), Locale("en"))


def slots(section: str = "") -> Any:
    document = standing(section).document
    assert document is None or isinstance(document, FrontDocument)
    return [pin.story for pin in document.slots] if document else None


def urn(story: Story) -> Any:
    return make_urn("story", story.subject_key.hex)


def appoint(
    *stories: Story, at: datetime = SIX, act: Act = Act.RELEASE, of: Section | None = None, **fields: Any
) -> Appointment:
    front = Front.objects.filter(section=of).first() or desk.front(of=of)
    arranged = desk.front(*stories, of=of, **fields)
    for name in Front.entry_fields:
        setattr(front, name, getattr(arranged, name))
    return make_appointment(front, act=act, due_at=at, text_seen=None, now=NOW)


def released(*stories: Story) -> Front:
    send_front(desk.front(*stories, layout="row"), now=NOW)
    return Front.objects.get()


def send(client: Client, *stories: Story, url: str = HOME, **more: Any) -> HttpResponse:
    pins = [("story", {"story": story.pk, "until": ""}) for story in stories]
    data = nested_form_data({"slots": streamfield(pins), "featured": streamfield([]), "strip": streamfield([])})
    there = standing(url.removeprefix(HOME).strip("/"))
    return client.post(url, {"seen": there.number if there else "", "layout": "lead", **data, **more})


def test_the_first_one_goes_out_at_its_second_in_the_makers_name_with_its_ends(
    clock: Any, said: Any, story: Story
) -> None:
    end = SIX + timedelta(hours=2)
    made = appoint(featured=[desk.pinned(story, until=end)], layout="row")
    assert (made.act, made.due_at, standing()) == ("release", SIX, None)
    assert keep_all(clock, SIX - timedelta(seconds=1)) == []
    assert keep_all(clock, SIX) == [""]
    document = standing().document
    assert (said(), document.layout, document.featured[0].until) == (["release"], "row", end)
    assert LedgerReader().record(standing().number).released_by == "chris"
    assert Front.objects.get().next_end == end
    assert not Appointment.objects.exists()


def test_another_takes_its_place_and_comes_off_and_each_front_has_its_own(clock: Any, said: Any, story: Story) -> None:
    released(desk.story(title="Rice prices"))
    politics = Section.objects.get(key="politics", locale__language_code="en")
    assert (appoint(story).act, appoint(story, of=politics).act) == ("update", "release")
    appoint(act=Act.WITHDRAW, at=SIX + timedelta(hours=1))
    assert slots() != [urn(story)]
    assert keep_all(clock, SIX) == ["", ""]
    assert (slots(), slots("politics")) == ([urn(story)], [urn(story)])
    assert Front.objects.get(section=None).layout == "lead-two"
    assert keep_all(clock, SIX + timedelta(hours=1)) == [""]
    assert (slots(), said()) == (None, ["release", "update", "release", "withdraw"])


@pytest.mark.parametrize("why", ["updated", "withdrew", "may no longer update", "no longer there", "nobody answers"])
def test_what_is_in_the_way_is_said_and_nothing_goes_out(
    newsroom: Newsroom, clock: Any, why: str, said: Any, story: Story
) -> None:
    front = released()
    appoint(story)
    before = said()
    if why == "updated":
        front.layout = "lead"
        front.save()
        before = [*before, "update"]
        assert "Another one was sent or withdrawn since." in newsroom.client(newsroom.chief).get(HOME).content.decode()
    elif why == "withdrew":
        Withdraw(front, now=NOW).execute()
        before, why = [*before, "withdraw"], "is not before readers"
    elif why == "no longer there":
        story.delete()
    elif why == "nobody answers":
        Appointment.objects.update(made_by=None)
    else:
        newsroom.chief.groups.clear()
    [sentence] = keep_all(clock, SIX)
    assert why in sentence
    assert said() == before
    assert Appointment.objects.get().sentence == sentence
    assert not Front.objects.get().slots


def test_what_cannot_be_then_is_refused_now(newsroom: Newsroom, said: Any, story: Story) -> None:
    with pytest.raises(NotReleased):
        appoint(act=Act.WITHDRAW)
    assert not Front.objects.exists(), "what was refused leaves nothing behind"
    released(story)
    with pytest.raises(NothingToUpdate):
        appoint(story, layout="row")
    with pytest.raises(NotReady):
        appoint(story, at=NOW)
    with pytest.raises(NotReady, match="another language"):
        appoint(desk.story(inside=desk.section(locale="vi")))
    with acting_as("system:test"), pytest.raises(NotAllowed, match="by a person"):
        appoint(story)
    with acting_as(newsroom.editor), pytest.raises(NotAllowed):
        appoint(story)
    assert (Appointment.objects.count(), said()) == (0, ["release"])


def test_whoever_is_limited_to_a_section_appoints_its_front_alone(newsroom: Newsroom, clock: Any, story: Story) -> None:
    SectionLimit.objects.create(user=newsroom.chief, section_key="politics")
    limited = type(newsroom.chief).objects.get(pk=newsroom.chief.pk)
    with acting_as(limited):
        with pytest.raises(NotAllowed):
            appoint(story)
        appoint(story, of=story.section)
    assert keep_all(clock, SIX) == [""]
    assert slots("politics") == [urn(story)]


@pytest.mark.parametrize("url", [HOME, POLITICS])
def test_it_is_appointed_looked_at_and_cancelled_on_its_screen(
    chief: Client, said: Any, story: Story, url: str
) -> None:
    assert "goes out then as if it were sent at that second" in chief.get(url).content.decode()
    assert "Release at 06:00 on 5 March 2026" in told(
        send(chief, story, url=url, appoint="release", due_at="2026-03-05T06:00")
    )
    made = Appointment.objects.get()
    shown = chief.get(f"{url}?appointed={made.pk}").content.decode()
    assert "Release at 06:00 on 5 March 2026" in shown
    assert f"?shown=1&amp;appointed={made.pk}" in shown
    assert chief.get(f"{url}?shown=1&appointed={made.pk}").status_code == 200
    listed = chief.get(reverse("desk_appointments")).content.decode()
    assert f'href="{url}"' in listed
    assert str(Front.objects.get()) in listed
    assert "no longer appointed" in told(send(chief, url=url, cancel=str(made.pk)))
    assert (Appointment.objects.count(), said()) == (0, [])
    shown = send(chief, story, url=url, appoint="release", due_at="2020-01-01T06:00").content.decode()
    assert "has passed" in shown


def test_whoever_looked_before_somebody_sent_another_appoints_nothing(chief: Client, story: Story) -> None:
    released()
    stale = standing().number
    send(chief)
    shown = send(chief, story, seen=stale, appoint="release", due_at="2026-03-05T06:00").content.decode()
    assert "updated “Home front (English)”" in shown
    assert not Appointment.objects.exists()


def test_the_database_keeps_each_of_one_subject() -> None:
    row: dict[str, Any] = {"act": "withdraw", "due_at": SIX, "made_at": NOW}
    front, page = released(), desk.standing_page()
    for wrong in ({}, {"page": page, "front": front}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.create(**row, **wrong)
    Appointment.objects.create(**row, front=front)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(**row, front=front)
