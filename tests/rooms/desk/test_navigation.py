"""The navigation of a language: put together on one screen, sent to readers by an act, refused with a sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from broadsheet.desk.actions import Kill, Release
from broadsheet.desk.actions.navigating import send_navigation
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import AlreadyReleased, NotAllowed, NotReady, WayClosed
from broadsheet.desk.models import Navigation, SectionLimit, StandingPage
from broadsheet.desk.screens.preview import PREVIEW_POLICY
from broadsheet.ledger.arrangements import FrontEntry, LinkEntry, NavigationDocument, SectionsEntry, SubjectEntry
from broadsheet.ledger.queries import LedgerReader
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import make_urn
from tests.factories import desk
from tests.rooms.desk.driving import told

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
URL = "/navigation/en/"


@pytest.fixture
def said(acts: Any) -> Any:
    """Tells which acts the ledger holds of navigations."""
    return lambda: acts("navigation")


def readers_have(locale: str = "en") -> NavigationDocument | None:
    standing = LedgerReader().current(make_urn("navigation", "site"), Locale(locale))
    document = standing.document if standing is not None else None
    assert document is None or isinstance(document, NavigationDocument)
    return document


def number() -> int | str:
    standing = LedgerReader().current(make_urn("navigation", "site"), Locale("en"))
    return standing.number if standing is not None else ""


def send(client: Client, *, menu: Any = (), footer: Any = (), **more: Any) -> HttpResponse:
    data = nested_form_data({"menu": streamfield(list(menu)), "footer": streamfield(list(footer))})
    return client.post(URL, {"seen": number(), **data, **more})


def link(url: str, label: str = "Shop") -> tuple[str, dict[str, str]]:
    return "link", {"url": url, "label": label}


def every_entry() -> dict[str, Any]:
    """A menu and a footer with each kind of entry."""
    section, page = desk.section(), desk.standing_page()
    menu = [("front", {"label": ""}), ("section", {"target": section.pk, "label": "Politics & law"}), ("sections", "")]
    return {"menu": menu, "footer": [("page", {"target": page.pk, "label": ""}), link("https://shop.example/tea?a=1")]}


def test_the_first_one_says_what_readers_see_without_it(newsroom: Newsroom, chief: Client) -> None:
    with acting_as(newsroom.chief):
        Release(page := desk.standing_page(), now=NOW).execute()
    screen = chief.get(URL).content.decode()
    assert "All sections" in screen
    assert f'"target": {page.pk}' in screen.replace("&quot;", '"') or page.title in screen
    assert not Navigation.objects.exists()


def test_what_is_put_together_is_sent_in_its_order(chief: Client, said: Any) -> None:
    entries = every_entry()
    page = StandingPage.objects.get()
    assert "on its way" in told(send(chief, **entries))
    document = readers_have()
    assert document is not None
    assert document.menu == (
        FrontEntry(),
        SubjectEntry(make_urn("section", "politics"), "Politics & law"),
        SectionsEntry(),
    )
    assert document.footer == (
        SubjectEntry(make_urn("page", page.subject_key.hex)),
        LinkEntry("https://shop.example/tea?a=1", "Shop"),
    )
    assert "as readers have it" in told(send(chief, **entries))
    send(chief, menu=entries["menu"][:1], footer=entries["footer"])
    assert said() == ["release", "update"]
    assert readers_have("vi") is None


def test_it_is_withdrawn_and_sent_again(chief: Client, said: Any) -> None:
    send(chief, menu=[("sections", "")])
    assert "withdrawn" in told(chief.post(URL, {"seen": number(), "withdraw": "1"}))
    assert readers_have() is None
    send(chief, menu=[("front", {"label": "Home"})])
    assert said() == ["release", "withdraw", "release"]


BAD = {
    "no address": link("shop"),
    "script": link("javascript:alert(1)"),
    "script in disguise": link("java\nscript:alert(1)"),
    "data": link("data:text/html,<script>alert(1)</script>"),
    "not https": link("http://shop.example/"),
    "no name": link("https://shop.example/", ""),
    "a name of overrides only": link("https://shop.example/", "\u202e\u202e"),
    "a control character": link("https://shop.example/", "Sh\x07op"),
    "an endless name": link("https://shop.example/", "x" * 81),
    "a page that is not there": ("page", {"target": 999999, "label": ""}),
    "no page": ("page", {"target": "", "label": ""}),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_stand_in_a_menu_is_refused_beside_it_and_nothing_is_lost(
    chief: Client, said: Any, what: str
) -> None:
    response = send(chief, menu=[BAD[what]], footer=[link("https://kept.example/", "Kept")])
    assert response.status_code == 200
    assert b"https://kept.example/" in response.content
    assert b"error" in response.content.lower()
    assert (said(), Navigation.objects.exists()) == ([], False)


def test_two_hundred_entries_are_too_many(chief: Client, said: Any) -> None:
    response = send(chief, footer=[link(f"https://{number}.example/") for number in range(200)])
    assert response.status_code == 200
    assert b"maximum number of items is 30" in response.content
    assert b"https://199.example/" in response.content
    assert said() == []


def test_an_entry_in_another_language_is_named(chief: Client, said: Any) -> None:
    page = desk.standing_page(title="Giới thiệu", locale="vi")
    response = send(chief, menu=[("sections", ""), ("page", {"target": page.pk, "label": ""})])
    assert "Entry 2, “Giới thiệu”, is in another language." in told(response)
    assert response.context["form"].errors.keys() == {"menu"}  # type: ignore[attr-defined]  # Django's and Wagtail's types know less than they have
    assert said() == []


def test_a_page_deleted_since_then_is_named_when_the_navigation_is_sent_again(chief: Client, said: Any) -> None:
    draft = desk.standing_page()
    send(chief, menu=[("page", {"target": draft.pk, "label": ""})])
    with acting_as("system:test"):
        draft.delete()
        navigation = Navigation.objects.get()
        with pytest.raises(NotReady, match="no longer there"):
            navigation.save()
    assert said() == ["release"]
    assert chief.get(URL).status_code == 200


def test_of_two_who_send_at_once_the_second_is_told_and_can_send_again(newsroom: Newsroom, said: Any) -> None:
    first, second = newsroom.client(newsroom.chief), newsroom.client(newsroom.chief)
    send(first, menu=[("sections", "")])
    seen = number()
    send(first, menu=[("front", {"label": "Home"})])
    data = nested_form_data({"menu": streamfield([link("https://mine.example/")]), "footer": streamfield([])})
    response = second.post(URL, {"seen": seen, **data})
    screen = response.content.decode()
    assert "Chris updated" in screen
    assert "https://mine.example/" in screen
    assert f'name="seen" value="{number()}"' in screen
    send(second, menu=[link("https://mine.example/")])
    assert said() == ["release", "update", "update"]


def test_of_two_first_ones_the_second_is_refused(newsroom: Newsroom, said: Any) -> None:
    with acting_as(newsroom.chief):
        send_navigation(desk.navigation(menu=[("sections", None)]), now=NOW)
        with pytest.raises(AlreadyReleased, match="Chris released"):
            send_navigation(desk.navigation(menu=[]), now=NOW)
    assert said() == ["release"]


@pytest.mark.parametrize("who", ["reporter", "editor", "inspector"])
def test_only_who_may_release_changes_it(newsroom: Newsroom, said: Any, who: str) -> None:
    user = getattr(newsroom, who)
    client = newsroom.client(user)
    assert client.get(URL).status_code in {302, 403}
    send(client, menu=[("sections", "")])
    with acting_as(user), pytest.raises(NotAllowed):
        send_navigation(desk.navigation(), now=NOW)
    assert said() == []


def test_whoever_is_limited_to_sections_does_not(newsroom: Newsroom, said: Any) -> None:
    SectionLimit.objects.create(user=newsroom.chief, section_key="politics")
    send(newsroom.client(newsroom.chief), menu=[("sections", "")])
    assert said() == []


def test_the_menu_leads_to_it_those_who_may(newsroom: Newsroom) -> None:
    for who, shown in (("reporter", False), ("editor", False), ("chief", True)):
        home = newsroom.client(getattr(newsroom, who)).get(reverse("wagtailadmin_home")).content.decode()
        assert ("/navigation/" in home) is shown
    listed = newsroom.client(newsroom.chief).get("/navigation/").content.decode()
    assert "/navigation/en/" in listed
    assert "/navigation/vi/" in listed


def test_saved_and_deleted_in_code_it_ends_in_acts(newsroom: Newsroom, said: Any) -> None:
    with acting_as(newsroom.chief):
        send_navigation(desk.navigation(menu=[("sections", None)]), now=NOW)
        navigation = Navigation.objects.get()
        navigation.menu = []
        navigation.save()
        navigation.save()
        assert said() == ["release", "update"]
        navigation.delete()
    assert said() == ["release", "update", "withdraw"]


def test_it_is_not_killed(newsroom: Newsroom, said: Any) -> None:
    with acting_as(newsroom.chief):
        send_navigation(desk.navigation(menu=[("sections", None)]), now=NOW)
        with pytest.raises(WayClosed, match="Withdraw it"):
            Kill(Navigation.objects.get(), now=NOW, words="No.").execute()
    assert said() == ["release"]


@pytest.mark.parametrize("withdrawn", [True, False])
def test_any_version_readers_had_comes_back_from_its_screen(chief: Client, said: Any, withdrawn: bool) -> None:  # noqa: FBT001 - a parameter of the test
    entries = every_entry()
    with acting_as("system:test"):
        Release(StandingPage.objects.get(), now=NOW).execute()
    send(chief, **entries)
    first, had = number(), readers_have()
    send(chief, menu=[("front", {"label": "Home"})])
    if withdrawn:
        chief.post(URL, {"seen": number(), "withdraw": "1"})
    address = reverse("desk_restore_navigation", args=[Navigation.objects.get().pk])
    assert address in chief.get(URL).content.decode()
    screen = chief.get(address).content.decode()
    assert "lead where the chosen version says" in screen
    assert "menu: front page, Politics &amp; law, all sections; foot: About us, Shop" in screen
    response = chief.post(address, {"seen": number(), "number": first})
    assert response["Location"] == URL
    assert readers_have() == had
    assert said() == ["release", "update", *(["withdraw"] if withdrawn else []), "restore"]
    send(chief, menu=entries["menu"])
    assert said()[-1] == "update"


def test_a_version_that_leads_to_what_is_gone_says_so(newsroom: Newsroom, chief: Client, said: Any) -> None:
    draft = desk.standing_page()
    send(chief, menu=[("page", {"target": draft.pk, "label": ""})])
    first = number()
    send(chief, menu=[("front", {"label": "Home"})])
    with acting_as(newsroom.chief):
        draft.delete()
    address = reverse("desk_restore_navigation", args=[Navigation.objects.get().pk])
    screen = chief.post(address, {"seen": number(), "number": first}).content.decode()
    assert "leads to a page the desk no longer has" in screen
    assert said() == ["release", "update"]


@pytest.mark.parametrize("who", ["reporter", "editor", "photo", "inspector"])
def test_only_who_may_release_restores_one(newsroom: Newsroom, chief: Client, said: Any, who: str) -> None:
    send(chief, menu=[("sections", "")])
    address = reverse("desk_restore_navigation", args=[Navigation.objects.get().pk])
    client = newsroom.client(getattr(newsroom, who))
    assert client.post(address, {"seen": number(), "number": number()}).status_code in {302, 403}
    assert said() == ["release"]


def test_the_screen_says_what_sending_and_withdrawing_will_change(chief: Client) -> None:
    draft = desk.standing_page(title="Imprint")
    assert "When it is withdrawn" not in chief.get(URL).content.decode()
    send(chief, footer=[("page", {"target": draft.pk, "label": ""})])
    screen = chief.get(URL).content.decode()
    assert "The head and the foot of every page in English lead where it says" in screen
    assert "Left out until readers have it: “Imprint”." in screen
    assert "has all sections in its head and all standing pages in its foot again" in screen


def test_the_preview_is_the_home_front_with_what_is_not_yet_sent(newsroom: Newsroom, chief: Client, said: Any) -> None:
    with acting_as(newsroom.chief):
        Release(desk.story(title="Ferry costs"), now=NOW).execute()
    response = send(chief, menu=[link("https://shop.example/", "Tea & cakes")], preview="1")
    shown = response.content.decode()
    assert '<a href="https://shop.example/">Tea &amp; cakes</a>' in shown
    assert "Ferry costs" in shown
    assert 'href="/' not in shown
    assert response["Content-Security-Policy"] == PREVIEW_POLICY
    assert (said(), Navigation.objects.exists()) == ([], False)


def test_a_preview_of_what_cannot_be_sent_says_why(chief: Client) -> None:
    page = desk.standing_page(title="Giới thiệu", locale="vi")
    response = send(chief, menu=[("page", {"target": page.pk, "label": ""})], preview="1")
    assert "Entry 1, “Giới thiệu”, is in another language." in told(response)
