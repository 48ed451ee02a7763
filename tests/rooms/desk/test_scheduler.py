"""The scheduler as a process: killed in the middle, two at once, a database that goes away, a signal to stop."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection, connections

from broadsheet.desk.actions import Release, keep_next_due, make_appointment, register_guard
from broadsheet.desk.actions.arranging import send_front
from broadsheet.desk.actions.guarding import drop_guard
from broadsheet.desk.actors import acting_as
from broadsheet.desk.appointments import next_moment
from broadsheet.desk.models import Appointment, DeskNotice, Event, Front, Picture, Story
from broadsheet.desk.scheduler import run_scheduler
from broadsheet.ledger.models import Release as Row
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act
from broadsheet.ledger.verifying import verify
from broadsheet.plain.times import utc_now
from broadsheet.plain.urns import front_urn
from broadsheet.press.actions import Stop, stop_on_signals
from broadsheet.press.models import Notice
from broadsheet.press.values import THE_DAY
from tests.factories import desk
from tests.rooms.desk.conftest import make_newsroom
from tests.rooms.desk.test_two_at_once import at_once
from tests.rooms.serve.reading import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[3]
BLINK_S = 20


@pytest.fixture
def newsroom(transactional_db: None) -> Newsroom:  # noqa: ARG001 - asks for the database
    return make_newsroom()


def overdue(newsroom: Newsroom, *titles: str) -> None:
    """Drafts that were to go out some minutes ago, the first first."""
    now = utc_now() - timedelta(hours=1)
    with acting_as(newsroom.chief):
        for minutes, title in enumerate(titles):
            story = desk.story(title=title)
            story.save_revision()
            story = Story.objects.get(pk=story.pk)
            due_at = now + timedelta(minutes=minutes + 1)
            make_appointment(story, act=Act.RELEASE, due_at=due_at, text_seen=story.latest_revision_created_at, now=now)


def released() -> list[str]:
    reader = LedgerReader()
    rows = Row.objects.filter(kind="story").order_by("number")
    return [reader.document(row.document_digest).headline for row in rows]  # type: ignore[union-attr]


@contextmanager
def running(clock: Callable[[], datetime] = utc_now) -> Iterator[None]:
    """Run the scheduler in a thread meanwhile."""
    stop = Stop()

    def run() -> None:
        try:
            run_scheduler(clock=clock, stop=stop)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.ask()
        thread.join(BLINK_S)
        assert not thread.is_alive()
        stop.close()


def kill_workers_at(*places: str) -> list[list[str]]:
    """Let a worker die at each place; return what stands after each: killed, releases, open appointments."""
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    command = [sys.executable, "-m", "tests.rooms.desk.scheduler_to_kill", name, *places]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "broadsheet.settings.test", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert ended.returncode == 0, ended.stderr
    return [line.split()[1:] for line in ended.stdout.splitlines()]


def test_worker_killed_anywhere_before_the_commit_did_nothing_and_after_it_everything(newsroom: Newsroom) -> None:
    overdue(newsroom, "First", "Second")
    places = [*map(str, range(1, 45, 5)), "commit"]
    assert kill_workers_at(*places) == [["True", "0", "2"]] * len(places)
    assert kill_workers_at("committed", "5", "commit") == [["True", "1", "1"]] * 3
    while keep_next_due(now=utc_now()) is not None:
        pass
    assert released() == ["First", "Second"]
    assert not list(verify(alias="default"))


def test_two_schedulers_at_once_keep_the_order_and_do_nothing_twice(newsroom: Newsroom) -> None:
    titles = [f"Story {number}" for number in range(6)]
    overdue(newsroom, *titles)

    def keep_all() -> list[Any]:
        return list(iter(lambda: keep_next_due(now=utc_now()), None))

    found = at_once(keep_all, keep_all)
    assert not [each for each in found if isinstance(each, Exception)], found
    outcomes = [outcome for each in found for outcome in each]
    assert sorted(outcome.record.number for outcome in outcomes if outcome.record) == sorted(
        Row.objects.filter(kind="story").values_list("number", flat=True)
    )
    assert released() == titles


@pytest.mark.usefixtures("newsroom")
def test_it_tells_the_press_when_the_papers_day_has_turned_and_once_when_it_starts() -> None:
    now = [datetime(2026, 3, 4, 16, 59, tzinfo=UTC)]
    asked: list[datetime] = []

    def clock() -> datetime:
        asked.append(now[0])
        return now[0]

    def told() -> int:
        return Notice.objects.filter(subject=THE_DAY.name).count()

    with running(clock):
        wait_for(lambda: told() == 1)
        now[0] += timedelta(minutes=2)  # past midnight in Ho Chi Minh City
        wait_for(lambda: told() == 2)
        now[0] += timedelta(hours=1)
        # A look asks twice at the most: it has looked once at the least, and is at another.
        wait_for(lambda: asked.count(now[0]) > 2)
        assert told() == 2


def test_it_catches_up_when_it_starts_and_keeps_what_is_made_while_it_runs(newsroom: Newsroom) -> None:
    overdue(newsroom, "Last night", "This morning")
    with running():
        wait_for(lambda: len(released()) == 2)
        with acting_as(newsroom.chief):
            story = desk.story(title="Just now")
            due_at = utc_now() + timedelta(seconds=2)
            made = make_appointment(story, act=Act.RELEASE, due_at=due_at, text_seen=None, now=utc_now())
        wait_for(lambda: len(released()) == 3)
    assert released() == ["Last night", "This morning", "Just now"]
    assert Row.objects.filter(kind="story").latest("number").recorded_at >= made.due_at


def test_one_of_many_that_cannot_be_kept_leaves_the_others_their_turn_and_their_order(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    titles = [f"Story {number}" for number in range(7)]
    overdue(newsroom, *titles)
    late = Story.objects.get(title="Story 2")
    late.title = "Story 2, with other words"
    late.save_revision()
    with running():
        wait_for(lambda: len(released()) == 6)
    assert released() == [title for title in titles if title != "Story 2"]
    assert "saved another version of “Story 2" in caplog.text
    assert not list(verify(alias="default"))


def test_it_goes_on_when_the_database_comes_back(newsroom: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    overdue(newsroom, "Kept all the same")
    troubles = iter([OperationalError("server closed the connection unexpectedly")])
    started: list[datetime] = []

    def clock() -> datetime:
        if started and (trouble := next(troubles, None)):
            raise trouble
        started.append(utc_now())
        return started[-1]

    with running(clock):
        wait_for(lambda: released() == ["Kept all the same"])
    assert "The database does not answer (server closed the connection unexpectedly)" in caplog.text


def test_it_takes_away_pictures_as_their_rights_end_and_those_that_ended_before(newsroom: Newsroom) -> None:
    pictures = [desk.picture(title=title) for title in ("Ended before", "Ends now")]
    with acting_as(newsroom.chief):
        for picture in pictures:
            Release(picture, now=utc_now()).execute()
    Picture.objects.filter(pk=pictures[0].pk).update(rights_expire_at=utc_now() - timedelta(days=1))

    def withdrawn() -> list[str]:
        rows = Row.objects.filter(kind="picture", act="withdraw").order_by("number")
        return list(rows.values_list("released_by", flat=True))

    with running():
        wait_for(lambda: len(withdrawn()) == 1)
        Picture.objects.filter(pk=pictures[1].pk).update(rights_expire_at=utc_now() + timedelta(seconds=1))
        wait_for(lambda: len(withdrawn()) == 2)
    assert withdrawn() == ["system:rights"] * 2


def test_it_tells_the_press_when_a_pin_ends(newsroom: Newsroom) -> None:
    story = desk.story()
    with acting_as(newsroom.chief):
        Release(story, now=utc_now()).execute()
        pins = [desk.pinned(story, until=utc_now() + timedelta(seconds=seconds)) for seconds in (-60, 1)]
        send_front(desk.front(slots=pins[:1], featured=pins[1:]), now=utc_now())

    def told() -> int:
        return Notice.objects.filter(subject=front_urn(), locale="en").count()

    was_told = told()
    with running():
        wait_for(lambda: told() == was_told + 2)
    assert Front.objects.get().next_end is None


def test_a_front_it_cannot_read_is_looked_at_once_a_second(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    with acting_as(newsroom.chief):
        send_front(desk.front(), now=utc_now())
    broken = Front._meta.get_field("slots").to_python([{"type": "story", "value": {"story": None, "until": 5}}])
    Front.objects.update(slots=broken, next_end=utc_now())
    waits: list[float] = []
    looks = itertools.count(1)

    class Counting(Stop):
        def wait(self, seconds: float) -> None:
            waits.append(seconds)
            super().wait(seconds)

    def clock() -> datetime:
        if next(looks) == 6:  # two for each look, and one before the first
            stop.ask()
        return utc_now()

    stop = Counting()
    run_scheduler(clock=clock, stop=stop)
    stop.close()
    assert waits == [1.0, 1.0, 1.0]
    assert caplog.text.count("The press could not be told") == 3


def test_it_forgets_notices_of_ninety_days_ago(newsroom: Newsroom) -> None:
    story = desk.story()
    for days in (91, 89):
        at = utc_now() - timedelta(days=days)
        DeskNotice.objects.create(user=newsroom.reporter, page=story, event=Event.RELEASED, words=str(days), at=at)
    with running():
        wait_for(lambda: DeskNotice.objects.count() == 1)
    assert DeskNotice.objects.get().words == "89"


def test_sigterm_ends_the_act_in_hand_and_begins_no_other(newsroom: Newsroom) -> None:
    overdue(newsroom, "In hand", "Not begun")

    def terminate(_document: object) -> tuple[()]:
        os.kill(os.getpid(), signal.SIGTERM)
        return ()

    register_guard(terminate)
    try:
        with stop_on_signals() as stop:
            run_scheduler(clock=utc_now, stop=stop)
    finally:
        drop_guard(terminate)
    assert released() == ["In hand"]
    assert Appointment.objects.get().page.title == "Not begun"


def test_idle_scheduler_asks_three_questions(newsroom: Newsroom, django_assert_num_queries: Any) -> None:
    assert newsroom
    with django_assert_num_queries(3):
        assert next_moment(after=utc_now()) is None
