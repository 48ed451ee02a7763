"""A refused act is a sentence beside the work, never a broken page, and what was typed is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from broadsheet.desk.actions import Release
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import Byline, Picture, Story
from tests.factories import desk
from tests.rooms.desk.driving import approve, create, fields, press, told

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_new_story_that_is_not_ready_is_kept_as_a_draft_with_every_reason(newsroom: Newsroom, acts: Any) -> None:
    chief = newsroom.client(newsroom.chief)
    response = create(chief, desk.section(), "action-publish", title="Half done", body="")
    story = Story.objects.get()
    assert response.headers["location"] == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert told(response)
    assert (story.title, story.live, acts()) == ("Half done", False, [])


def test_edited_story_that_is_not_ready_is_kept_and_told(newsroom: Newsroom, acts: Any) -> None:
    chief = newsroom.client(newsroom.chief)
    story = desk.story()
    boats = desk.picture(credit="")
    response = press(chief, story, "action-publish", title="With boats", lead_picture=str(boats.pk))
    assert response.status_code in {200, 302}
    assert "credit" in told(response)
    assert Story.objects.get().get_latest_revision_as_object().title == "With boats"
    assert acts() == []


def test_last_approval_of_a_story_that_is_not_ready_leaves_it_in_approval(newsroom: Newsroom, acts: Any) -> None:
    create(
        newsroom.client(newsroom.reporter),
        desk.section(),
        "action-submit",
        lead_picture=str(desk.picture(credit="").pk),
    )
    approve(newsroom.client(newsroom.editor), Story.objects.get())
    chief = newsroom.client(newsroom.chief)
    response = approve(chief, Story.objects.get())
    assert response.status_code == 302
    assert "credit" in told(response)
    story = Story.objects.get()
    assert (story.live, story.workflow_in_progress, acts()) == (False, True, [])


def test_dialog_is_told_where_to_go(newsroom: Newsroom) -> None:
    create(
        newsroom.client(newsroom.reporter),
        desk.section(),
        "action-submit",
        lead_picture=str(desk.picture(credit="").pk),
    )
    approve(newsroom.client(newsroom.editor), Story.objects.get())
    story = Story.objects.get()
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[story.pk, "approve", story.current_workflow_task_state.pk]
    )
    answer = newsroom.client(newsroom.chief).post(url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json() == {"step": "success", "redirect": reverse("wagtailadmin_pages:edit", args=[story.pk])}


def test_editor_who_changes_a_released_byline_is_told_and_readers_keep_the_old_name(
    newsroom: Newsroom, acts: Any
) -> None:
    lan = desk.byline(name="Lan Nguyễn")
    with acting_as(newsroom.chief):
        Release(lan, now=NOW).execute()
    url = reverse("wagtailsnippets_desk_byline:edit", args=[lan.pk])
    data = {"name": "Lan Nguyen", "key": lan.key}
    data |= {f"names-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    response = newsroom.client(newsroom.editor).post(url, data)
    assert "may not update" in told(response)
    assert (Byline.objects.get().name, acts("byline")) == ("Lan Nguyễn", ["release"])
    newsroom.client(newsroom.chief).post(url, data)
    assert (Byline.objects.get().name, acts("byline")) == ("Lan Nguyen", ["release", "update"])


def test_reporter_who_changes_a_released_picture_is_told(newsroom: Newsroom, acts: Any) -> None:
    boats = desk.picture(credit="Lan Nguyễn", uploaded_by_user=newsroom.reporter)
    with acting_as(newsroom.chief):
        Release(boats, now=NOW).execute()
    data = {"title": "Boats", "credit": "Somebody", "alt": "Boats", "text_locale": "en", "tags": ""}
    response = newsroom.client(newsroom.reporter).post(reverse("wagtailimages:edit", args=[boats.pk]), data)
    assert "may not update" in told(response)
    assert (Picture.objects.get().credit, acts("picture")) == ("Lan Nguyễn", ["release"])


def test_autosave_of_a_released_story_is_no_act_and_answers_in_json(newsroom: Newsroom, acts: Any) -> None:
    with acting_as(newsroom.chief):
        story = desk.story(title="Harbour opens", owner=newsroom.reporter)
        Release(story, now=NOW).execute()
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    answer = newsroom.client(newsroom.reporter).post(url, fields(title="Draft"), headers={"accept": "application/json"})
    assert answer.json()["success"] is True
    assert (Story.objects.get().title, acts()) == ("Harbour opens", ["release"])
