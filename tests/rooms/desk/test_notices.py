"""Who is told what at the desk, in the transaction of what they are told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from broadsheet.desk.actions import Correct, Kill, Release, Restore, Takedown, Update, Withdraw
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.models import DeskNotice, SectionLimit, Story
from broadsheet.desk.permissions import CHIEF_EDITORS, EDITORS, REPORTERS
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.errors import LedgerError
from broadsheet.ledger.models import Release as Row
from broadsheet.plain.times import utc_now
from tests.factories import desk
from tests.rooms.desk.conftest import person
from tests.rooms.desk.driving import approve, create, press

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.desk.actions.act import DeskAct
    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db


def told(event: str | None = None) -> set[str]:
    """Return who was told, and forget it."""
    notices = DeskNotice.objects.filter(event=event) if event else DeskNotice.objects.all()
    names = list(notices.values_list("user__username", flat=True))
    assert event is None or len(names) == len(set(names)), "Somebody was told twice."
    DeskNotice.objects.all().delete()
    return set(names)


def the_story() -> Story:
    return Story.objects.get()


def limited(name: str, group: str, *keys: str) -> Any:
    user = person(name, group)
    SectionLimit.objects.bulk_create(SectionLimit(user=user, section_key=key) for key in keys)
    return user


@pytest.fixture
def crowd(newsroom: Newsroom) -> Newsroom:
    """A newsroom with people who have little or nothing to do with the story."""
    limited("enid", EDITORS, "arts")
    limited("ebbe", EDITORS, "arts", "politics")
    limited("carl", CHIEF_EDITORS, "arts")
    limited("cleo", CHIEF_EDITORS, "politics")
    person("rolf", REPORTERS)
    gone = person("gail", CHIEF_EDITORS)
    gone.is_active = False
    gone.save()
    return newsroom


def send(newsroom: Newsroom) -> None:
    create(newsroom.client(newsroom.reporter), desk.section(), "action-submit")


def return_it(newsroom: Newsroom, by: Any, words: str = "The fare is wrong.") -> None:
    state = the_story().current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[the_story().pk, "reject", state.pk])
    newsroom.client(by).post(url, {"comment": words})


def release(newsroom: Newsroom) -> None:
    """Take the story all the way, and forget who was told on it."""
    send(newsroom)
    approve(newsroom.client(newsroom.editor), the_story())
    approve(newsroom.client(newsroom.chief), the_story())
    told()


def test_those_are_told_who_may_take_the_next_step_there_and_never_who_sent_it(crowd: Newsroom) -> None:
    send(crowd)
    assert told("sent") == {"edda", "ebbe", "chris", "cleo"}
    approve(crowd.client(crowd.chief), the_story())
    assert told("sent") == {"cleo"}


def test_a_chief_editor_who_sends_is_not_told_to_approve(crowd: Newsroom) -> None:
    create(crowd.client(crowd.chief), desk.section(), "action-submit")
    assert told("sent") == {"edda", "ebbe", "cleo"}


def test_whoever_has_no_right_in_the_language_is_not_told(crowd: Newsroom) -> None:
    english = desk.paper_home()
    english.group_permissions.filter(group__name=EDITORS).delete()
    send(crowd)
    assert told() == {"chris", "cleo"}


def test_a_returned_story_goes_back_to_its_owner_and_who_sent_it_with_the_comment(crowd: Newsroom) -> None:
    create(crowd.client(crowd.reporter), desk.section(), None)
    press(crowd.client(crowd.editor), the_story(), "action-submit")
    told()
    return_it(crowd, crowd.chief)
    assert set(DeskNotice.objects.values_list("words", "by__username")) == {("The fare is wrong.", "chris")}
    assert told("returned") == {"rita", "edda"}
    press(crowd.client(crowd.chief), the_story(), "action-submit", title="Put right")
    assert told("sent") == {"edda", "ebbe", "cleo"}
    return_it(crowd, crowd.editor)
    assert told("returned") == {"rita", "chris"}


def test_whoever_returns_their_own_story_is_told_nothing(crowd: Newsroom) -> None:
    create(crowd.client(crowd.editor), desk.section(), "action-submit")
    told()
    return_it(crowd, crowd.editor)
    assert told() == set()


def test_the_last_approval_tells_of_a_release(crowd: Newsroom) -> None:
    send(crowd)
    approve(crowd.client(crowd.editor), the_story())
    told()
    approve(crowd.client(crowd.chief), the_story())
    assert told("release") == {"rita", "edda"}


def version(story: Story) -> int:
    return Row.objects.filter(subject=subject_of(story).urn).earliest("number").number


def _changed(story: Story) -> Story:
    Story.objects.filter(pk=story.pk).update(standfirst="Changed")
    return Story.objects.get(pk=story.pk)


#: Each act, what comes before it, and who is told when Cleo does it to Rita's story that Edda and Chris approved.
ACTS: dict[str, tuple[Callable[[Story], DeskAct], bool, set[str]]] = {
    "update": (lambda s: Update(_changed(s), now=utc_now()), False, set()),
    "correct": (lambda s: Correct(s, now=utc_now(), words="It is 15,000."), False, {"rita", "edda", "chris"}),
    "withdraw": (lambda s: Withdraw(s, now=utc_now()), False, {"rita", "edda", "chris"}),
    "takedown": (lambda s: Takedown(s, now=utc_now(), reference="Court, 7"), False, {"rita", "edda", "chris"}),
    "kill": (lambda s: Kill(s, now=utc_now(), words="Not so."), False, {"rita", "edda", "chris", "rolf", "carl2"}),
    "release": (lambda s: Release(s, now=utc_now()), True, {"rita", "edda", "chris"}),
    "restore": (lambda s: Restore(s, now=utc_now(), number=version(s)), True, {"rita", "edda", "chris"}),
}


@pytest.mark.parametrize("name", ACTS)
def test_who_is_told_of_each_act(crowd: Newsroom, name: str) -> None:
    release(crowd)
    act, is_gone, expected = ACTS[name]
    limited("carl2", CHIEF_EDITORS, "politics")
    rolf = DeskNotice.user.field.related_model.objects.get(username="rolf")
    the_story().save_revision(user=rolf, log_action=True)
    cleo = DeskNotice.user.field.related_model.objects.get(username="cleo")
    with acting_as(cleo):
        if is_gone:
            Withdraw(the_story(), now=utc_now()).execute()
            told()
        act(the_story()).execute()
    words = set(DeskNotice.objects.values_list("words", flat=True))
    assert words <= {{"correct": "It is 15,000.", "kill": "Not so."}.get(name, "")}
    assert told(name) == expected


def test_of_what_the_paper_does_by_itself_everybody_concerned_is_told(crowd: Newsroom) -> None:
    story = desk.story(owner=crowd.reporter)
    with acting_as("system:clock"):
        Release(story, now=utc_now()).execute()
    assert DeskNotice.objects.get().who == "the paper itself"
    assert told("release") == {"rita"}


def test_a_refused_act_tells_nobody(crowd: Newsroom) -> None:
    with acting_as(crowd.chief), pytest.raises(ActRefused):
        Release(desk.story(owner=crowd.reporter, body=[]), now=utc_now()).execute()
    with acting_as(crowd.editor), pytest.raises(ActRefused):
        Release(desk.story(owner=crowd.reporter), now=utc_now()).execute()
    assert told() == set()


def test_where_the_ledger_takes_nothing_nobody_is_told(crowd: Newsroom) -> None:
    story = desk.story(owner=crowd.reporter)
    Story.objects.filter(pk=story.pk).update(url_slug="taken")
    with acting_as(crowd.chief):
        Release(the_story(), now=utc_now()).execute()
        told()
        # Another address in the row than in the ledger is what no act writes; the ledger refuses it, last of all.
        Story.objects.filter(pk=story.pk).update(url_slug="another", standfirst="Changed")
        with pytest.raises(LedgerError):
            Correct(the_story(), now=utc_now(), words="A note.").execute()
    assert told() == set()


def test_a_last_approval_that_is_refused_tells_nobody(crowd: Newsroom) -> None:
    create(crowd.client(crowd.reporter), desk.section(), "action-submit", lead_picture=str(desk.picture(credit="").pk))
    approve(crowd.client(crowd.editor), the_story())
    told()
    approve(crowd.client(crowd.chief), the_story())
    assert told() == set()


def test_twenty_people_cost_as_many_queries_as_one(crowd: Newsroom) -> None:
    def cost() -> int:
        story = desk.story(owner=crowd.reporter)
        with acting_as(crowd.chief):
            Release(story, now=utc_now()).execute()
            with CaptureQueriesContext(connection) as queries:
                Kill(Story.objects.get(pk=story.pk), now=utc_now(), words="Not so.").execute()
        assert DeskNotice.objects.filter(page=story, event="kill").count() > 1
        return len(queries)

    cost()
    before = cost()
    for number in range(20):
        person(f"chief{number}", CHIEF_EDITORS)
    assert cost() == before


def test_the_list_shows_ones_own_and_the_menu_counts_the_unread(crowd: Newsroom) -> None:
    send(crowd)
    editor, reporter = crowd.client(crowd.editor), crowd.client(crowd.reporter)
    assert "Notices (1)" in editor.get("/").content.decode()
    assert "Notices (" not in reporter.get("/").content.decode()
    page = editor.get(reverse("desk_notices")).content.decode()
    assert "For your approval" in page
    assert "A new story" in page
    assert "A new story" not in reporter.get(reverse("desk_notices")).content.decode()


def test_opening_a_notice_leads_to_the_story_and_counts_as_read(crowd: Newsroom) -> None:
    send(crowd)
    editor = crowd.client(crowd.editor)
    own = DeskNotice.objects.get(user=crowd.editor)
    answer = editor.get(reverse("desk_notice", args=[own.pk]))
    assert answer.headers["location"] == reverse("wagtailadmin_pages:edit", args=[the_story().pk])
    assert "Notices (" not in editor.get("/").content.decode()
    assert crowd.client(crowd.chief).get(reverse("desk_notice", args=[own.pk])).status_code == 404


def test_all_are_taken_as_read_at_once_and_only_ones_own(crowd: Newsroom) -> None:
    send(crowd)
    crowd.client(crowd.editor).post(reverse("desk_notices"))
    unread = DeskNotice.objects.filter(read_at=None).values_list("user__username", flat=True)
    assert set(unread) == {"ebbe", "chris", "cleo"}


def test_the_number_costs_one_query_and_the_list_as_many_for_thirty_as_for_one(crowd: Newsroom) -> None:
    send(crowd)
    editor = crowd.client(crowd.editor)

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            editor.get(url)
        return sum("desk_desknotice" in query["sql"] for query in queries)

    before = cost(reverse("desk_notices"))
    notice = DeskNotice.objects.get(user=crowd.editor)
    for _ in range(40):
        notice.pk = None
        notice.save()
    assert (cost("/stories/"), cost(reverse("desk_notices"))) == (1, before)


def test_a_headline_that_turns_the_line_round_stays_in_its_place(crowd: Newsroom) -> None:
    create(crowd.client(crowd.reporter), desk.section(), "action-submit", title="Harbour \u202eevil")
    page = crowd.client(crowd.editor).get(reverse("desk_notices")).content.decode()
    assert "<bdi" in page
    assert page.index("</bdi>") > page.index("Harbour")


def test_an_inspector_has_no_notices(crowd: Newsroom) -> None:
    inspector = crowd.client(crowd.inspector)
    assert inspector.get(reverse("desk_notices")).status_code == 403
    story = desk.story(owner=crowd.inspector)
    with acting_as(crowd.chief):
        Release(story, now=utc_now()).execute()
    assert told() == set()


def test_a_deleted_draft_takes_its_notices_along(crowd: Newsroom) -> None:
    send(crowd)
    the_story().delete()
    assert told() == set()
