"""Acts on a standing page that need words, and what each says before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from lxml import html

from broadsheet.desk.actions import Correct, Release, Withdraw
from broadsheet.desk.actions.navigating import send_navigation
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import NotReady, WayClosed
from broadsheet.desk.models import StandingPage
from broadsheet.desk.status import StoryStatus, status_of
from broadsheet.ledger.values import State
from broadsheet.plain.times import utc_now
from tests.factories import desk
from tests.rooms.desk.driving import look_first, press, told
from tests.rooms.desk.rows import standing

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

WORDS = {
    "correct": {"words": "It is Tuesday."},
    "kill": {"words": "It was not so."},
    "takedown": {"reference": "Order 12/2026"},
}


@pytest.fixture
def page(newsroom: Newsroom) -> StandingPage:
    """A standing page readers have."""
    with acting_as(newsroom.chief):
        Release(draft := desk.standing_page(title="About us"), now=utc_now()).execute()
    return StandingPage.objects.get(pk=draft.pk)


def send(client: Client, page: StandingPage, act: str, **more: Any) -> HttpResponse:
    data = {"seen": standing(page).number, **WORDS.get(act, {}), **more}
    return client.post(reverse(f"desk_{act}_page", args=[page.pk]), data)


def foreseen(client: Client, address: str) -> str:
    tree = html.document_fromstring(client.get(address).content.decode())
    return " ".join(tree.xpath("//ul[@class='desk-foreseen']")[0].text_content().split())


def form_of(page: StandingPage, name: str = "edit") -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk])


@pytest.mark.parametrize(("act", "state"), [("kill", State.KILLED), ("takedown", State.TAKEN_DOWN)])
def test_it_is_removed_from_its_screen_and_comes_back_by_restoring_only(
    newsroom: Newsroom, chief: Client, page: StandingPage, act: str, state: State
) -> None:
    first = standing(page).number
    address = reverse(f"desk_{act}_page", args=[page.pk])
    assert address in chief.get(form_of(page)).content.decode()
    assert "the foot of every page" in foreseen(chief, address)
    response = send(chief, page, act)
    assert (response["Location"], standing(page).state) == (form_of(page), state)
    row = StandingPage.objects.get(pk=page.pk)
    assert (row.live, status_of(row)) == (False, StoryStatus("killed" if act == "kill" else "takedown"))
    assert status_of(row).label in chief.get("/standing-pages/").content.decode()
    assert "comes back only by restoring" in told(press(chief, row, "action-publish"))
    if act == "takedown":
        assert "only an administrator" in send(chief, row, "restore", number=first).content.decode()
        newsroom.chief.is_superuser = True
        newsroom.chief.save()
    send(chief, row, "restore", number=first)
    assert standing(page).state is State.RELEASED
    assert status_of(StandingPage.objects.get(pk=page.pk)) is StoryStatus.RELEASED


def test_an_earlier_version_comes_back_as_it_was(chief: Client, page: StandingPage) -> None:
    first, had = standing(page).number, standing(page).document
    press(chief, page, "action-publish", title="Who we are", purpose="about")
    assert standing(page).document != had
    address = reverse("desk_restore_page", args=[page.pk])
    assert "takes the place of what readers have now" in foreseen(chief, address)
    assert "“Who we are”" in chief.get(address).content.decode()
    send(chief, page, "restore", number=first)
    assert standing(page).document == had
    row = StandingPage.objects.get(pk=page.pk)
    assert (row.title, row.purpose, row.has_unpublished_changes) == ("About us", "other", False)
    assert "is restored" in told(chief.get(form_of(page)))


def test_it_is_corrected_with_a_note_that_stays_until_an_earlier_version_is_restored(
    newsroom: Newsroom, chief: Client, page: StandingPage, acts: Any
) -> None:
    first, address = standing(page).number, reverse("desk_correct_page", args=[page.pk])
    press(chief, page, None, title="Open on Tuesday")
    assert address in chief.get(form_of(page)).content.decode()
    words = foreseen(chief, address)
    assert "Changed since they last got it: title" in words
    assert "Your note stands below the page with the time" in words
    assert "Partners get the page with the note." in words
    assert "is on its way to readers, with your note" in told(send(chief, page, "correct"))
    assert standing(page).document.title == "Open on Tuesday"
    assert [note.words for note in standing(page).document.corrections] == ["It is Tuesday."]
    press(chief, page, "action-publish", title="Open on Tuesdays")
    assert [note.words for note in standing(page).document.corrections] == ["It is Tuesday."]
    send(chief, page, "restore", number=first)
    assert standing(page).document.corrections == ()
    assert not StandingPage.objects.get(pk=page.pk).corrections.exists()
    assert acts("page") == ["release", "correct", "update", "restore"]
    with acting_as(newsroom.chief), pytest.raises(NotReady, match="what was wrong"):
        Correct(StandingPage.objects.get(pk=page.pk), now=utc_now(), words=" ").execute()


def test_a_note_is_added_to_what_is_right_already_and_only_while_readers_have_it(
    newsroom: Newsroom, chief: Client, page: StandingPage
) -> None:
    send(chief, page, "correct")
    assert (standing(page).document.title, len(standing(page).document.corrections)) == ("About us", 1)
    with acting_as(newsroom.chief):
        Withdraw(StandingPage.objects.get(pk=page.pk), now=utc_now()).execute()
    assert "not before readers" in send(chief, page, "correct").content.decode()
    assert reverse("desk_correct_page", args=[page.pk]) not in chief.get(form_of(page)).content.decode()


def test_what_has_no_page_of_its_own_takes_no_note(newsroom: Newsroom) -> None:
    with acting_as(newsroom.chief), pytest.raises(WayClosed, match="no page for a note"):
        Correct(desk.byline(), now=utc_now(), words="It was Tuesday.").execute()


@pytest.mark.parametrize("role", ["reporter", "editor", "photo", "inspector"])
@pytest.mark.parametrize("act", [*WORDS, "restore"])
def test_others_find_neither_button_nor_screen(newsroom: Newsroom, page: StandingPage, act: str, role: str) -> None:
    client = newsroom.client(getattr(newsroom, role))
    assert send(client, page, act, number=1).status_code in {302, 403}
    assert standing(page).version == 1
    assert reverse(f"desk_{act}_page", args=[page.pk]) not in client.get(form_of(page)).content.decode()


def test_form_says_what_sending_it_will_change(newsroom: Newsroom, chief: Client) -> None:
    draft = desk.standing_page(title="Imprint", body=[desk.paragraph(), picture_block()])
    look_first(chief, form_of(draft))
    words = foreseen(chief, form_of(draft))
    assert "address that never changes" in words
    assert "It comes into the foot of every page." in words
    assert "the picture “Boats”" in words
    with acting_as(newsroom.chief):
        send_navigation(desk.navigation(menu=[("sections", None)]), now=utc_now())
        assert "No menu leads to it" in foreseen(chief, form_of(draft))
        Release(draft, now=utc_now()).execute()
    press(chief, draft, None, title="Impressum", purpose="imprint")
    words = foreseen(chief, form_of(draft))
    assert "Changed since they last got it: title" in words
    assert "what it is for" in words
    assert "Menus show the new title." in words
    assert "correct it with a note" in words


def test_form_says_why_it_cannot_go_out_yet(chief: Client) -> None:
    assert "no body text" in foreseen(chief, form_of(desk.standing_page(body=[])))


def test_screen_before_withdrawing_names_the_menus_it_leaves(
    newsroom: Newsroom, chief: Client, page: StandingPage
) -> None:
    with acting_as(newsroom.chief):
        entry = ("page", {"target": page, "label": ""})
        send_navigation(desk.navigation(menu=[entry], footer=[entry]), now=utc_now())
    words = foreseen(chief, form_of(page, "unpublish"))
    assert "the page is no longer available (answer 410)" in words
    assert "It leaves the menu and the foot of every page" in words


def picture_block() -> dict[str, Any]:
    return desk.block("picture", {"picture": desk.picture().pk, "caption": "", "alt": ""})
