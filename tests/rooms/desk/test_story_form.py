"""What the form of a story takes, what it refuses, and with which sentence."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from broadsheet.desk.models import Story
from tests.factories import desk
from tests.rooms.desk.driving import create, fields, press

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponse
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

OVERRIDE = "\u202e"


@pytest.fixture
def reporter(newsroom: Newsroom) -> Client:
    return newsroom.client(newsroom.reporter)


def page_of(response: HttpResponse) -> str:
    assert response.status_code == 200, "the form came back"
    return response.content.decode()


def test_new_story_asks_for_headline_standfirst_and_body_first(reporter: Client) -> None:
    url = reverse("wagtailadmin_pages:add", args=["desk", "story", desk.section().pk])
    html = reporter.get(url).content.decode()
    names = [
        name for name in re.findall(r'name="([a-z_]+)', html) if name in {f.name for f in Story._meta.get_fields()}
    ]
    assert list(dict.fromkeys(names))[:2] == ["title", "standfirst"]
    assert html.index('id="panel-child-story-body') < html.index('id="panel-child-story-bylines')
    for hidden in ("go_live_at", "expire_at", "slug", "seo_title", "search_description", "show_in_menus"):
        assert f'name="{hidden}"' not in html


def test_headline_alone_is_enough_for_a_draft(reporter: Client) -> None:
    create(reporter, desk.section(), None, title="Only a headline", body="")
    story = Story.objects.get()
    assert (story.title, story.live, story.slug) == ("Only a headline", False, story.subject_key.hex)


def test_overlong_headline_comes_back_with_a_sentence_and_nothing_lost(reporter: Client) -> None:
    html = page_of(create(reporter, desk.section(), None, title="x" * 203, standfirst="Kept standfirst"))
    assert "The headline is 3 characters too long; 200 is the most a page can carry." in html
    assert "Kept standfirst" in html
    assert not Story.objects.exists()


def test_headline_longer_than_the_column_gets_the_same_sentence(reporter: Client) -> None:
    assert "100 characters too long" in page_of(create(reporter, desk.section(), None, title="x" * 300))


def test_type_of_a_story_is_chosen_beside_its_text(reporter: Client) -> None:
    create(reporter, desk.section(), None, genre="opinion")
    assert Story.objects.get().genre == "opinion"
    html = page_of(create(reporter, desk.section(), None, genre="gossip"))
    assert "gossip is not one of the available choices" in html


@pytest.mark.parametrize("field", ["title", "standfirst", "lead_caption", "dateline_place"])
@pytest.mark.parametrize("character", ["\x07", "\x00", "\x1b", "\x7f"])
def test_control_character_is_refused_beside_its_field(reporter: Client, field: str, character: str) -> None:
    html = page_of(create(reporter, desk.section(), None, **{field: f"Words{character} more"}))
    assert ("control character" in html) or ("Null characters are not allowed" in html)
    assert not Story.objects.exists()


@pytest.mark.parametrize("character", ["\x07", "\x00", "\ud800"])
def test_control_character_inside_a_block_is_refused(reporter: Client, character: str) -> None:
    text = {"entityMap": {}, "blocks": [
        {"key": "a1b2c", "text": f"Bad {character} text", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    ]}  # fmt: skip
    body = nested_form_data({"body": streamfield([("paragraph", json.dumps(text))])})
    html = page_of(create_with(reporter, body))
    assert "invisible control character" in html or "Null characters are not allowed" in html
    assert not Story.objects.exists()


def create_with(client: Client, more: dict[str, Any]) -> HttpResponse:
    data = {name: value for name, value in fields(title="A story").items() if not name.startswith("body-")} | more
    return client.post(reverse("wagtailadmin_pages:add", args=["desk", "story", desk.section().pk]), data)


def test_table_pasted_with_an_empty_corner_keeps_its_cells(reporter: Client) -> None:
    rows = "\tMonday\tTuesday\nFish\t4\t"
    table = {"title": "", "rows": rows, "has_head": "on", "names_rows": "on"}
    create_with(reporter, nested_form_data({"body": streamfield([("table", table)])}))
    assert Story.objects.get().get_latest_revision_as_object().body[0].value["rows"] == rows


def test_overrides_that_came_with_a_paste_are_taken_out(reporter: Client) -> None:
    create(reporter, desk.section(), None, title=f"Abc{OVERRIDE}def", standfirst=f"x{OVERRIDE}y\ufeff")
    story = Story.objects.get()
    assert (story.title, story.standfirst) == ("Abcdef", "xy")


def test_address_readers_could_not_type_is_refused(reporter: Client) -> None:
    html = page_of(create(reporter, desk.section(), None, url_slug="Chính trị"))
    assert "small letters without accents" in html


def test_address_of_a_released_story_cannot_be_edited(newsroom: Newsroom) -> None:
    story = desk.story(url_slug="first")
    Story.objects.filter(pk=story.pk).update(first_released_at="2026-03-04T05:06:07Z")
    press(newsroom.client(newsroom.chief), story, None, url_slug="second", title="New headline")
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert (draft.title, draft.url_slug) == ("New headline", "first")


@pytest.mark.shared
def test_markup_typed_into_fields_is_shown_as_text_at_the_desk(reporter: Client, shared_data: Path) -> None:
    payloads = (shared_data / "security" / "xss" / "patt-RSNAKE_XSS.txt").read_text(encoding="utf-8").splitlines()[:40]
    attack = " ".join(payloads)[:190].replace("\x00", "")
    create(reporter, desk.section(), None, title=attack, standfirst=attack, body="")
    story = Story.objects.get()
    for url in (reverse("wagtailadmin_pages:edit", args=[story.pk]), "/stories/", "/"):
        assert "<script>alert" not in reporter.get(url).content.decode().lower()
