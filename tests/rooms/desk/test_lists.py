"""The lists of the desk but for that of stories, the menu and the home screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model

from broadsheet.desk.models import SectionLimit
from tests.factories import desk

if TYPE_CHECKING:
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom


@pytest.fixture
def editor(newsroom: Newsroom) -> Client:
    return newsroom.client(newsroom.editor)


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
