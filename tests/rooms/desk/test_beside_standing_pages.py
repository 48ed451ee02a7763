"""What stands beside a standing page as beside a story: the hold, its people's notices, preview links, the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from broadsheet.desk.actions import Correct, Kill, Release, Restore, Withdraw, make_appointment
from broadsheet.desk.actions.holding import lift_hold, put_on_hold
from broadsheet.desk.actions.sharing import share_preview
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import NotAllowed, NotReady
from broadsheet.desk.models import Appointment, DeskNotice, PreviewLink, SectionLimit, StandingPage
from broadsheet.desk.notice_letters import letter
from broadsheet.desk.permissions import CHIEF_EDITORS, EDITORS
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act, State
from tests.factories import desk
from tests.rooms.desk.clock_hands import keep_all
from tests.rooms.desk.conftest import person
from tests.rooms.desk.driving import approve, create_page, press, told
from tests.rooms.desk.rows import again, standing

if TYPE_CHECKING:
    import time_machine

    from tests.rooms.desk.conftest import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "chief_at_work")]

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)
SIX = NOW + timedelta(hours=1)
SCREENS = ("hold", "share", "release_at", "withdraw_at")


def draft(title: str = "Imprint", **fields: Any) -> StandingPage:
    page = desk.standing_page(title=title, **fields)
    page.save_revision(user=fields.get("owner"))
    return again(page)


def released(title: str = "Imprint") -> StandingPage:
    page = draft(title)
    page.latest_revision.publish()
    return again(page)


def screen(page: StandingPage, name: str) -> str:
    return reverse(f"desk_{name}_page", args=[page.pk])


def form_of(page: StandingPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


# Who finds the screens


@pytest.mark.parametrize(
    ("role", "found"),
    [("reporter", set()), ("editor", {"share"}), ("photo", set()), ("inspector", set()), ("chief", {*SCREENS})],
)
def test_each_role_finds_its_screens_and_their_buttons(newsroom: Newsroom, role: str, found: set[str]) -> None:
    page, client = draft(), newsroom.client(getattr(newsroom, role))
    form = client.get(form_of(page)).content.decode()
    for name in SCREENS:
        assert (client.get(screen(page, name)).status_code == 200) == (name in found)
        assert (f'href="{screen(page, name)}"' in form) == (name in found)


def test_whoever_is_limited_to_sections_finds_none(newsroom: Newsroom) -> None:
    page = draft()
    SectionLimit.objects.create(user=newsroom.chief, section_key="politics")
    client = newsroom.client(newsroom.chief)
    assert {client.get(screen(page, name)).status_code for name in SCREENS} <= {302, 403}
    with acting_as(type(newsroom.chief).objects.get(pk=newsroom.chief.pk)):
        for act in (
            lambda: put_on_hold(page, reason="Mine."),
            lambda: share_preview(page, days=1, now=NOW),
            lambda: make_appointment(page, act=Act.WITHDRAW, due_at=SIX, text_seen=None, now=NOW),
        ):
            with pytest.raises(NotAllowed):
                act()


# The legal hold


def test_a_page_under_hold_is_neither_released_nor_updated_corrected_or_restored(newsroom: Newsroom) -> None:
    page, chief = released(), newsroom.client(newsroom.chief)
    number = standing(page).number
    chief.post(screen(page, "hold"), {"reason": "The lawyers read it first."})
    assert "Legal hold" in chief.get("/standing-pages/").content.decode()
    assert "The page is under legal hold" in chief.get(screen(page, "hold")).content.decode()
    assert "lawyers read it first" in told(press(chief, again(page), "action-publish", title="Changed"))
    for act in (Correct(again(page), now=SIX, words="A note."), Restore(again(page), now=SIX, number=number)):
        with pytest.raises(NotReady, match="under legal hold"):
            act.execute()
    Withdraw(again(page), now=SIX).execute()
    with pytest.raises(NotReady, match="under legal hold"):
        Release(again(page), now=SIX).execute()
    chief.post(screen(page, "hold"), {"lift": "lift"})
    Release(again(page), now=SIX).execute()
    assert standing(page).state is State.RELEASED
    entries = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
    assert {"broadsheet.hold", "broadsheet.lift"} <= {*entries}


def test_neither_an_earlier_draft_nor_a_form_opened_before_lifts_the_hold() -> None:
    page = draft()
    before, form = page.latest_revision, again(page)
    put_on_hold(again(page), reason="Sued.")
    form.standfirst = "Typed before."
    form.save()
    with pytest.raises(NotReady, match="Sued"):
        before.publish()
    assert again(page).legal_hold == "Sued."
    lift_hold(again(page))
    before.publish()
    assert again(page).live


def test_hold_does_not_keep_a_page_before_readers() -> None:
    page = released()
    put_on_hold(page, reason="Sued.")
    Kill(again(page), now=SIX, words="Not so.").execute()
    assert standing(page).state is State.KILLED


# Notices


def heard(event: str) -> set[str]:
    """Return who was told of that, and forget everything that was told."""
    names = list(DeskNotice.objects.filter(event=event).values_list("user__username", flat=True))
    assert len(names) == len({*names})
    DeskNotice.objects.all().delete()
    return {*names}


def test_its_people_are_told_at_each_step_and_whoever_is_limited_to_sections_never(newsroom: Newsroom) -> None:
    for name, group in (("enid", EDITORS), ("carl", CHIEF_EDITORS)):
        SectionLimit.objects.create(user=person(name, group), section_key="politics")
    cleo, editor = person("cleo", CHIEF_EDITORS), newsroom.client(newsroom.editor)
    create_page(editor, "action-submit")
    page = StandingPage.objects.get()
    assert heard("sent") == {"chris", "cleo"}
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    newsroom.client(newsroom.chief).post(url, {"comment": "The address is missing."})
    assert DeskNotice.objects.get().words == "The address is missing."
    assert heard("returned") == {"edda"}
    press(editor, page, "action-submit")
    assert heard("sent") == {"chris", "cleo"}
    approve(newsroom.client(newsroom.chief), again(page))
    assert heard("sent") == {"cleo"}
    approve(newsroom.client(cleo), again(page))
    assert heard("release") == {"edda", "chris"}
    Correct(again(page), now=NOW, words="It is Tuesday.").execute()
    assert heard("correct") == {"edda", "cleo"}
    Kill(again(page), now=NOW, words="Not so.").execute()
    assert heard("kill") == {"edda", "cleo"}


def test_a_notice_leads_to_the_page_and_its_mail_names_it(newsroom: Newsroom) -> None:
    page = draft("Who we are", owner=newsroom.editor)
    Release(page, now=NOW).execute()
    notice = DeskNotice.objects.select_related("page", "user", "by").get()
    editor = newsroom.client(newsroom.editor)
    assert "Who we are" in editor.get(reverse("desk_notices")).content.decode()
    assert editor.get(reverse("desk_notice", args=[notice.pk])).headers["location"] == form_of(page)
    assert letter(notice).subject == "Released: Who we are"


# Preview links


def look(address: str) -> Any:
    return Client().get(address.removeprefix("http://desk.example"))


def shared(page: StandingPage) -> str:
    return reverse("desk_shared_preview", args=[share_preview(again(page), days=1, now=NOW).token])


def test_somebody_outside_sees_the_saved_page_with_its_pictures_until_the_link_ends(
    newsroom: Newsroom, clock: time_machine.Coordinates
) -> None:
    body = [desk.paragraph("Words nobody has read.")]
    page, chief = draft(body=body), newsroom.client(newsroom.chief)
    answer = chief.post(screen(page, "share"), {"days": "1"}).content.decode()
    assert "The link shows the page as it was saved last" in answer
    address = answer.split('readonly value="')[1].split('"')[0]
    path = "/shared/" + address.split("/shared/")[1]
    seen = look(path)
    assert (seen.status_code, "Words nobody has read." in seen.content.decode()) == (200, True)
    press(chief, page, None, title="Saved later")
    assert "Saved later" not in look(path).content.decode()
    clock.move_to(NOW + timedelta(days=1))
    assert look(path).status_code == 404


@pytest.mark.parametrize("end", ["hold", "kill", "left", "ended"])
def test_a_link_shows_nothing_any_more(newsroom: Newsroom, end: str) -> None:
    page = released()
    address, chief = shared(page), newsroom.client(newsroom.chief)
    assert look(address).status_code == 200
    if end == "hold":
        put_on_hold(again(page), reason="Sued.")
        with pytest.raises(NotReady, match="legal hold"):
            share_preview(again(page), days=1, now=NOW)
    elif end == "kill":
        Kill(again(page), now=NOW, words="Not so.").execute()
    elif end == "left":
        newsroom.chief.is_active = False
        newsroom.chief.save()
    else:
        response = chief.post(screen(page, "share"), {"end": PreviewLink.objects.get().pk})
        assert response.headers["location"] == screen(page, "share")
    assert look(address).status_code == 404


# By the clock


def test_a_page_goes_out_is_updated_and_comes_off_at_its_seconds(
    newsroom: Newsroom, clock: time_machine.Coordinates, acts: Any
) -> None:
    page, chief = draft("Imprint"), newsroom.client(newsroom.chief)
    answer = chief.get(screen(page, "release_at")).content.decode()
    assert "and the page says so." in answer
    assert "It comes into the foot of every page." in answer
    seen = page.latest_revision_created_at.isoformat()
    chief.post(screen(page, "release_at"), {"due_at": "2026-03-05T06:00", "text_seen": seen})
    made = Appointment.objects.get()
    assert (made.act, made.page_id) == ("release", page.pk)
    assert "is appointed" in told(chief.get(form_of(page)))
    listed = chief.get(reverse("desk_appointments")).content.decode()
    assert "Imprint" in listed
    assert "Standing page, en" in listed
    make_appointment(again(page), act=Act.WITHDRAW, due_at=made.due_at + timedelta(hours=9), text_seen=None, now=NOW)
    assert keep_all(clock, made.due_at) == [""]
    assert (standing(page).state, again(page).live) == (State.RELEASED, True)
    assert LedgerReader().record(standing(page).number).released_by == "chris"
    press(chief, again(page), None, title="Impressum")
    saved = again(page).latest_revision_created_at
    soon = made.due_at + timedelta(hours=1)
    update = make_appointment(again(page), act=Act.RELEASE, due_at=soon, text_seen=saved, now=made.due_at)
    assert update.act == "update"
    assert keep_all(clock, soon) == [""]
    assert standing(page).document.title == "Impressum"
    assert keep_all(clock, made.due_at + timedelta(hours=9)) == [""]
    assert (standing(page).state, again(page).live) == (State.WITHDRAWN, False)
    assert acts("page") == ["release", "update", "withdraw"]
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("why", ["another version", "under legal hold", "may no longer release"])
def test_what_is_in_the_way_is_said_and_nothing_goes_out(
    newsroom: Newsroom, clock: time_machine.Coordinates, why: str
) -> None:
    page = draft()
    seen = page.latest_revision_created_at
    make_appointment(page, act=Act.RELEASE, due_at=SIX, text_seen=seen, now=NOW)
    if why == "another version":
        clock.shift(60)
        again(page).save_revision(user=newsroom.editor)
    elif why == "under legal hold":
        put_on_hold(again(page), reason="Sued.")
        assert "The page is under legal hold" in told(newsroom.client(newsroom.chief).get(form_of(page)))
    else:
        newsroom.chief.groups.clear()
    [sentence] = keep_all(clock, SIX)
    assert why in sentence
    assert standing(page) is None
    newsroom.chief.groups.add(person("cleo", CHIEF_EDITORS).groups.get())
    assert "was not done" in told(newsroom.client(newsroom.chief).get(form_of(page)))
