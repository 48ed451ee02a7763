"""A navigation goes out and comes off at a set second: what was put together then, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from broadsheet.desk.actions import Release, cancel_appointment, make_appointment
from broadsheet.desk.actions.navigating import send_navigation
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import AlreadyReleased, NotAllowed, NothingToUpdate, NotReady, NotReleased
from broadsheet.desk.models import Appointment, Navigation, SectionLimit
from broadsheet.ledger.arrangements import FrontEntry, NavigationDocument, SectionsEntry, SubjectEntry
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import make_urn
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
URL = "/navigation/en/"
HOME = [("front", {"label": "Home"})]


@pytest.fixture
def said(acts: Any) -> Any:
    """Tells which acts the ledger holds of navigations."""
    return lambda: acts("navigation")


def standing() -> Any:
    return LedgerReader().current(make_urn("navigation", "site"), Locale("en"))


def menu() -> Any:
    document = standing().document
    assert document is None or isinstance(document, NavigationDocument)
    return document.menu if document else None


def released(**entries: Any) -> Navigation:
    send_navigation(desk.navigation(**(entries or {"menu": [("sections", None)]})), now=NOW)
    return Navigation.objects.get()


def appoint(*, at: datetime = SIX, act: Act = Act.RELEASE, now: datetime = NOW, **entries: Any) -> Appointment:
    navigation = desk.navigation(**entries)
    return make_appointment(navigation, act=act, due_at=at, text_seen=None, now=now)


def send(client: Client, *, entries: Any = HOME, **more: Any) -> HttpResponse:
    data = nested_form_data({"menu": streamfield(list(entries)), "footer": streamfield([])})
    number = standing().number if standing() else ""
    return client.post(URL, {"seen": number, **data, **more})


def test_the_first_one_goes_out_at_its_second_in_the_makers_name(clock: Any, said: Any) -> None:
    made = appoint(menu=HOME, at=SIX + timedelta(microseconds=300))
    assert (made.act, made.due_at, standing()) == ("release", SIX, None)
    assert keep_all(clock, SIX - timedelta(seconds=1)) == []
    assert keep_all(clock, SIX) == [""]
    assert (said(), menu()) == (["release"], (FrontEntry("Home"),))
    assert LedgerReader().record(standing().number).released_by == "chris"
    assert not Appointment.objects.exists()


def test_one_put_together_before_the_first_was_appointed_is_sent_in_its_row(said: Any) -> None:
    put_together = desk.navigation(menu=HOME)
    made = appoint(menu=[("sections", None)])
    send_navigation(put_together, now=NOW)
    assert (said(), menu()) == (["release"], (FrontEntry("Home"),))
    assert Navigation.objects.get().pk == made.navigation_id


def test_another_takes_its_place_comes_off_and_the_row_is_what_readers_have(clock: Any, said: Any) -> None:
    navigation, page = released(), desk.standing_page()
    entry = ("page", {"target": page, "label": "Us"})
    assert appoint(menu=[entry]).act == "update"
    appoint(act=Act.WITHDRAW, at=SIX + timedelta(hours=9))
    again = appoint(menu=HOME, at=SIX + timedelta(hours=1))
    assert [row.pk for row in navigation.appointments.exclude(act="withdraw")] == [again.pk]
    appoint(menu=[entry])
    assert menu() == (SectionsEntry(),)
    assert keep_all(clock, SIX) == [""]
    assert menu() == (SubjectEntry(make_urn("page", page.subject_key.hex), "Us"),)
    assert Navigation.objects.get().menu[0].value["label"] == "Us"
    assert keep_all(clock, SIX + timedelta(hours=9)) == [""]
    assert (said(), menu()) == (["release", "update", "withdraw"], None)


def test_it_goes_out_again_after_it_has_come_off(clock: Any, said: Any) -> None:
    released()
    appoint(act=Act.WITHDRAW)
    assert appoint(menu=HOME, at=SIX + timedelta(hours=1)).act == "release"
    assert keep_all(clock, SIX + timedelta(hours=2)) == ["", ""]
    assert (said(), menu()) == (["release", "withdraw", "release"], (FrontEntry("Home"),))


@pytest.mark.parametrize("why", ["updated", "withdrew", "may no longer release", "no longer there", "nobody answers"])
def test_what_is_in_the_way_is_said_and_nothing_goes_out(
    newsroom: Newsroom, chief: Client, clock: Any, why: str, said: Any
) -> None:
    navigation, page = released(), desk.standing_page()
    appoint(menu=[("page", {"target": page, "label": ""})])
    before = said()
    if why == "updated":
        navigation.menu = []
        navigation.save()
        before = [*before, "update"]
        assert "Another one was sent or withdrawn since." in chief.get(URL).content.decode()
    elif why == "withdrew":
        send(chief, withdraw="1")
        before, why = [*before, "withdraw"], "is not before readers"
    elif why == "no longer there":
        page.delete()
    elif why == "nobody answers":
        Appointment.objects.update(made_by=None)
    else:
        newsroom.chief.groups.clear()
        why = "may no longer update"
    [sentence] = keep_all(clock, SIX)
    assert why in sentence
    assert said() == before
    assert Appointment.objects.get().sentence == sentence
    assert Navigation.objects.get().menu.get_prep_value() == (navigation.menu.get_prep_value())


def test_what_cannot_be_then_is_refused_now(newsroom: Newsroom, said: Any) -> None:
    with pytest.raises(NotReleased):
        appoint(act=Act.WITHDRAW)
    assert not Navigation.objects.exists(), "what was refused leaves nothing behind"
    released()
    for wrong, refusal in (
        ({"menu": [("sections", None)]}, NothingToUpdate),
        ({"menu": HOME, "at": NOW}, NotReady),
        ({"menu": [("page", {"target": desk.standing_page(locale="vi"), "label": ""})]}, NotReady),
    ):
        with pytest.raises(refusal):
            appoint(**wrong)
    with acting_as("system:test"), pytest.raises(NotAllowed, match="by a person"):
        appoint(menu=HOME)
    with acting_as(newsroom.editor), pytest.raises(NotAllowed):
        appoint(menu=HOME)
    SectionLimit.objects.create(user=newsroom.chief, section_key="politics")
    with acting_as(type(newsroom.chief).objects.get(pk=newsroom.chief.pk)):
        for act in Act.RELEASE, Act.WITHDRAW:
            with pytest.raises(NotAllowed):
                appoint(menu=HOME, act=act)
    assert (Appointment.objects.count(), said()) == (0, ["release"])


def test_it_is_appointed_looked_at_and_cancelled_on_its_screen(chief: Client, said: Any) -> None:
    released()
    shown = chief.get(URL).content.decode()
    assert "goes out then as if it were sent at that second" in shown
    response = send(chief, appoint="release", due_at="2026-03-05T06:00")
    assert "Update at 06:00 on 5 March 2026" in told(response)
    made = Appointment.objects.get()
    shown = chief.get(URL).content.decode()
    assert "Update at 06:00 on 5 March 2026" in shown
    assert "Home" not in shown
    assert "Home" in chief.get(f"{URL}?appointed={made.pk}").content.decode()
    assert chief.get(f"{URL}?appointed=nonsense").status_code == 200
    listed = chief.get(reverse("desk_appointments")).content.decode()
    assert "Navigation (English)" in listed
    assert f'href="{URL}"' in listed
    assert "no longer appointed" in told(send(chief, cancel=str(made.pk)))
    assert not Appointment.objects.exists()
    send(chief, cancel=str(made.pk))
    assert "Withdraw at 06:00" in told(send(chief, appoint="withdraw", due_at="2026-03-05T06:00"))
    assert said() == ["release"]


def test_a_refusal_leaves_what_was_put_together_where_it_is(chief: Client) -> None:
    released()
    for moment, sentence in (("2020-01-01T06:00", "has passed"), ("soon", "Write day and time"), ("", "required")):
        shown = send(chief, appoint="release", due_at=moment).content.decode()
        assert sentence in shown
        assert "Home" in shown
    assert not Appointment.objects.exists()


def test_whoever_looked_before_somebody_sent_another_appoints_nothing(chief: Client) -> None:
    released()
    stale = standing().number
    send(chief)
    shown = send(chief, entries=[("sections", "")], seen=stale, appoint="release", due_at="2026-03-05T06:00")
    assert "updated “Navigation (English)”" in shown.content.decode()
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("role", ["reporter", "editor", "photo", "inspector"])
def test_others_appoint_and_cancel_nothing(newsroom: Newsroom, role: str) -> None:
    released()
    made = appoint(menu=HOME)
    user = getattr(newsroom, role)
    assert send(newsroom.client(user), cancel=str(made.pk)).status_code in {302, 403}
    with acting_as(user), pytest.raises(NotAllowed):
        cancel_appointment(Appointment.objects.get())
    assert Appointment.objects.get().pk == made.pk


def test_two_who_make_the_first_one_make_one_and_a_release_by_hand_wins(clock: Any, said: Any) -> None:
    appoint(menu=HOME)
    appoint(menu=[])
    assert (Navigation.objects.count(), Appointment.objects.count()) == (1, 1)
    Release(Navigation.objects.get(), now=NOW).execute()
    [sentence] = keep_all(clock, SIX)
    assert "Chris released" in sentence
    assert said() == ["release"]
    with pytest.raises(AlreadyReleased):
        Release(Navigation.objects.get(), now=NOW).execute()


def test_the_database_keeps_each_of_one_page_or_one_navigation() -> None:
    row: dict[str, Any] = {"act": "withdraw", "due_at": SIX, "made_at": NOW}
    navigation, page = released(), desk.standing_page()
    for wrong in ({}, {"page": page, "navigation": navigation}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.create(**row, **wrong)
    Appointment.objects.create(**row, navigation=navigation)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(**row, navigation=navigation)
