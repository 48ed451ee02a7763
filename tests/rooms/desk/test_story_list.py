"""The list of stories: what it shows of each, how it narrows and turns, and what it costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin.models import EditingSession
from wagtail.models import GroupPagePermission, Page

from broadsheet.desk.actions import Release, Withdraw, make_appointment
from broadsheet.desk.actions.assigning import assign
from broadsheet.desk.actions.kill import Kill
from broadsheet.desk.actors import acting_as
from broadsheet.desk.appointments import appointments_of
from broadsheet.desk.models import Appointment, Byline, ListedByline, ListedStory, SectionLimit, Story
from broadsheet.ledger.values import Act
from tests.factories import desk
from tests.rooms.desk.driving import approve, press

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)


@pytest.fixture
def editor(newsroom: Newsroom) -> Client:
    return newsroom.client(newsroom.editor)


def the_list(client: Client, **narrowed: Any) -> HttpResponse:
    response = client.get("/stories/", narrowed)
    assert response.status_code == 200
    return response


def headlines(client: Client, **narrowed: Any) -> list[str]:
    return [story.title for story in the_list(client, **narrowed).context["object_list"]]


def text_of(client: Client, **narrowed: Any) -> str:
    return " ".join(the_list(client, **narrowed).content.decode().split())


def drafts(number: int, **fields: Any) -> list[Story]:
    """Return so many drafts, each saved a minute after the one before."""
    made = []
    for place in range(number):
        story = desk.story(title=f"Story {place:02}", **fields)
        ListedStory.objects.filter(pk=story.pk).update(changed_at=NOW + timedelta(minutes=place))
        made.append(story)
    return made


def send_for_approval(story: Story, user: Any) -> None:
    story.save_revision(user=user)
    story.get_workflow().start(story, user)


def test_list_is_narrowed_by_section_language_and_status(newsroom: Newsroom, editor: Client) -> None:
    desk.story(title="English politics")
    desk.story(title="English sea", inside=desk.section(key="sea", title="Sea"))
    desk.story(title="Vietnamese politics", inside=desk.section(locale="vi"))
    send_for_approval(desk.story(title="Waiting", inside=desk.section(key="sea")), newsroom.reporter)
    with acting_as(newsroom.chief):
        for title in ("Out", "Changed", "Gone", "Killed"):
            Release(desk.story(title=title), now=NOW).execute()
        Story.objects.get(title="Changed").save_revision()
        Withdraw(Story.objects.get(title="Gone"), now=NOW).execute()
        Kill(Story.objects.get(title="Killed"), now=NOW, words="Not so.").execute()
    assert len(headlines(editor)) == 8
    assert set(headlines(editor, section="sea")) == {"English sea", "Waiting"}
    assert headlines(editor, language="vi") == ["Vietnamese politics"]
    assert set(headlines(editor, section="politics", language="en", status="draft")) == {"English politics"}
    for status, title in {"approval": "Waiting", "released": "Out", "withdrawn": "Gone", "killed": "Killed"}.items():
        assert headlines(editor, status=status) == [title], status
    assert headlines(editor, status="takedown") == []


def test_status_follows_every_way_a_story_goes(newsroom: Newsroom) -> None:
    chief, story = newsroom.client(newsroom.chief), desk.story(title="Followed")

    def status() -> str:
        return str(the_list(chief).context["table"].rows[0].status.value)

    assert status() == "draft"
    press(chief, story, "action-submit")
    assert status() == "approval"
    approve(chief, Story.objects.get())
    assert status() == "approval", "the second step"
    approve(chief, Story.objects.get(), "reject")
    assert status() == "draft"
    press(chief, story, "action-publish")
    assert status() == "released"
    press(chief, story, None, title="Another headline")
    assert status() == "changed"
    chief.post(f"/pages/{story.pk}/unpublish/")
    assert status() == "withdrawn"
    with acting_as(newsroom.chief):
        Story.objects.get().save_revision().publish()
        assert status() == "released"
        # In bulk and by schedule Wagtail saves the plain page.
        UnpublishPageAction(Page.objects.get(pk=story.pk)).execute(skip_permission_checks=True)
    assert status() == "withdrawn"


def test_list_holds_the_languages_a_person_works_in(newsroom: Newsroom, editor: Client) -> None:
    desk.story(title="English")
    desk.story(title="Vietnamese", inside=desk.section(locale="vi"))
    GroupPagePermission.objects.filter(group__user=newsroom.editor, page__slug="en").delete()
    assert headlines(editor) == ["Vietnamese"]
    assert headlines(editor, language="en") == []
    GroupPagePermission.objects.filter(group__user=newsroom.editor).delete()
    assert newsroom.client(newsroom.editor).get("/stories/").status_code == 302, "who may do nothing is led away"


def test_person_limited_to_sections_sees_all_and_opens_those(newsroom: Newsroom, editor: Client) -> None:
    desk.story(title="Politics")
    sea = desk.story(title="Sea", inside=desk.section(key="sea", title="Sea"))
    SectionLimit.objects.create(user=newsroom.editor, section_key="sea")
    rows = {row.story.title: row.may_edit for row in the_list(editor).context["table"].rows}
    assert rows == {"Politics": False, "Sea": True}
    assert f'href="/pages/{sea.pk}/edit/"' in text_of(editor)


def test_pages_of_the_list_are_turned_there_and_back_without_a_gap(editor: Client) -> None:
    drafts(60)
    everything = [f"Story {place:02}" for place in reversed(range(60))]
    first = the_list(editor)
    second = editor.get(first.context["older"])
    third = editor.get(second.context["older"])
    pages = [[story.title for story in page.context["object_list"]] for page in (first, second, third)]
    assert pages == [everything[:25], everything[25:50], everything[50:]]
    assert (first.context["newer"], third.context["older"]) == (None, None)
    back = editor.get(third.context["newer"])
    assert [story.title for story in back.context["object_list"]] == everything[25:50]
    top = editor.get(back.context["newer"])
    assert [story.title for story in top.context["object_list"]] == everything[:25]


def test_stories_changed_in_the_same_moment_are_shown_once_each(editor: Client) -> None:
    drafts(30)
    ListedStory.objects.update(changed_at=NOW)
    first = the_list(editor)
    second = editor.get(first.context["older"])
    titles = [story.title for page in (first, second) for story in page.context["object_list"]]
    assert len(titles) == len(set(titles)) == 30


def test_narrowing_stays_while_pages_are_turned(editor: Client) -> None:
    drafts(30, inside=desk.section(key="sea", title="Sea"))
    desk.story(title="Elsewhere")
    second = editor.get(the_list(editor, section="sea").context["older"])
    assert len(second.context["object_list"]) == 5


def test_list_by_deadline_shows_the_nearest_first_and_nothing_that_is_out(newsroom: Newsroom, editor: Client) -> None:
    late, soon, out, never = (desk.story(title=title) for title in ("Late", "Soon", "Out", "Never"))
    with acting_as(newsroom.chief):
        for story, hours in ((late, -2), (soon, 5), (out, 1)):
            assign(story, assignee=None, deadline=timezone.now() + timedelta(hours=hours))
        Release(Story.objects.get(pk=out.pk), now=NOW).execute()
    assert headlines(editor, order="due") == ["Late", "Soon"]
    assert {row.story.title for row in the_list(editor).context["table"].rows if row.is_late} == {"Late"}
    assert never.title in headlines(editor)


def test_mine_is_what_i_have_what_i_began_and_what_i_wrote_last(newsroom: Newsroom, editor: Client) -> None:
    desk.story(title="Another's")
    desk.story(title="Begun", owner=newsroom.editor)
    desk.story(title="Written").save_revision(user=newsroom.editor)
    with acting_as(newsroom.chief):
        assign(desk.story(title="Given"), assignee=newsroom.editor, deadline=None)
        assign(desk.story(title="All three", owner=newsroom.editor), assignee=newsroom.editor, deadline=None)
    assert sorted(headlines(editor, whose="mine")) == ["All three", "Begun", "Given", "Written"]
    assert headlines(newsroom.client(newsroom.reporter), whose="mine") == []


def test_waiting_for_me_is_the_step_i_may_take_in_the_sections_i_work_in(newsroom: Newsroom, editor: Client) -> None:
    chief, admin = newsroom.client(newsroom.chief), get_user_model().objects.create_superuser("ada")
    at_editor = desk.story(title="At the editor")
    at_chief = desk.story(title="At the chief", inside=desk.section(key="sea", title="Sea"))
    for story in (at_editor, at_chief):
        send_for_approval(story, newsroom.reporter)
    approve(editor, at_chief)
    assert headlines(editor, whose="waiting") == ["At the editor"]
    assert set(headlines(chief, whose="waiting")) == {"At the editor", "At the chief"}
    assert set(headlines(newsroom.client(admin), whose="waiting")) == {"At the editor", "At the chief"}
    assert headlines(newsroom.client(newsroom.reporter), whose="waiting") == []
    SectionLimit.objects.create(user=newsroom.chief, section_key="sea")
    assert headlines(chief, whose="waiting") == ["At the chief"]


def test_list_is_narrowed_by_byline_assignee_and_day(newsroom: Newsroom, editor: Client) -> None:
    lan, minh, paula = (desk.byline(name=name) for name in ("Lan Nguyễn", "Minh Trần", "Paula Ruiz"))
    signed = desk.story(title="Signed", bylines=[(lan, ""), (minh, ""), (paula, "")])
    desk.story(title="Unsigned")
    with acting_as(newsroom.chief):
        assign(signed, assignee=newsroom.reporter, deadline=None)
    assert headlines(editor, byline="trần") == ["Signed"] or connection.vendor == "sqlite", "SQLite folds ASCII only"
    assert headlines(editor, byline="minh") == ["Signed"]
    assert headlines(editor, byline="Nobody of that name") == []
    assert "Lan Nguyễn, Minh Trần and 1 more" in text_of(editor)
    assert headlines(editor, assignee=newsroom.reporter.pk) == ["Signed"]
    assert headlines(editor, assignee="nobody") == ["Unsigned"]
    today = timezone.localdate()
    assert set(headlines(editor, since=today.isoformat())) == {"Signed", "Unsigned"}
    assert headlines(editor, since=(today + timedelta(days=1)).isoformat()) == []


def test_names_that_signed_very_many_stories_are_found_too(editor: Client) -> None:
    desk.story(title="Unsigned")
    signed = desk.story(title="Signed")
    names = Byline.objects.bulk_create(
        Byline(name=f"Agency {number}", key=f"agency-{number}") for number in range(4000)
    )
    ListedByline.objects.bulk_create(
        ListedByline(listed_id=signed.pk, byline=byline, place=place) for place, byline in enumerate(names)
    )
    assert headlines(editor, byline="agency") == ["Signed"]
    assert headlines(editor, byline="agency", status="released") == []


def test_bylines_are_those_of_the_newest_draft(newsroom: Newsroom, editor: Client) -> None:
    story = desk.story(title="Drafted")
    again = Story.objects.get(pk=story.pk)
    again.bylines.add(again.bylines.model(byline=desk.byline(name="Lan Nguyễn")))
    again.save_revision(user=newsroom.editor)
    assert headlines(editor, byline="Lan") == ["Drafted"]


@pytest.mark.parametrize("words", ["chinh tri", "CHÍNH trị", "trị, “Chính”", "hính t", "đuong"])
def test_words_of_a_headline_are_found_with_and_without_accents(editor: Client, words: str) -> None:
    desk.story(title="Chính trị trên đường phố")
    desk.story(title="Something else")
    assert headlines(editor, q=words) == ["Chính trị trên đường phố"]


def test_search_finds_the_headline_of_the_newest_draft(newsroom: Newsroom, editor: Client) -> None:
    story = desk.story(title="First headline")
    story.title = "Second headline"
    story.save_revision(user=newsroom.editor)
    assert "Second headline" in text_of(editor, q="second")
    assert headlines(editor, q="first") == []


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "*",
        "( )",
        "NEAR(a b)",
        "-",
        "%",
        "_",
        "\\",
        "' OR 1=1 --",
        "a" * 10_000,
        "a\x00b",
        "\ud800",
        "😀",
        ":",
        "^x",
    ],
)
def test_nothing_that_is_typed_into_the_search_breaks_it(editor: Client, words: str) -> None:
    desk.story(title="100% of the “harbour” (a_b)")
    the_list(editor, q=words.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))


def test_search_that_can_find_nothing_says_why(editor: Client) -> None:
    assert "A headline has at most 200 characters" in text_of(editor, q="a" * 10_000)
    assert "Null characters are not allowed" in text_of(editor, q="a\x00b")
    assert "no letter and no number to look for" in text_of(editor, q="()")


@pytest.mark.parametrize("name", ["older", "newer"])
@pytest.mark.parametrize(
    "place",
    ["x", "1", "-", "1-", "-1", "1-1-1", "1e9-1", "٣-1", "9" * 30 + "-1", "9" * 19 + "-1", "1-" + "9" * 30, "1\x00-1"],
)
def test_address_that_names_no_place_shows_the_beginning_and_says_so(editor: Client, name: str, place: str) -> None:
    drafts(2)
    assert "names no place in the list" in text_of(editor, **{name: place})
    assert len(headlines(editor, **{name: place})) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "nonsense"),
        ("section", "nowhere"),
        ("language", "xx"),
        ("whose", "theirs"),
        ("assignee", "x"),
        ("assignee", "99999999999999999999"),
        ("since", "yesterday"),
        ("since", "0001-01-01"),
        ("since", "9999-12-31"),
        ("byline", "a" * 1000),
        ("byline", "a\x00"),
    ],
)
def test_filter_that_means_nothing_is_said_and_narrows_nothing(editor: Client, name: str, value: str) -> None:
    desk.story(title="There")
    page = text_of(editor, **{name: value})
    assert "The list is not narrowed; choose again." in page
    assert headlines(editor, **{name: value}) == ["There"]


def test_list_shows_who_has_a_story_open(newsroom: Newsroom, editor: Client) -> None:
    story = desk.story(title="Open")
    now = timezone.now()
    for person, minutes in (
        (newsroom.reporter, 1),
        (newsroom.chief, 15),
        (newsroom.editor, 1),
        (newsroom.inspector, 59),
    ):
        EditingSession.objects.create(
            user=person,
            content_type=ContentType.objects.get_for_model(Page),
            object_id=str(story.pk),
            last_seen_at=now - timedelta(minutes=minutes),
        )
    assert "Open now: Chris (away), Rita<" in text_of(editor)


def test_list_shows_what_is_appointed(newsroom: Newsroom, editor: Client) -> None:
    story = desk.story(title="Appointed")
    story.save_revision()
    at = timezone.now() + timedelta(days=2)
    with acting_as(newsroom.chief):
        seen = Story.objects.get().latest_revision_created_at
        make_appointment(story, act=Act.RELEASE, due_at=at, text_seen=seen, now=timezone.now())
    (row,) = the_list(editor).context["table"].rows
    assert row.appointed == appointments_of([story], now=timezone.now())[story.pk]
    assert row.appointed in text_of(editor)


def test_list_costs_the_same_whatever_its_length_and_whoever_reads_it(newsroom: Newsroom) -> None:
    lan = desk.byline(name="Lan")

    def more(number: int) -> None:
        for place in range(number):
            story = desk.story(title=f"Story {place}", bylines=[(lan, "")], owner=newsroom.reporter)
            with acting_as(newsroom.chief):
                assign(story, assignee=newsroom.editor, deadline=NOW)
            Appointment.objects.create(page=story, act=Act.RELEASE, due_at=NOW, made_at=NOW)
            if place % 2:
                send_for_approval(story, newsroom.reporter)
            EditingSession.objects.create(
                user=newsroom.chief,
                content_type=ContentType.objects.get_for_model(Page),
                object_id=str(story.pk),
                last_seen_at=timezone.now(),
            )

    SectionLimit.objects.create(user=newsroom.editor, section_key="politics")
    reporter, editor, chief = map(newsroom.client, (newsroom.reporter, newsroom.editor, newsroom.chief))
    narrowed = ({"whose": "mine"}, {"whose": "waiting"}, {"q": "story"}, {"order": "due"}, {"byline": "lan"})
    asked = [*((reader, {}) for reader in (reporter, editor, chief)), *((editor, words) for words in narrowed)]

    def asked_of_the_database() -> list[list[str]]:
        found = []
        for reader, words in asked:
            with CaptureQueriesContext(connection) as seen:
                the_list(reader, **words)
            found.append([query["sql"] for query in seen.captured_queries])
        return found

    more(4)
    for reader in (reporter, editor, chief):
        the_list(reader)
    few = asked_of_the_database()
    more(26)
    many = asked_of_the_database()
    assert [len(queries) for queries in many] == [len(queries) for queries in few]
    assert max(len(queries) for queries in many) < 35
    counting = [sql for queries in many for sql in queries if "COUNT(" in sql]
    assert not [sql for sql in counting if "desk_listedstory" in sql or "desk_story" in sql]
