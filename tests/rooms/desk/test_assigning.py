"""Who has a story, and by when: given by who may edit it, kept with the story and not with a draft."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision

from broadsheet.desk.actions import Release
from broadsheet.desk.actions.assigning import assign, commission
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import NotAllowed, NotReady
from broadsheet.desk.models import SectionLimit, Story
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.models import Release as Row
from broadsheet.ledger.queries import LedgerReader
from tests.factories import desk
from tests.rooms.desk.driving import press, told
from tests.rooms.desk.rows import again

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)
SIX = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)


def given(story: Story) -> tuple[Any, Any]:
    row = again(story)
    return row.assignee, row.deadline


def test_editor_assigns_at_the_desk_and_the_log_remembers(newsroom: Newsroom) -> None:
    story = desk.story(title="The ferry")
    editor = newsroom.client(newsroom.editor)
    response = editor.post(
        reverse("desk_assign", args=[story.pk]), {"assignee": newsroom.reporter.pk, "deadline": "2026-03-06 01:00"}
    )
    assert told(response).startswith("“The ferry” is assigned to Rita, to be ready by 01:00 on 6 March 2026.")
    assert given(story) == (newsroom.reporter, SIX), "the paper's zone is seven hours ahead"
    entry = PageLogEntry.objects.get(action="broadsheet.assign")
    assert entry.data == {"assignee": "rita", "deadline": SIX.isoformat()}
    assert "Assigned to Rita…" in editor.get(f"/pages/{story.pk}/edit/").content.decode()
    editor.post(reverse("desk_assign", args=[story.pk]), {"assignee": "", "deadline": ""})
    assert given(story) == (None, None)


def test_saying_the_same_again_writes_nothing(newsroom: Newsroom) -> None:
    story = desk.story()
    with acting_as(newsroom.editor):
        for _ in range(2):
            assign(again(story), assignee=newsroom.reporter, deadline=SIX)
    assert PageLogEntry.objects.filter(action="broadsheet.assign").count() == 1


def test_reporter_writes_what_is_assigned_to_her_and_no_longer_when_it_is_taken_away(newsroom: Newsroom) -> None:
    story = desk.story(title="Before")
    story.save_revision()
    reporter = newsroom.client(newsroom.reporter)
    press(reporter, story, None, title="Not hers")
    assert again(story).draft_title == "Before"
    with acting_as(newsroom.editor):
        assign(again(story), assignee=newsroom.reporter, deadline=None)
    press(reporter, story, None, title="Hers")
    assert again(story).draft_title == "Hers"
    press(reporter, story, "action-publish", title="Out")
    assert not again(story).live, "writing is not releasing"
    with acting_as(newsroom.editor):
        assign(again(story), assignee=None, deadline=None)
    press(reporter, story, None, title="Not hers any more")
    assert again(story).draft_title != "Not hers any more"


def test_nobody_assigns_what_they_may_not_edit(newsroom: Newsroom) -> None:
    story = desk.story()
    SectionLimit.objects.create(user=newsroom.editor, section_key="sea")
    for person in (newsroom.reporter, newsroom.editor, newsroom.inspector):
        with acting_as(person), pytest.raises(NotAllowed, match="may not edit"):
            assign(again(story), assignee=None, deadline=SIX)
        screen = newsroom.client(person).post(reverse("desk_assign", args=[story.pk]), {"deadline": "2026-03-06 01:00"})
        assert screen.status_code in {302, 403}
    assert given(story) == (None, None)


def test_story_is_given_only_to_who_can_write_it(newsroom: Newsroom) -> None:
    story, users = desk.story(), get_user_model().objects
    stranger, gone = users.create_user("stranger"), users.create_user("gone", is_active=False)
    SectionLimit.objects.create(user=newsroom.reporter, section_key="sea")
    with acting_as(newsroom.chief):
        for person in (stranger, gone, newsroom.inspector, newsroom.reporter):
            with pytest.raises(NotReady, match="cannot write in this section or language"):
                assign(again(story), assignee=person, deadline=None)
        SectionLimit.objects.create(user=newsroom.reporter, section_key="politics")
        assign(again(story), assignee=newsroom.reporter, deadline=None)
        SectionLimit.objects.filter(section_key="politics").delete()
        assign(again(story), assignee=newsroom.reporter, deadline=SIX)
    assert given(story) == (newsroom.reporter, SIX), "who has it keeps it"


def test_person_who_leaves_for_good_leaves_the_story_to_nobody(newsroom: Newsroom) -> None:
    story = desk.story()
    with acting_as(newsroom.editor):
        assign(story, assignee=newsroom.reporter, deadline=SIX)
    newsroom.reporter.delete()
    assert given(story) == (None, SIX)
    assert again(story).listed.assignee is None


def test_assignment_is_no_part_of_a_draft_and_nothing_for_readers(newsroom: Newsroom) -> None:
    story = desk.story()
    with acting_as(newsroom.chief):
        before = story.save_revision()
        Release(again(story), now=NOW).execute()
        number = Row.objects.filter(kind="story").count()
        assign(again(story), assignee=newsroom.reporter, deadline=SIX)
        assert not again(story).has_unpublished_changes
        again(story).save()
        Revision.objects.get(pk=before.pk).publish()
        assert Row.objects.filter(kind="story").count() == number, "nothing changed for readers"
        opened_before = again(story)
        assign(again(story), assignee=newsroom.editor, deadline=None)
        opened_before.save()
    assert given(story) == (newsroom.editor, None)
    subject = subject_of(again(story))
    standing = LedgerReader().current(subject.urn, subject.locale)
    assert standing is not None
    assert "rita" not in str(standing.document)


def test_copy_of_a_story_is_nobodys(newsroom: Newsroom) -> None:
    story = desk.story()
    with acting_as(newsroom.chief):
        assign(again(story), assignee=newsroom.reporter, deadline=SIX)
        copy = again(story).copy(update_attrs={"slug": "another"}, user=newsroom.chief)
    assert given(copy) == (None, None)


def test_editor_commissions_a_story(newsroom: Newsroom) -> None:
    politics, editor = desk.section(), newsroom.client(newsroom.editor)
    assert reverse("desk_commission") in editor.get("/stories/").content.decode()
    asked = {
        "section": politics.pk,
        "headline": "What the council hides",
        "assignee": newsroom.reporter.pk,
        "deadline": "",
    }
    response = editor.post(reverse("desk_commission"), asked)
    story = Story.objects.get()
    assert response["Location"] == f"/pages/{story.pk}/edit/"
    assert (story.title, story.owner, story.assignee, story.live) == (
        "What the council hides",
        newsroom.editor,
        newsroom.reporter,
        False,
    )
    assert newsroom.client(newsroom.reporter).get(f"/pages/{story.pk}/edit/").status_code == 200


def test_commission_that_cannot_be_carried_out_makes_no_story(newsroom: Newsroom) -> None:
    politics, sea = desk.section(), desk.section(key="sea", title="Sea")
    SectionLimit.objects.create(user=newsroom.editor, section_key="sea")
    SectionLimit.objects.create(user=newsroom.reporter, section_key="politics")
    editor = newsroom.client(newsroom.editor)

    def answer(**changed: Any) -> str:
        asked = {"section": sea.pk, "headline": "A story", "assignee": "", "deadline": "", **changed}
        return editor.post(reverse("desk_commission"), asked).content.decode()

    assert "Select a valid choice" in answer(section=politics.pk)
    assert "Rita cannot write in this section or language." in answer(assignee=newsroom.reporter.pk)
    assert "required" in answer(headline="")
    assert "control character" in answer(headline="A\x07story")
    assert "valid date" in answer(deadline="tomorrow")
    assert "greater than or equal" in answer(deadline="0001-01-01 00:00")
    with acting_as(newsroom.editor), pytest.raises(NotAllowed, match="do not write in the section"):
        commission(politics, headline="A story", assignee=None, deadline=None)
    assert not Story.objects.exists()
