"""Appointments: made by who may, kept in the order they were due, each once, in the maker's name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageLogEntry

from broadsheet.desk.actions import (
    Kill,
    Release,
    Withdraw,
    cancel_appointment,
    make_appointment,
    register_guard,
)
from broadsheet.desk.actions.guarding import drop_guard
from broadsheet.desk.actions.holding import put_on_hold
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import AlreadyReleased, ChangedMeanwhile, NotAllowed, NothingToUpdate, NotReady, NotReleased
from broadsheet.desk.models import Appointment, DeskNotice, SectionLimit, Story
from broadsheet.desk.permissions import CHIEF_EDITORS
from broadsheet.ledger.models import Release as Row
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act, Document, State
from tests.factories import desk
from tests.rooms.desk.clock_hands import keep_all
from tests.rooms.desk.driving import create
from tests.rooms.desk.rows import again, standing

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "chief_at_work")]

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)
SIX = NOW + timedelta(hours=1)


def draft(title: str = "The harbour opens again", **fields: Any) -> Story:
    story = desk.story(title=title, **fields)
    story.save_revision()
    return again(story)


def released(title: str = "The harbour opens again") -> Story:
    story = draft(title)
    story.latest_revision.publish()
    return again(story)


def appoint(story: Story, *, at: datetime = SIX, act: Act = Act.RELEASE, now: datetime = NOW) -> Appointment:
    story = again(story)
    return make_appointment(story, act=act, due_at=at, text_seen=story.latest_revision_created_at, now=now)


def told() -> list[tuple[str, str]]:
    """What the ledger holds of stories, in order: act and headline."""
    reader = LedgerReader()
    rows = Row.objects.filter(kind="story").order_by("number")
    return [(row.act, reader.document(row.document_digest).headline) for row in rows]  # type: ignore[union-attr]


def test_story_goes_out_at_its_second_and_not_before_with_its_draft_in_the_makers_name(clock: Any) -> None:
    story = draft("First words")
    story.title = "Last words"
    story.save_revision()
    appoint(story, at=SIX + timedelta(microseconds=300))
    assert keep_all(clock, SIX - timedelta(milliseconds=1)) == []
    assert told() == []
    assert keep_all(clock, SIX) == [""]
    assert told() == [("release", "Last words")]
    assert LedgerReader().record(standing(story).number).released_by == "chris"
    assert again(story).live
    assert not Appointment.objects.exists()
    assert keep_all(clock, SIX + timedelta(hours=1)) == []


def test_what_is_due_is_kept_in_the_order_it_was_due_also_after_a_night_without_a_scheduler(clock: Any) -> None:
    for minutes in (3, 1, 2):
        appoint(draft(f"Due {minutes}"), at=SIX + timedelta(minutes=minutes))
    for number in (1, 2):
        appoint(draft(f"Due together {number}"), at=SIX)
    assert keep_all(clock, SIX + timedelta(hours=9)) == [""] * 5
    assert [headline for _, headline in told()] == ["Due together 1", "Due together 2", "Due 1", "Due 2", "Due 3"]


def test_story_goes_out_comes_off_and_goes_out_again_as_appointed(clock: Any) -> None:
    story = draft()
    appoint(story, at=SIX)
    appoint(story, at=SIX + timedelta(hours=2), act=Act.WITHDRAW)
    assert keep_all(clock, SIX) == [""]
    story = again(story)
    story.title = "Changed"
    story.save_revision()
    made = appoint(story, at=SIX + timedelta(hours=3), now=SIX)
    assert made.act == "release", "it will have come off by then"
    assert keep_all(clock, SIX + timedelta(hours=9)) == ["", ""]
    assert [act for act, _ in told()] == ["release", "withdraw", "release"]


def test_what_readers_have_is_updated_at_its_second(clock: Any) -> None:
    story = released("First words")
    with pytest.raises(NothingToUpdate):
        appoint(story)
    story.title = "Better words"
    story.save_revision()
    assert appoint(story).act == "update"
    assert told() == [("release", "First words")]
    assert keep_all(clock, SIX) == [""]
    assert told()[1:] == [("update", "Better words")]


def test_approval_that_waits_ends_when_the_clock_releases(newsroom: Newsroom, clock: Any) -> None:
    create(newsroom.client(newsroom.reporter), desk.section(), "action-submit")
    story = Story.objects.get()
    assert story.workflow_in_progress
    appoint(story)
    assert keep_all(clock, SIX) == [""]
    assert not again(story).workflow_in_progress
    entries = set(PageLogEntry.objects.filter(page=story.pk).values_list("action", "user__username"))
    assert ("broadsheet.appointment_kept", "chris") in entries


def test_whose_story_it_is_hears_that_the_clock_released_and_withdrew_it(newsroom: Newsroom, clock: Any) -> None:
    appoint(draft(owner=newsroom.reporter))
    keep_all(clock, SIX)
    appoint(Story.objects.get(), at=SIX + timedelta(hours=1), act=Act.WITHDRAW, now=SIX)
    keep_all(clock, SIX + timedelta(hours=1))
    notices = DeskNotice.objects.order_by("pk").values_list("user", "event", "by")
    assert list(notices) == [(newsroom.reporter.pk, event, newsroom.chief.pk) for event in ("release", "withdraw")]


def test_released_draft_is_the_live_one_and_shows_its_bylines_and_pictures(clock: Any) -> None:
    lan = desk.byline(name="Lan")
    story = draft(bylines=[(lan, "in Hanoi")], lead_picture=desk.picture(), lead_alt="Boats")
    appoint(story)
    assert keep_all(clock, SIX) == [""]
    row = again(story)
    assert (row.live_revision_id, row.has_unpublished_changes) == (row.latest_revision_id, False)
    document = standing(story).document
    assert [use.name for use in document.bylines] == ["Lan"]
    assert document.lead is not None
    assert row.pictures_shown.get().in_released


def test_story_without_drafts_goes_out_as_it_is(clock: Any) -> None:
    appoint(desk.story(title="From the archive"))
    assert keep_all(clock, SIX) == [""]
    assert told() == [("release", "From the archive")]


def test_new_appointment_takes_the_place_of_one_of_its_kind_only(clock: Any) -> None:
    story = draft()
    appoint(story)
    appoint(story, act=Act.WITHDRAW, at=SIX + timedelta(days=1))
    later = appoint(story, at=SIX + timedelta(hours=1))
    assert list(Appointment.objects.filter(act="release")) == [later]
    assert Appointment.objects.count() == 2
    assert keep_all(clock, SIX) == []


def test_cancelled_appointment_is_not_kept_and_cancelling_twice_is_no_error(newsroom: Newsroom, clock: Any) -> None:
    made = appoint(draft())
    with acting_as(newsroom.editor), pytest.raises(NotAllowed):
        cancel_appointment(made)
    cancel_appointment(made)
    cancel_appointment(made)
    assert keep_all(clock, SIX) == []
    assert told() == []


@pytest.mark.parametrize("act", [Act.RELEASE, Act.WITHDRAW])
def test_who_may_not_do_it_now_may_not_appoint_it(newsroom: Newsroom, act: Act) -> None:
    story = released() if act is Act.WITHDRAW else draft()
    for person in (newsroom.reporter, newsroom.editor, newsroom.inspector, "system:test"):
        with acting_as(person), pytest.raises(NotAllowed):
            appoint(story, act=act)
    SectionLimit.objects.create(user=newsroom.chief, section_key="sport")
    newsroom.chief.refresh_from_db()
    with acting_as(type(newsroom.chief).objects.get(pk=newsroom.chief.pk)), pytest.raises(NotAllowed):
        appoint(story, act=act)
    assert not Appointment.objects.exists()


def lose_the_role(newsroom: Newsroom) -> None:
    newsroom.chief.groups.remove(Group.objects.get(name=CHIEF_EDITORS))


def leave(newsroom: Newsroom) -> None:
    newsroom.chief.is_active = False
    newsroom.chief.save()


def work_elsewhere(newsroom: Newsroom) -> None:
    SectionLimit.objects.create(user=newsroom.chief, section_key="sport")


@pytest.mark.parametrize("lose", [lose_the_role, leave, work_elsewhere])
def test_who_may_no_longer_when_it_is_due_releases_nothing(newsroom: Newsroom, clock: Any, lose: Any) -> None:
    appoint(draft())
    lose(newsroom)
    assert keep_all(clock, SIX) == ["Chris may no longer release “The harbour opens again”."]
    assert told() == []


def test_deleted_account_releases_nothing(newsroom: Newsroom, clock: Any) -> None:
    other = type(newsroom.chief).objects.create_superuser("gone", password="secret")
    with acting_as(other):
        appoint(draft())
    other.delete()
    (sentence,) = keep_all(clock, SIX)
    assert "no longer at the desk" in sentence
    assert told() == []


def test_embargo_later_than_the_moment_is_refused_and_one_at_it_is_not(clock: Any) -> None:
    story = draft(embargo_until=SIX)
    with pytest.raises(NotReady, match="under embargo until"):
        appoint(story, at=SIX - timedelta(seconds=1))
    appoint(story)
    assert keep_all(clock, SIX) == [""]


def test_what_is_missing_or_held_or_past_is_refused_at_once() -> None:
    with pytest.raises(NotReady, match="text"):
        appoint(draft(body=[]))
    with pytest.raises(NotReady, match="has passed"):
        appoint(draft(), at=NOW)
    with pytest.raises(NotReady, match="more than ten years"):
        appoint(draft(), at=NOW + timedelta(days=4000))
    with pytest.raises(NotReleased):
        appoint(draft(), act=Act.WITHDRAW)
    held = draft()
    put_on_hold(held, reason="The lawyers read it.")
    with pytest.raises(NotReady, match="under legal hold"):
        appoint(held)
    with pytest.raises(NotReady, match="rights"):
        appoint(draft(lead_picture=desk.picture(rights_expire_at=SIX), lead_alt="Boats"))
    assert not Appointment.objects.exists()


def test_hold_put_on_meanwhile_fails_it_visibly_and_holds_up_nobody_else(clock: Any) -> None:
    story = draft("Held")
    appoint(story)
    appoint(draft("Free"))
    put_on_hold(again(story), reason="The lawyers read it.")
    assert keep_all(clock, SIX) == ["“Held” is under legal hold: The lawyers read it.", ""]
    assert told() == [("release", "Free")]
    (failed,) = Appointment.objects.all()
    assert (failed.failed_at, failed.sentence[:6]) == (SIX, "“Held”")
    entry = PageLogEntry.objects.get(action="broadsheet.appointment_failed")
    assert (entry.page_id, entry.user.username) == (story.pk, "chris")
    assert "under legal hold" in entry.comment
    assert keep_all(clock, SIX + timedelta(hours=1)) == [], "a failed one is not tried again"


def test_bug_in_the_paper_fails_one_appointment_and_not_the_next(clock: Any, caplog: pytest.LogCaptureFixture) -> None:
    appoint(draft("Cursed"))
    appoint(draft("Blessed"))

    def stumble(document: Document) -> list[Any]:
        return [1 / 0] if getattr(document, "headline", "") == "Cursed" else []

    register_guard(stumble)
    try:
        sentences = keep_all(clock, SIX)
    finally:
        drop_guard(stumble)
    assert ["went wrong" in sentence for sentence in sentences] == [True, False]
    assert told() == [("release", "Blessed")]
    assert "ZeroDivisionError" in caplog.text


def test_text_saved_after_the_appointment_does_not_go_out_unseen(newsroom: Newsroom, clock: Any) -> None:
    story = draft("What Chris read")
    appoint(story)
    clock.shift(60)
    story.title = "What nobody read"
    story.save_revision(user=newsroom.reporter)
    (sentence,) = keep_all(clock, SIX)
    assert sentence.startswith("Rita saved another version of")
    assert told() == []


def test_editor_who_had_the_story_open_goes_on_writing_after_it_was_appointed(newsroom: Newsroom, clock: Any) -> None:
    open_before = draft("First words")
    reworded = again(open_before)
    reworded.title = "Words Chris read"
    reworded.save_revision(user=newsroom.chief)
    appoint(reworded)
    assert (again(open_before).title, again(open_before).live) == ("Words Chris read", False)
    clock.shift(60)
    open_before.title = "Later words"
    open_before.save_revision(user=newsroom.reporter)
    assert again(open_before).get_latest_revision_as_object().title == "Later words"
    appoint(open_before)
    assert keep_all(clock, SIX) == [""]
    assert told() == [("release", "Later words")]


def test_autosave_into_the_same_revision_counts_as_another_text(newsroom: Newsroom, clock: Any) -> None:
    story = desk.story()
    revision = story.save_revision(user=newsroom.reporter)
    appoint(story)
    clock.shift(60)
    story.title = "What nobody read"
    assert story.save_revision(user=newsroom.reporter, overwrite_revision=revision).pk == revision.pk
    (sentence,) = keep_all(clock, SIX)
    assert "after this was appointed" in sentence


def test_text_saved_while_the_screen_was_open_is_refused(newsroom: Newsroom, clock: Any) -> None:
    story = draft()
    seen = story.latest_revision_created_at
    clock.shift(60)
    story.save_revision(user=newsroom.reporter)
    with pytest.raises(ChangedMeanwhile, match="Rita saved another version"):
        make_appointment(again(story), act=Act.RELEASE, due_at=SIX, text_seen=seen, now=NOW)


def test_story_killed_or_withdrawn_by_hand_does_not_come_back_by_the_clock(clock: Any) -> None:
    killed, withdrawn = draft("Killed"), draft("Withdrawn")
    for story in (killed, withdrawn):
        appoint(story)
        story.latest_revision.publish()
    Kill(again(killed), now=NOW, words="It was not so.").execute()
    Withdraw(again(withdrawn), now=NOW).execute()
    sentences = keep_all(clock, SIX)
    assert all("Chris" in sentence for sentence in sentences), sentences
    assert [standing(story).state for story in (killed, withdrawn)] == [State.KILLED, State.WITHDRAWN]


def test_story_released_by_hand_before_is_not_released_again(clock: Any) -> None:
    story = draft()
    appoint(story)
    Release(again(story), now=NOW).execute()
    (sentence,) = keep_all(clock, SIX)
    assert "Chris" in sentence
    assert [act for act, _ in told()] == ["release"]


def test_appointed_update_does_not_bring_back_what_was_withdrawn(clock: Any) -> None:
    story = released()
    story.title = "Better words"
    story.save_revision()
    appoint(story)
    Withdraw(again(story), now=NOW).execute()
    assert "not before readers" in keep_all(clock, SIX)[0]
    assert [act for act, _ in told()] == ["release", "withdraw"]


def test_withdrawal_comes_though_the_story_was_updated_since(clock: Any) -> None:
    story = released()
    appoint(story, act=Act.WITHDRAW)
    story.title = "Better words"
    story.save_revision().publish()
    assert keep_all(clock, SIX) == [""]
    assert standing(story).state is State.WITHDRAWN


def test_clock_that_jumps_back_repeats_nothing(clock: Any) -> None:
    appoint(draft("Early"))
    appoint(draft("Late"), at=SIX + timedelta(minutes=1))
    assert keep_all(clock, SIX) == [""]
    assert keep_all(clock, SIX - timedelta(hours=1)) == []
    assert keep_all(clock, SIX + timedelta(minutes=1)) == [""]
    assert [headline for _, headline in told()] == ["Early", "Late"]


def test_deleted_draft_takes_its_appointment_along(clock: Any) -> None:
    story = draft()
    appoint(story)
    again(story).delete()
    assert keep_all(clock, SIX) == []


def test_released_story_is_appointed_nothing_that_already_happened() -> None:
    story = released()
    with pytest.raises((NothingToUpdate, AlreadyReleased)):
        appoint(story)
