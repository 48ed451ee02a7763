"""Fronts: arranged on one screen, sent to readers by an act, ended by the clock, closed to who may not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from broadsheet.desk.actions import Kill, Release, Withdraw
from broadsheet.desk.actions.arranging import send_front, tell_of_ends
from broadsheet.desk.actors import acting_as
from broadsheet.desk.appointments import next_moment
from broadsheet.desk.errors import AlreadyReleased, NotAllowed, WayClosed
from broadsheet.desk.inspecting.fields import fields_of, title_of
from broadsheet.desk.models import Front, SectionLimit, Story
from broadsheet.desk.screens.preview import PREVIEW_POLICY
from broadsheet.ledger.arrangements import BreakingStrip, FrontDocument, Pin
from broadsheet.ledger.queries import LedgerReader
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import front_urn, make_urn
from broadsheet.press.models import Notice
from tests.factories import desk
from tests.rooms.desk.driving import told

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
URL = "/fronts/en/"
POLITICS = "/fronts/en/politics/"


@pytest.fixture
def said(acts: Any) -> Any:
    """Tells which acts the ledger holds of fronts."""
    return lambda: acts("front")


@pytest.fixture
def out(newsroom: Newsroom) -> list[Story]:
    """Three released stories of politics."""
    with acting_as(newsroom.chief):
        for title in ("Ferry costs", "Rice prices", "Storm ahead"):
            Release(desk.story(title=title), now=NOW).execute()
    return list(Story.objects.order_by("pk"))


def readers_have(section: str = "", locale: str = "en") -> FrontDocument | None:
    standing = LedgerReader().current(front_urn(section), Locale(locale))
    document = standing.document if standing is not None else None
    assert document is None or isinstance(document, FrontDocument)
    return document


def number(section: str = "") -> int | str:
    standing = LedgerReader().current(front_urn(section), Locale("en"))
    return standing.number if standing is not None else ""


def urn(story: Story) -> Any:
    return make_urn("story", story.subject_key.hex)


def pin(story: Story | int | str, until: str = "") -> tuple[str, dict[str, Any]]:
    return "story", {"story": story.pk if isinstance(story, Story) else story, "until": until}


def strip(words: str = "Bridge closed", until: str = "2026-05-31T06:00", story: Any = "") -> list[Any]:
    return [("breaking", {"words": words, "until": until, "story": story})]


def send(
    client: Client, *, url: str = URL, slots: Any = (), featured: Any = (), strip: Any = (), **more: Any
) -> HttpResponse:
    streams = {"slots": slots, "featured": featured, "strip": strip}
    data = nested_form_data({name: streamfield(list(stream)) for name, stream in streams.items()})
    section = url.removeprefix(URL).strip("/")
    return client.post(url, {"seen": number(section), "layout": "lead-two", **data, **more})


def test_what_is_arranged_is_sent_in_its_order(chief: Client, said: Any, out: list[Story]) -> None:
    first, second, third = out
    arranged = {"slots": [pin(third), pin(first, "2026-05-31T06:00")], "featured": [pin(second)]}
    assert "on its way" in told(send(chief, **arranged, strip=strip(story=first.pk), layout="row"))
    noon = datetime(2026, 5, 30, 23, 0, tzinfo=UTC)  # six in the morning at the paper
    assert readers_have() == FrontDocument(
        subject=front_urn(),
        locale=Locale("en"),
        layout="row",
        slots=(Pin(urn(third)), Pin(urn(first), until=noon)),
        featured=(Pin(urn(second)),),
        strip=BreakingStrip("Bridge closed", until=noon, story=urn(first)),
    )
    assert "as readers have it" in told(send(chief, **arranged, strip=strip(story=first.pk), layout="row"))
    send(chief, slots=[pin(first)])
    assert said() == ["release", "update"]
    assert readers_have("politics") is None
    assert readers_have(locale="vi") is None


def test_a_section_has_a_front_of_its_own(chief: Client, said: Any, out: list[Story]) -> None:
    send(chief, url=POLITICS, slots=[pin(out[0])])
    document = readers_have("politics")
    assert document is not None
    assert (document.section, document.slots) == (make_urn("section", "politics"), (Pin(urn(out[0])),))
    assert readers_have() is None
    listed = chief.get("/fronts/").content.decode()
    assert all(address in listed for address in (URL, POLITICS, "/fronts/vi/"))
    assert listed.count("Arranged") == 1
    assert chief.get("/fronts/en/arts/").status_code == 404
    assert said() == ["release"]


def test_it_is_withdrawn_and_sent_again(chief: Client, said: Any, out: list[Story]) -> None:
    send(chief, slots=[pin(out[0])])
    assert "newest stories again" in told(chief.post(URL, {"seen": number(), "withdraw": "1"}))
    assert readers_have() is None
    send(chief, slots=[pin(out[1])])
    assert said() == ["release", "withdraw", "release"]


BAD: dict[str, dict[str, Any]] = {
    "no story": {"slots": [pin("")]},
    "a story that is not there": {"slots": [pin(999999)]},
    "no time": {"featured": [("story", {"story": "", "until": "tomorrow"})]},
    "a strip without words": {"strip": strip("")},
    "a strip of overrides only": {"strip": strip("\u202e\u202e")},
    "a strip with a control character": {"strip": strip("Bri\x07dge")},
    "an endless strip": {"strip": strip("x" * 201)},
    "a strip without an end": {"strip": strip(until="")},
    "two strips": {"strip": strip("Bridge closed") * 2},
    "no such layout": {"layout": "mosaic"},
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_stand_on_a_front_is_refused_and_nothing_is_lost(
    chief: Client, said: Any, out: list[Story], what: str
) -> None:
    response = send(chief, **{"featured": [pin(out[0], "2031-01-01T12:13")], **BAD[what]})
    assert response.status_code == 200
    assert b"error" in response.content.lower()
    if "featured" not in BAD[what]:
        assert b"2031-01-01T12:13" in response.content
    assert (said(), Front.objects.exists()) == ([], False)


def test_a_story_in_another_language_is_named(chief: Client, said: Any, out: list[Story]) -> None:
    there = desk.story(title="Chuyện", inside=desk.section(locale="vi"))
    response = send(chief, slots=[pin(out[0]), pin(there)])
    assert "Entry 2, “Chuyện”, is in another language. Choose a story in English." in told(response)
    assert response.context["form"].errors.keys() == {"slots"}  # type: ignore[attr-defined]  # as Wagtail's own
    assert said() == []


def test_the_screen_says_what_sending_and_withdrawing_will_change(chief: Client, out: list[Story]) -> None:
    draft = desk.story(title="Not out")
    send(chief, slots=[pin(out[0], "2031-05-31T06:00"), pin(draft), pin(out[1], "2020-01-01T00:00")])
    screen = chief.get(URL).content.decode()
    assert "Readers see it on the home front; below stand the newest stories that are not above." in screen
    assert "Left out until readers have it: “Not out”." in screen
    assert "Something goes by itself, next at 06:00 on 31 May 2031 (Asia/Ho_Chi_Minh)." in screen
    assert "What has ended already is not shown." in screen
    assert "as if nobody had arranged it" in screen


def test_the_preview_is_the_front_with_what_is_not_yet_sent(chief: Client, said: Any, out: list[Story]) -> None:
    response = send(chief, url=POLITICS, slots=[pin(out[0])], strip=strip("Now!", "2031-01-01T00:00"), preview="1")
    shown = response.content.decode()
    assert shown.index("Now!") < shown.index("Ferry costs") < shown.index("Storm ahead")
    assert 'href="/' not in shown
    assert response["Content-Security-Policy"] == PREVIEW_POLICY
    assert "Now!" not in chief.get(f"{POLITICS}?shown=1").content.decode()
    assert (said(), Front.objects.exists()) == ([], False)
    there = desk.story(title="Chuyện", inside=desk.section(locale="vi"))
    refused = send(chief, slots=[pin(there)], preview="1").content.decode()
    assert "is in another language" in refused
    assert "<iframe" not in refused


def test_of_two_who_send_at_once_the_second_is_told_and_can_send_again(
    newsroom: Newsroom, chief: Client, said: Any, out: list[Story]
) -> None:
    send(chief, slots=[pin(out[0])])
    seen = number()
    send(chief, slots=[pin(out[1])])
    screen = send(newsroom.client(newsroom.chief), slots=[pin(out[2])], seen=seen).content.decode()
    assert "Chris updated" in screen
    assert "Storm ahead" in screen
    with acting_as(newsroom.chief), pytest.raises(AlreadyReleased, match="Chris updated"):
        send_front(desk.front(out[2]), now=NOW)
    send(chief, slots=[pin(out[2])])
    assert said() == ["release", "update", "update"]


@pytest.mark.parametrize("who", ["reporter", "editor", "photo", "inspector"])
def test_only_who_may_release_arranges_one(newsroom: Newsroom, said: Any, out: list[Story], who: str) -> None:
    user = getattr(newsroom, who)
    client = newsroom.client(user)
    assert client.get(URL).status_code in {302, 403}
    send(client, slots=[pin(out[0])])
    with acting_as(user), pytest.raises(NotAllowed):
        send_front(desk.front(out[0]), now=NOW)
    assert said() == []
    assert "/fronts/" not in client.get(reverse("wagtailadmin_home"), follow=True).content.decode()


def test_whoever_is_limited_to_sections_arranges_the_fronts_of_those(
    newsroom: Newsroom, chief: Client, said: Any, out: list[Story]
) -> None:
    with acting_as(newsroom.chief):
        Release(desk.section(key="arts", title="Arts"), now=NOW).execute()
    SectionLimit.objects.create(user=newsroom.chief, section_key="politics")
    for url in (URL, "/fronts/en/arts/"):
        assert chief.get(url).status_code in {302, 403}
        send(chief, url=url, slots=[pin(out[0])])
    assert said() == []
    send(chief, url=POLITICS, slots=[pin(out[0])])
    assert said() == ["release"]
    listed = chief.get("/fronts/").content.decode()
    assert [url in listed for url in (f'"{URL}"', POLITICS, "/fronts/en/arts/")] == [False, True, False]
    assert "/fronts/" in chief.get(reverse("wagtailadmin_home")).content.decode()


def test_saved_and_deleted_in_code_it_ends_in_acts_and_it_is_not_killed(
    newsroom: Newsroom, said: Any, out: list[Story]
) -> None:
    with acting_as(newsroom.chief):
        send_front(desk.front(out[0]), now=NOW)
        front = Front.objects.get()
        front.layout = "lead"
        front.save()
        front.save()
        with pytest.raises(WayClosed, match="Withdraw it"):
            Kill(front, now=NOW, words="No.").execute()
        assert said() == ["release", "update"]
        front.delete()
    assert said() == ["release", "update", "withdraw"]


@pytest.mark.parametrize("withdrawn", [True, False])
def test_any_version_readers_had_comes_back_from_its_screen(
    chief: Client,
    said: Any,
    out: list[Story],
    withdrawn: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    send(chief, slots=[pin(out[0]), pin(out[1], "2031-01-01T00:00")], strip=strip(story=out[2].pk))
    first, had, end = number(), readers_have(), Front.objects.get().next_end
    send(chief, layout="lead")
    if withdrawn:
        chief.post(URL, {"seen": number(), "withdraw": "1"})
    address = reverse("desk_restore_front", args=[Front.objects.get().pk])
    assert address in chief.get(URL).content.decode()
    screen = chief.get(address).content.decode()
    assert "lead-two: “Ferry costs”, “Rice prices”; strip: “Bridge closed”" in screen
    assert "arranged as in the chosen version" in screen
    assert chief.post(address, {"seen": number(), "number": first})["Location"] == URL
    assert readers_have() == had
    assert Front.objects.get().next_end == end
    assert said() == ["release", "update", *(["withdraw"] if withdrawn else []), "restore"]


def test_a_version_with_a_story_the_desk_no_longer_has_says_so(
    newsroom: Newsroom, chief: Client, said: Any, out: list[Story]
) -> None:
    assert out
    draft = desk.story(title="Never out")
    send(chief, slots=[pin(draft)])
    first = number()
    send(chief)
    with acting_as(newsroom.chief):
        draft.delete()
    address = reverse("desk_restore_front", args=[Front.objects.get().pk])
    assert "a story the desk no longer has" in chief.post(address, {"seen": number(), "number": first}).content.decode()
    assert said() == ["release", "update"]


def told_to_the_press() -> int:
    return Notice.objects.filter(subject=front_urn(), locale="en").count()


def test_the_press_is_told_once_of_each_end_at_its_second(newsroom: Newsroom, out: list[Story]) -> None:
    ends = [NOW + timedelta(seconds=seconds) for seconds in (1, 5, 9)]
    strip = desk.block("breaking", {"words": "Closed", "until": ends[2].isoformat(), "story": None})
    front = desk.front(
        slots=[desk.pinned(out[0], until=ends[1])], featured=[desk.pinned(out[1], until=ends[0])], strip=[strip]
    )
    with acting_as(newsroom.chief):
        send_front(front, now=NOW)
    Notice.objects.all().delete()
    assert tell_of_ends(now=NOW) == 0
    for number, end in enumerate(ends, start=1):
        assert next_moment(after=NOW) == end
        assert tell_of_ends(now=end - timedelta(microseconds=1)) == 0
        assert tell_of_ends(now=end) == 1
        assert tell_of_ends(now=end) == 0
        assert told_to_the_press() == number
    assert next_moment(after=NOW) is None


def test_ends_passed_while_nobody_looked_are_told_at_once(newsroom: Newsroom, out: list[Story]) -> None:
    pins = [desk.pinned(story, until=NOW + timedelta(hours=hour)) for hour, story in enumerate(out)]
    with acting_as(newsroom.chief):
        send_front(desk.front(slots=pins), now=NOW)
        Withdraw(Front.objects.get(), now=NOW).execute()
    Notice.objects.all().delete()
    assert tell_of_ends(now=NOW + timedelta(days=1)) == 1
    assert (told_to_the_press(), Front.objects.get().next_end) == (1, None)


def test_a_front_that_cannot_be_read_holds_back_no_other(newsroom: Newsroom, out: list[Story]) -> None:
    with acting_as(newsroom.chief):
        send_front(desk.front(of=out[0].section), now=NOW)
        send_front(desk.front(slots=[desk.pinned(out[0], until=NOW + timedelta(seconds=2))]), now=NOW)
    broken = Front._meta.get_field("slots").to_python([{"type": "story", "value": {"story": None, "until": 5}}])
    Front.objects.filter(section=out[0].section).update(slots=broken, next_end=NOW + timedelta(seconds=1))
    Notice.objects.all().delete()
    with pytest.raises(ExceptionGroup):
        tell_of_ends(now=NOW + timedelta(seconds=2))
    assert told_to_the_press() == 1
    assert list(Front.objects.values_list("next_end", flat=True).order_by("pk")) == [NOW + timedelta(seconds=1), None]


def test_a_front_is_opened_also_when_readers_no_longer_have_its_section(
    newsroom: Newsroom, chief: Client, out: list[Story]
) -> None:
    send(chief, url=POLITICS, slots=[pin(out[0])])
    section = out[0].section
    assert section is not None
    with acting_as(newsroom.chief):
        for story in out:
            Withdraw(story, now=NOW).execute()
        Withdraw(section, now=NOW).execute()
    assert chief.get(POLITICS).status_code == 200
    assert "Readers do not have the section" in chief.get(f"{POLITICS}?shown=1").content.decode()
    assert "Readers do not have the section" in chief.get(URL.removesuffix("en/")).content.decode()
    assert chief.get(f"{URL}nowhere/").status_code == 404


def test_a_front_whose_story_is_no_longer_there_says_so_beside_its_form(chief: Client, said: Any) -> None:
    draft = desk.story(title="Never out")
    send(chief, slots=[pin(draft)])
    draft.delete()
    shown = chief.get(f"{URL}?shown=1")
    assert (shown.status_code, said()) == (200, ["release"])
    assert "Entry 1 has a story that is no longer there" in shown.content.decode()


def test_the_list_asks_no_more_for_more_fronts(chief: Client, out: list[Story], django_assert_num_queries: Any) -> None:
    send(chief, slots=[pin(out[0])])
    with CaptureQueriesContext(connection) as asked:
        assert chief.get("/fronts/").status_code == 200
    for key in ("sea", "sport"):
        section = desk.section(key=key)
        with acting_as("system:test"):
            Release(section, now=NOW).execute()
            send_front(desk.front(out[1], of=section), now=NOW)
    with django_assert_num_queries(len(asked)):
        shown = chief.get("/fronts/").content.decode()
    assert "sport" in shown


def test_the_ledger_says_in_words_what_stood_there(chief: Client, out: list[Story]) -> None:
    send(chief, slots=[pin(out[0], "2026-05-31T06:00")], strip=strip())
    document = readers_have()
    assert document is not None
    assert title_of(document) == "Home front"
    texts = {field.name: field.text for field in fields_of(document)}
    assert texts["Layout"] == "lead-two"
    assert texts["Slots"] == f"{urn(out[0])}, until 2026-05-30 23:00:00 UTC"
    assert texts["Breaking strip"] == "Bridge closed, until 2026-05-30 23:00:00 UTC"
    screen = chief.get(f"/ledger/releases/{number()}/")
    assert screen.status_code == 200
    assert "Home front" in screen.content.decode()
