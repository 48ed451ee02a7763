"""Every way Wagtail has to change what is live ends in an act, or is closed (decision 0012)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import NoReverseMatch, reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.registry import action_registry
from wagtail.models import Locale as WagtailLocale
from wagtail.models import Page, Revision

from broadsheet.desk.actions import Release
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import ActRefused, NobodyActs, StillInUse, WayClosed
from broadsheet.desk.models import Byline, Section, Story
from broadsheet.desk.queries import live_without_release, released_without_live
from tests.factories import desk
from tests.rooms.desk.driving import WAYS_TO_DELETE, approve, bulk, create, delete_in_vain, press, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _desk_and_ledger_agree_afterwards(newsroom: Newsroom) -> Iterator[None]:
    """Whatever a test did: what is live at the desk is what readers have."""
    assert newsroom
    yield
    assert list(live_without_release()) == []
    assert list(released_without_live()) == []


def released(newsroom: Newsroom, title: str = "Harbour opens", **fields: Any) -> Story:
    with acting_as(newsroom.chief):
        story = desk.story(title=title, **fields)
        story.save_revision(user=newsroom.chief)
        Release(story, now=NOW).execute()
    return Story.objects.get(pk=story.pk)


# Publishing


def test_create_and_publish(chief: Client, acts: Any) -> None:
    response = create(chief, desk.section(), "action-publish", title="Market opens")
    assert acts() == ["release"]
    assert "“Market opens” is released" in told(response)
    assert Story.objects.get().live


def test_create_as_draft(chief: Client, acts: Any) -> None:
    create(chief, desk.section(), None)
    assert (Story.objects.get().live, acts()) == (False, [])


def test_edit_and_publish(newsroom: Newsroom, chief: Client, acts: Any) -> None:
    story = released(newsroom)
    press(chief, story, None, title="A draft")
    assert acts() == ["release"]
    assert "update" in told(press(chief, story, "action-publish", title="Harbour opens again"))
    assert acts() == ["release", "update"]
    assert "Nothing in" in told(press(chief, story, "action-publish", title="Harbour opens again"))
    assert acts() == ["release", "update"]


def test_revert_and_publish(newsroom: Newsroom, chief: Client, acts: Any) -> None:
    story = released(newsroom)
    first = story.latest_revision
    press(chief, story, "action-publish", title="Second")
    url = reverse("wagtailadmin_pages:revisions_revert", args=[story.pk, first.pk])
    assert chief.get(url).status_code == 200
    press(chief, story, "action-publish", title="Harbour opens", revision=str(first.pk))
    assert acts() == ["release", "update", "update"]


def test_approval_in_two_steps(newsroom: Newsroom, acts: Any) -> None:
    create(newsroom.client(newsroom.reporter), desk.section(), "action-submit")
    story = Story.objects.get()
    approve(newsroom.client(newsroom.editor), story)
    assert acts() == []
    approve(newsroom.client(newsroom.chief), Story.objects.get())
    assert acts() == ["release"]
    assert Story.objects.get().live


def test_approval_inside_the_form(newsroom: Newsroom, acts: Any) -> None:
    create(newsroom.client(newsroom.reporter), desk.section(), "action-submit")
    for user in (newsroom.editor, newsroom.chief):
        story = Story.objects.get()
        data = {"action-workflow-action": "true", "workflow-action-name": "approve"}
        press(newsroom.client(user), story, None, **data)
    assert acts() == ["release"]


def test_bulk_publish(newsroom: Newsroom, chief: Client, acts: Any) -> None:
    with acting_as(newsroom.chief):
        for title in ("One", "Two"):
            desk.story(title=title).save_revision(user=newsroom.chief)
    bulk(chief, "publish", Story.objects.all())
    assert acts() == ["release", "release"]


def test_revision_publish_and_page_unpublish_in_code(acts: Any) -> None:
    with acting_as("system:test"):
        story = desk.story()
        story.save_revision().publish()
        assert acts() == ["release"]
        Story.objects.get(pk=story.pk).unpublish()
    assert acts() == ["release", "withdraw"]


def test_plain_page_save_both_ways(newsroom: Newsroom, acts: Any) -> None:
    story = released(newsroom)
    page = Page.objects.get(pk=story.pk)
    page.live = False
    with acting_as(newsroom.chief):
        page.save()
        assert acts() == ["release", "withdraw"]
        page.live = True
        page.save()
    assert acts() == ["release", "withdraw", "release"]


def test_body_saved_on_the_live_row(newsroom: Newsroom, acts: Any) -> None:
    story = released(newsroom)
    story.standfirst = "Boats are back."
    with acting_as(newsroom.chief):
        story.save()
        story.save()
    assert acts() == ["release", "update"]


def test_imported_row_that_says_it_is_live_is_a_draft(acts: Any) -> None:
    section = desk.section()
    section.add_child(instance=Story(title="Sly", locale=section.locale, live=True))
    assert (Story.objects.get().live, acts()) == (False, [])


@pytest.mark.parametrize("way", ["save", "revision"])
def test_nobody_named_means_nothing_done(way: str, acts: Any) -> None:
    story = desk.story()
    revision = story.save_revision()
    story.live = True
    with pytest.raises(NobodyActs):
        {"save": story.save, "revision": revision.publish}[way]()
    assert (Story.objects.get().live, acts()) == (False, [])


# Going away


def test_unpublish_view(newsroom: Newsroom, chief: Client, acts: Any) -> None:
    story = released(newsroom)
    url = reverse("wagtailadmin_pages:unpublish", args=[story.pk])
    assert chief.get(url).status_code == 200
    assert "withdrawn" in told(chief.post(url))
    assert acts() == ["release", "withdraw"]


def test_bulk_unpublish(newsroom: Newsroom, chief: Client, acts: Any) -> None:
    released(newsroom, "One")
    released(newsroom, "Two")
    bulk(chief, "unpublish", Story.objects.all())
    assert acts() == ["release", "release", "withdraw", "withdraw"]


def test_unpublishing_a_section_in_use_is_refused_with_the_stories_named(
    newsroom: Newsroom, chief: Client, acts: Any
) -> None:
    released(newsroom)
    response = chief.post(reverse("wagtailadmin_pages:unpublish", args=[Section.objects.get().pk]))
    assert response.status_code == 302
    assert "Harbour opens" in told(response)
    assert acts("section") == ["release"]
    assert Section.objects.get().live


def test_unpublishing_a_section_with_everything_in_it(newsroom: Newsroom, chief: Client, acts: Any) -> None:
    released(newsroom)
    url = reverse("wagtailadmin_pages:unpublish", args=[Section.objects.get().pk])
    assert "Harbour opens" in told(chief.post(url, {"include_descendants": "on"}))
    assert acts() == ["release"]


@pytest.mark.parametrize("way", WAYS_TO_DELETE)
def test_released_story_is_never_deleted(newsroom: Newsroom, acts: Any, way: str) -> None:
    story = released(newsroom)
    delete_in_vain(newsroom, story, way)
    assert Story.objects.get(pk=story.pk).live
    assert acts() == ["release"]


def test_draft_is_deleted_and_a_withdrawn_story_is_not(newsroom: Newsroom, chief: Client) -> None:
    draft = desk.story(title="Draft")
    chief.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    assert not Story.objects.filter(pk=draft.pk).exists()
    story = released(newsroom)
    chief.post(reverse("wagtailadmin_pages:unpublish", args=[story.pk]))
    chief.post(reverse("wagtailadmin_pages:delete", args=[story.pk]))
    assert Story.objects.filter(pk=story.pk).exists()


@pytest.mark.parametrize("way", ["view", "query"])
def test_section_with_stories_in_it_is_not_deleted(newsroom: Newsroom, chief: Client, way: str) -> None:
    story = desk.story()
    section = Section.objects.get()
    if way == "view":
        chief.post(reverse("wagtailadmin_pages:delete", args=[section.pk]))
    else:
        with acting_as(newsroom.chief), pytest.raises((ActRefused, ProtectedError)), transaction.atomic():
            Section.objects.all().delete()
    assert Story.objects.filter(pk=story.pk).exists()


def test_language_in_use_is_not_deleted(newsroom: Newsroom, acts: Any) -> None:
    released(newsroom)
    with acting_as("system:test"), pytest.raises((ProtectedError, ActRefused)), transaction.atomic():
        WagtailLocale.objects.get(language_code="en").delete()
    assert Story.objects.get().live
    assert acts() == ["release"]


def test_snippet_delete_view_keeps_a_byline_in_use(newsroom: Newsroom, chief: Client, acts: Any) -> None:
    lan, spare = desk.byline(name="Lan"), desk.byline(name="Spare")
    released(newsroom, bylines=[(lan, "")])
    for row in (lan, spare):
        chief.post(reverse("wagtailsnippets_desk_byline:delete", args=[row.pk]))
    assert list(Byline.objects.values_list("name", flat=True)) == ["Lan"]
    assert acts("byline") == ["release"]
    with acting_as(newsroom.chief), pytest.raises((StillInUse, ProtectedError)), transaction.atomic():
        lan.delete()


def test_released_byline_nobody_uses_is_withdrawn_when_it_is_deleted(newsroom: Newsroom, acts: Any) -> None:
    lan = desk.byline()
    with acting_as(newsroom.chief):
        Release(lan, now=NOW).execute()
        lan.delete()
    assert acts("byline") == ["release", "withdraw"]


def test_picture_delete_view_keeps_a_picture_in_use(newsroom: Newsroom, chief: Client, acts: Any) -> None:
    boats = desk.picture()
    body = [desk.paragraph(), desk.block("picture", {"picture": boats.pk, "caption": "", "alt": "Boats"})]
    released(newsroom, body=body)
    chief.post(reverse("wagtailimages:delete", args=[boats.pk]))
    assert acts("picture") == ["release"]
    boats.refresh_from_db()


# Moving and copying


@pytest.mark.parametrize("way", ["view", "bulk", "code"])
def test_move_to_another_section(newsroom: Newsroom, chief: Client, acts: Any, way: str) -> None:
    story = released(newsroom)
    arts = desk.section(key="arts", title="Arts")
    if way == "view":
        chief.post(reverse("wagtailadmin_pages:move_confirm", args=[story.pk, arts.pk]))
    elif way == "bulk":
        bulk(chief, "move", [story], chooser=arts.pk)
    else:
        with acting_as(newsroom.chief):
            story.move(arts, pos="last-child")
    assert acts() == ["release", "update"]
    assert Story.objects.get(pk=story.pk).section == arts


def test_move_of_a_draft_is_no_act(chief: Client, acts: Any) -> None:
    story = desk.story()
    arts = desk.section(key="arts", title="Arts")
    chief.post(reverse("wagtailadmin_pages:move_confirm", args=[story.pk, arts.pk]))
    assert acts() == []
    assert Story.objects.get(pk=story.pk).section == arts


@pytest.mark.parametrize("way", ["view", "code"])
def test_copy_is_a_new_draft_with_a_name_of_its_own(newsroom: Newsroom, chief: Client, acts: Any, way: str) -> None:
    story = released(newsroom)
    if way == "view":
        data = {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": story.get_parent().pk,
            "publish_copies": "on",
            "alias": "",
        }
        chief.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), data)
    else:
        with acting_as(newsroom.chief):
            story.copy(update_attrs={"slug": "copy"}, keep_live=True)
    copy = Story.objects.exclude(pk=story.pk).get()
    assert (copy.live, copy.first_released_at, acts()) == (False, None, ["release"])
    assert copy.subject_key != story.subject_key
    with acting_as(newsroom.chief):
        copy.get_latest_revision().publish(user=newsroom.chief)
    assert acts() == ["release", "release"]
    copy.refresh_from_db()
    assert copy.subject_key != story.subject_key


@pytest.mark.parametrize("way", ["view", "code"])
def test_alias_is_refused(newsroom: Newsroom, chief: Client, acts: Any, way: str) -> None:
    story = released(newsroom)
    if way == "view":
        data = {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": story.get_parent().pk,
            "alias": "on",
        }
        response = chief.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), data)
        assert "alias" in told(response)
    else:
        with acting_as(newsroom.chief), pytest.raises(WayClosed, match="alias"):
            CreatePageAliasAction(story, update_slug="copy", user=newsroom.chief).execute()
    assert (Story.objects.count(), acts()) == (1, ["release"])


def test_an_alias_that_got_in_by_a_query_cannot_be_converted_or_saved(
    newsroom: Newsroom, chief: Client, acts: Any
) -> None:
    story, other = released(newsroom), desk.story(title="Other")
    Page.objects.filter(pk=other.pk).update(alias_of=story)
    with acting_as(newsroom.chief), pytest.raises(WayClosed):
        Story.objects.get(pk=other.pk).save()
    chief.post(reverse("wagtailadmin_pages:convert_alias", args=[other.pk]))
    assert acts() == ["release"]
    assert not Story.objects.get(pk=other.pk).live


# By the clock


def test_publish_scheduled_command_finds_nothing_to_do(newsroom: Newsroom, acts: Any) -> None:
    story = desk.story()
    story.go_live_at = NOW + timedelta(days=400)
    with acting_as(newsroom.chief), pytest.raises(WayClosed, match="clock"):
        story.save()
    call_command("publish_scheduled")
    assert acts() == []


@pytest.mark.parametrize("what", ["publish", "expire"])
def test_schedule_that_got_in_by_a_query_is_refused_when_its_time_comes(
    newsroom: Newsroom, acts: Any, what: str
) -> None:
    past = NOW - timedelta(days=4000)
    if what == "publish":
        story = desk.story()
        revision = story.save_revision()
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past)
        expected: list[str] = []
    else:
        story = released(newsroom)
        Page.objects.filter(pk=story.pk).update(expire_at=past)
        expected = ["release"]
    before = Story.objects.get(pk=story.pk).live
    with pytest.raises(ActRefused):
        call_command("publish_scheduled")
    assert (Story.objects.get(pk=story.pk).live, acts()) == (before, expected)
    Page.objects.filter(pk=story.pk).update(expire_at=None)


# What is not there


@pytest.mark.parametrize("name", ["simple_translation:submit_page_translation", "wagtailapi_v3:pages:listing"])
def test_ways_that_are_not_installed_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name, args=[1])


def test_api_v3_is_not_routed_and_its_actions_end_in_acts_too(newsroom: Newsroom, acts: Any) -> None:
    story = released(newsroom)
    unpublish = action_registry.get_action_class(Page, "unpublish")
    with acting_as(newsroom.chief):
        unpublish(Page.objects.get(pk=story.pk), user=newsroom.chief).execute()
    assert acts() == ["release", "withdraw"]


# The one hole


def test_query_that_sets_live_is_found_by_the_audit(newsroom: Newsroom) -> None:
    story = released(newsroom)
    Page.objects.filter(pk=story.pk).update(live=False)
    assert [name for name, _ in released_without_live()] == [f"urn:broadsheet:story:{story.subject_key.hex}"]
    draft = desk.story(title="Sly")
    Page.objects.filter(pk=draft.pk).update(live=True)
    assert [page.pk for page in live_without_release()] == [draft.pk]
    Page.objects.filter(pk=draft.pk).update(live=False)
    Page.objects.filter(pk=story.pk).update(live=True)
