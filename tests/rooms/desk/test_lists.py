"""The lists of the desk: what they show, how they narrow, and what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission

from broadsheet.desk.models import SectionLimit, Story
from tests.factories import desk

if TYPE_CHECKING:
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom


@pytest.fixture
def editor(newsroom: Newsroom) -> Client:
    return newsroom.client(newsroom.editor)


def headlines(client: Client, **narrowed: Any) -> set[str]:
    response = client.get("/stories/", narrowed)
    assert response.status_code == 200
    return {story.title for story in response.context["page_obj"].object_list}


def test_list_is_narrowed_by_section_language_and_status(newsroom: Newsroom, editor: Client) -> None:
    desk.story(title="English politics")
    desk.story(title="English sea", inside=desk.section(key="sea", title="Sea"))
    desk.story(title="Vietnamese politics", inside=desk.section(locale="vi"))
    waiting = desk.story(title="Waiting", inside=desk.section(key="sea"))
    waiting.save_revision()
    waiting.get_workflow().start(waiting, newsroom.reporter)
    changed = desk.story(title="Changed")
    gone = desk.story(title="Gone")
    Story.objects.filter(pk=changed.pk).update(live=True, has_unpublished_changes=True)
    Story.objects.filter(pk=gone.pk).update(first_released_at="2026-03-04T05:06:07Z")
    assert len(headlines(editor)) == 6
    assert headlines(editor, section="sea") == {"English sea", "Waiting"}
    assert headlines(editor, locale="vi") == {"Vietnamese politics"}
    assert headlines(editor, section="politics", locale="en") == {"English politics", "Changed", "Gone"}
    assert headlines(editor, status="approval") == {"Waiting"}
    assert headlines(editor, status="changed") == {"Changed"}
    assert headlines(editor, status="withdrawn") == {"Gone"}
    assert headlines(editor, status="draft") == {"English politics", "English sea", "Vietnamese politics"}
    call_command("update_index", verbosity=0)
    assert headlines(editor, q="Vietnamese") == {"Vietnamese politics"}


def test_list_holds_the_languages_a_person_works_in(newsroom: Newsroom, editor: Client) -> None:
    desk.story(title="English")
    desk.story(title="Vietnamese", inside=desk.section(locale="vi"))
    GroupPagePermission.objects.filter(group__user=newsroom.editor, page__slug="en").delete()
    assert headlines(editor) == {"Vietnamese"}


def test_list_says_where_each_story_stands(newsroom: Newsroom, editor: Client) -> None:
    waiting = desk.story(title="Waiting")
    waiting.save_revision()
    waiting.get_workflow().start(waiting, newsroom.reporter)
    assert "In approval" in editor.get("/stories/results/").content.decode()


def test_list_costs_the_same_whatever_its_length(editor: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            editor.get("/stories/")
        return len(seen)

    for number in range(3):
        desk.story(title=f"Story {number}")
    few = queries()
    for number in range(20):
        desk.story(title=f"More {number}", inside=desk.section(key="sea", locale="vi"))
    assert queries() <= few + 1, "one more language"
    assert few < 40


def test_new_story_is_offered_in_each_section_by_language(editor: Client) -> None:
    desk.section()
    desk.section(key="sea", title="Sea")
    desk.section(locale="vi", title="Chính trị")
    html = editor.get("/stories/choose_parent/").content.decode()
    assert html.index("English") < html.index(">Politics<") < html.index(">Sea<") < html.index(">Chính trị<")


def test_only_section_is_taken_without_asking(editor: Client) -> None:
    only = desk.section()
    assert editor.get("/stories/choose_parent/")["Location"] == f"/pages/add/desk/story/{only.pk}/"


def test_person_limited_to_sections_is_offered_those(newsroom: Newsroom, editor: Client) -> None:
    desk.section()
    sea = desk.section(key="sea", title="Sea")
    SectionLimit.objects.create(user=newsroom.editor, section_key="sea")
    assert editor.get("/stories/choose_parent/")["Location"] == f"/pages/add/desk/story/{sea.pk}/"


def test_sections_stand_in_the_order_of_the_navigation(newsroom: Newsroom) -> None:
    desk.section(key="sea", title="Sea", order=2)
    desk.section(key="city", title="City", order=1)
    html = newsroom.client(newsroom.chief).get("/sections/results/").content.decode()
    assert html.index("City") < html.index("Sea")


def test_menu_speaks_of_the_newsroom(editor: Client) -> None:
    html = editor.get("/").content.decode()
    for words in ("Stories", "Pictures", "Bylines", "Sections"):
        assert words in html
    for words in ('"Documents"', '"Pages"', '"Images"', '"Snippets"'):
        assert words not in html


def test_home_counts_what_waits(editor: Client) -> None:
    desk.story()
    html = " ".join(editor.get("/").content.decode().split())
    assert "<span>1</span> Draft" in html
    assert "<span>0</span> In approval" in html


def test_administrator_finds_every_list_and_form(newsroom: Newsroom) -> None:
    story = desk.story()
    admin = get_user_model().objects.create_superuser("ada", "ada@example.org", "secret")
    browser = newsroom.client(admin)
    for url in ("/", "/stories/", "/sections/", "/snippets/desk/byline/", "/images/", f"/pages/{story.pk}/edit/"):
        assert browser.get(url).status_code == 200, url
