"""The preview is the reader's page of the unsaved draft; nothing unreleased is seen without a log-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from broadsheet.desk.compiling import draft_picture
from broadsheet.desk.models import Story
from broadsheet.desk.pictures import PictureWords, receive_picture
from broadsheet.ledger.pictures import sizes_of
from tests.factories import desk
from tests.rooms.desk.driving import fields, press

if TYPE_CHECKING:
    from django.http import HttpResponse

    from broadsheet.desk.models import Picture
    from tests.rooms.desk.conftest import Newsroom


@pytest.fixture
def reporter(newsroom: Newsroom) -> Client:
    return newsroom.client(newsroom.reporter)


def picture() -> Picture:
    words = PictureWords(title="Boats", text_locale="en", alt="Three boats", credit="Lan")
    return receive_picture(data=desk.jpeg_bytes(width_px=400, height_px=300), name="boats.jpg", words=words)


def preview(client: Client, story: Story, **changes: Any) -> HttpResponse:
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[story.pk])
    sent = client.post(url, fields(**{"title": story.title, **changes}))
    assert sent.json()["is_valid"], sent.json()
    return client.get(url)


def own_story(newsroom: Newsroom, **more: Any) -> Story:
    return desk.story(owner=newsroom.reporter, **more)


def test_preview_shows_what_is_typed_and_not_saved(newsroom: Newsroom, reporter: Client) -> None:
    story = own_story(newsroom, title="Saved headline")
    lan = desk.byline(name="Lan Nguyễn")
    bylines = inline_formset([{"byline": str(lan.pk), "role": "in Huế"}])
    html = preview(reporter, story, title="Typed headline", body="Typed words.", bylines=bylines).content.decode()
    assert "Typed headline" in html
    assert "Typed words." in html
    assert "Lan Nguyễn" in html
    assert "Saved headline" not in html
    assert Story.objects.get(pk=story.pk).title == "Saved headline"


def test_preview_of_a_story_never_saved(reporter: Client) -> None:
    url = reverse("wagtailadmin_pages:preview_on_add", args=["desk", "story", desk.section().pk])
    assert reporter.post(url, fields(title="Not saved yet")).json()["is_valid"]
    assert "Not saved yet" in reporter.get(url).content.decode()
    assert not Story.objects.exists()


def test_preview_of_an_empty_draft_is_a_page(newsroom: Newsroom, reporter: Client) -> None:
    assert preview(reporter, own_story(newsroom, body=[]), body="").status_code == 200


def test_preview_runs_nothing_and_is_kept_by_nobody(newsroom: Newsroom, reporter: Client) -> None:
    response = preview(reporter, own_story(newsroom), title="<script>alert(1)</script>")
    assert "<script>alert" not in response.content.decode()
    assert response["Content-Security-Policy"].startswith("default-src 'none'; img-src 'self' data:;")
    assert "script-src" not in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_preview_offers_phone_and_desktop(db: None) -> None:  # noqa: ARG001 - asks for the database
    assert [(size["name"], size["device_width"]) for size in Story().preview_sizes] == [
        ("phone", 390),
        ("desktop", 1280),
    ]


def test_preview_shows_an_unreleased_picture_from_the_desk(newsroom: Newsroom, reporter: Client) -> None:
    row = picture()
    html = preview(reporter, own_story(newsroom), lead_picture=str(row.pk)).content.decode()
    path = sizes_of(draft_picture(row))[0].path
    assert path in html
    answer = reporter.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"].startswith("private")


def test_nothing_of_the_desk_is_served_without_a_log_in(newsroom: Newsroom) -> None:
    row = picture()
    story = own_story(newsroom)
    media = f"/media/{row.file.name}"
    shown = newsroom.client(newsroom.reporter).get(media)
    assert b"".join(shown.streaming_content) == desk.jpeg_bytes(width_px=400, height_px=300)
    for url in (
        media,
        sizes_of(draft_picture(row))[0].path,
        "/",
        "/stories/",
        reverse("wagtailadmin_pages:preview_on_edit", args=[story.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[story.pk]),
    ):
        answer = Client().get(url)
        assert answer.status_code == 302, url
        assert answer["Location"].startswith("/login/")


@pytest.mark.parametrize("path", ["../paper.sqlite3", "%2e%2e/paper.sqlite3", "nothing.jpg", "original_images/"])
def test_media_view_leads_nowhere_else(reporter: Client, path: str) -> None:
    assert reporter.get(f"/media/{path}").status_code in {302, 400, 404}
    assert reporter.get(f"/pictures/{path}").status_code in {302, 404}


@pytest.mark.parametrize("path", ["/en/politics/", "/politics/", "/en/", "/vi/", "/atom.xml"])
def test_no_reader_page_is_served_by_the_desk(reporter: Client, path: str) -> None:
    desk.section()
    assert reporter.get(path, follow=True).status_code == 404


def test_health_is_told_to_anybody(db: None) -> None:  # noqa: ARG001 - asks for the database
    assert Client().get("/healthz").content == b"ok\n"


def test_every_answer_has_a_policy_that_runs_no_handlers(reporter: Client) -> None:
    for url in ("/", "/stories/", "/login/", "/healthz"):
        assert "script-src-attr 'none'" in reporter.get(url)["Content-Security-Policy"]


def test_settings_name_the_preview() -> None:
    assert settings.BROADSHEET_PREVIEW == "broadsheet.edition.preview.preview_story"


def test_byline_not_chosen_yet_stands_in_the_way_of_neither_saving_nor_preview(
    newsroom: Newsroom, reporter: Client
) -> None:
    story = own_story(newsroom)
    empty = inline_formset([{"byline": "", "role": "in Huế"}])
    assert "Typed" in preview(reporter, story, title="Typed", bylines=empty).content.decode()
    press(reporter, story, None, title="Saved", bylines=empty)
    assert Story.objects.get().get_latest_revision_as_object().title == "Saved"
