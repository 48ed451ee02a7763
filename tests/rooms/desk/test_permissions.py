"""Roles and limits: who can do what, tried by real requests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page, Site, WorkflowTask

from broadsheet.desk.actions import Release, Withdraw
from broadsheet.desk.actions.setup import set_up_desk
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import NotAllowed
from broadsheet.desk.models import PaperHome, Section, SectionLimit, Story
from broadsheet.ledger.models import Release as Row
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import PaperDocument
from broadsheet.plain.locales import MULTIPLE
from broadsheet.plain.urns import make_urn
from tests.factories import desk
from tests.rooms.desk.driving import approve, create, fields, press, told

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

#: Everything a person could try on a story of their own, by address and form.
REQUESTS = {
    "publish in the form": lambda s: ("edit", [s.pk], {"action-publish": "action-publish"}),
    "approve in the form": lambda s: (
        "edit",
        [s.pk],
        {"action-workflow-action": "true", "workflow-action-name": "approve"},
    ),
    "unpublish": lambda s: ("unpublish", [s.pk], {}),
    "set a time": lambda s: ("edit", [s.pk], {"action-publish": "1", "go_live_at": "2020-01-01 00:00"}),
    "copy and publish": lambda s: (
        "copy",
        [s.pk],
        {"new_title": "C", "new_slug": "c", "new_parent_page": s.get_parent().pk, "publish_copies": "on"},
    ),
    "alias": lambda s: (
        "copy",
        [s.pk],
        {"new_title": "C", "new_slug": "c", "new_parent_page": s.get_parent().pk, "alias": "on"},
    ),
}


@pytest.mark.parametrize("wish", REQUESTS)
@pytest.mark.parametrize("who", ["reporter", "editor"])
@pytest.mark.parametrize("sent_for_approval", [False, True])
def test_nobody_below_chief_editor_releases_by_any_request(
    newsroom: Newsroom,
    acts: Any,
    who: str,
    wish: str,
    sent_for_approval: bool,  # noqa: FBT001
) -> None:
    user = getattr(newsroom, who)
    client = newsroom.client(user)
    create(client, desk.section(), "action-submit" if sent_for_approval else None)
    story = Story.objects.get()
    name, args, data = REQUESTS[wish](story)
    response = client.post(reverse(f"wagtailadmin_pages:{name}", args=args), {**fields(title="A new story"), **data})
    assert response.status_code < 500
    assert acts() == []
    assert not Page.objects.filter(live=True, pk__in=Story.objects.values("pk")).exists()


@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_bulk_publish_by_others_releases_nothing(newsroom: Newsroom, acts: Any, who: str) -> None:
    user = getattr(newsroom, who)
    story = desk.story(owner=user)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={story.pk}"
    assert newsroom.client(user).post(url).status_code < 500
    assert acts() == []


def test_reporter_writes_and_submits_and_sees_no_release_button(newsroom: Newsroom) -> None:
    client = newsroom.client(newsroom.reporter)
    create(client, desk.section(), None)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[Story.objects.get().pk])).content.decode()
    assert "Send for approval" in page
    assert "action-publish" not in page
    assert "Save" in page


def test_reporter_edits_own_stories_only(newsroom: Newsroom) -> None:
    theirs = desk.story(owner=newsroom.editor)
    own = desk.story(owner=newsroom.reporter)
    client = newsroom.client(newsroom.reporter)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[own.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[theirs.pk])).status_code == 302
    assert not theirs.permissions_for_user(newsroom.reporter).can_edit()


def test_editor_edits_everything_approves_step_one_and_not_step_two(newsroom: Newsroom, acts: Any) -> None:
    create(newsroom.client(newsroom.reporter), desk.section(), "action-submit")
    editor = newsroom.client(newsroom.editor)
    story = Story.objects.get()
    press(editor, story, None, title="Edited")
    approve(editor, story)
    story = Story.objects.get()
    assert story.current_workflow_task_state.task.name == "Chief editor's release"
    approve(editor, story)
    assert acts() == []
    assert Story.objects.get().current_workflow_task_state.task.name == "Chief editor's release"


def test_reporter_approves_nothing(newsroom: Newsroom) -> None:
    client = newsroom.client(newsroom.reporter)
    create(client, desk.section(), "action-submit")
    approve(client, Story.objects.get())
    assert Story.objects.get().current_workflow_task_state.task.name == "Editor's approval"


def test_chief_editor_sees_release_then_update_and_withdraw(newsroom: Newsroom) -> None:
    chief = newsroom.client(newsroom.chief)
    story = desk.story()
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert ">Release<" in chief.get(url).content.decode()
    press(chief, story, "action-publish")
    live = chief.get(url).content.decode()
    assert ">Update<" in live
    assert "Withdraw" in live
    assert "Unpublish" not in live


def test_last_approval_is_called_approve_and_release(newsroom: Newsroom) -> None:
    create(newsroom.client(newsroom.reporter), desk.section(), "action-submit")
    approve(newsroom.client(newsroom.editor), Story.objects.get())
    url = reverse("wagtailadmin_pages:edit", args=[Story.objects.get().pk])
    assert "Approve and release" in newsroom.client(newsroom.chief).get(url).content.decode()


@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_acts_ask_for_permission_themselves(newsroom: Newsroom, who: str) -> None:
    story = desk.story(owner=getattr(newsroom, who))
    with acting_as(getattr(newsroom, who)), pytest.raises(NotAllowed, match="chief editor"):
        Release(story, now=NOW).execute()
    with acting_as(newsroom.chief):
        Release(story, now=NOW).execute()
    with acting_as(getattr(newsroom, who)), pytest.raises(NotAllowed):
        Withdraw(story, now=NOW).execute()


def test_person_no_longer_active_releases_nothing(newsroom: Newsroom) -> None:
    newsroom.chief.is_active = False
    newsroom.chief.save()
    with acting_as(newsroom.chief), pytest.raises(NotAllowed):
        Release(desk.story(), now=NOW).execute()


# Limits to sections


def test_chief_editor_limited_to_one_section_releases_there_only(newsroom: Newsroom, acts: Any) -> None:
    SectionLimit.objects.create(user=newsroom.chief, section_key="arts")
    arts = desk.section(key="arts", title="Arts")
    client = newsroom.client(newsroom.chief)
    press(client, desk.story(title="Of politics"), "action-publish")
    assert acts() == []
    press(client, desk.story(title="Of the arts", inside=arts), "action-publish")
    assert acts() == ["release"]
    with acting_as(newsroom.chief), pytest.raises(NotAllowed):
        Release(desk.story(), now=NOW).execute()


def test_limited_person_cannot_edit_move_or_delete_elsewhere(newsroom: Newsroom) -> None:
    SectionLimit.objects.create(user=newsroom.chief, section_key="arts")
    arts, story = desk.section(key="arts", title="Arts"), desk.story()
    politics = story.get_parent()
    client = newsroom.client(newsroom.chief)
    rights = story.permissions_for_user(newsroom.chief)
    assert [rights.can_edit(), rights.can_publish(), rights.can_delete(), rights.can_move()] == [False] * 4
    client.post(reverse("wagtailadmin_pages:delete", args=[story.pk]))
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[story.pk, arts.pk]))
    for action in ("delete", "move"):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{url}?id={story.pk}", {"chooser": arts.pk})
    create(client, politics, None)
    assert [(s.pk, s.get_parent().pk) for s in Story.objects.all()] == [(story.pk, politics.pk)]


def test_limited_person_cannot_bring_a_story_into_another_section(newsroom: Newsroom) -> None:
    SectionLimit.objects.create(user=newsroom.chief, section_key="arts")
    story = desk.story(inside=desk.section(key="arts", title="Arts"))
    politics = desk.section()
    with acting_as(newsroom.chief), pytest.raises(NotAllowed):
        story.move(politics, pos="last-child")
    assert "politics" not in {s.section.key for s in Story.objects.all()}


# Homes and sections


def test_only_who_releases_makes_sections(newsroom: Newsroom) -> None:
    home = PaperHome.objects.get(locale__language_code="en")
    url = reverse("wagtailadmin_pages:add", args=["desk", "section", home.pk])
    for user, allowed in ((newsroom.reporter, False), (newsroom.editor, False), (newsroom.chief, True)):
        assert (newsroom.client(user).get(url).status_code == 200) is allowed
    data = {"title": "Sport", "key": "sport", "order": "3", "description": "", "action-publish": "1"}
    data |= {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    response = newsroom.client(newsroom.chief).post(url, data)
    assert "“Sport” is released" in told(response)
    assert Section.objects.get(key="sport").live


@pytest.mark.parametrize("name", ["delete", "unpublish", "move", "copy"])
def test_language_home_stays_as_set_up(newsroom: Newsroom, name: str) -> None:
    home = PaperHome.objects.get(locale__language_code="en")
    newsroom.client(newsroom.chief).post(reverse(f"wagtailadmin_pages:{name}", args=[home.pk]))
    home.refresh_from_db()
    assert home.live
    assert PaperHome.objects.count() == 2


# Setting up


@pytest.mark.usefixtures("newsroom")
def test_setting_up_twice_changes_nothing() -> None:
    def everything() -> Any:
        return (
            sorted(GroupPagePermission.objects.values_list("group__name", "permission__codename", "page__slug")),
            list(WorkflowTask.objects.order_by("sort_order").values_list("task__name", flat=True)),
            sorted(Locale.objects.values_list("language_code", flat=True)),
            sorted(PaperHome.objects.values_list("slug", flat=True)),
            Group.objects.count(),
            Row.objects.count(),
        )

    before = everything()
    set_up_desk(settings.CONFIGURATION, now=NOW)
    assert everything() == before
    assert before[1] == ["Editor's approval", "Chief editor's release"]
    assert before[3] == ["en", "vi"]
    site = Site.objects.get()
    assert site.root_page.specific == PaperHome.objects.get(slug="en")
    assert {grant[2] for grant in before[0]} == {"en", "vi"}


@pytest.mark.usefixtures("newsroom")
def test_paper_is_in_the_ledger_and_updated_when_its_file_changes() -> None:
    changed = msgspec.structs.replace(
        settings.CONFIGURATION, paper=msgspec.structs.replace(settings.CONFIGURATION.paper, name="The Other Post")
    )
    set_up_desk(changed, now=NOW)
    standing = LedgerReader().current(make_urn("paper", "paper"), MULTIPLE)
    assert standing is not None
    assert isinstance(standing.document, PaperDocument)
    assert (standing.document.name, standing.version) == ("The Other Post", 2)
