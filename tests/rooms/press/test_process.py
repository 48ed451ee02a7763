"""The press as a process: it hears, presses, survives trouble, and stops between two runs."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import InterfaceError, OperationalError, connection, connections

from broadsheet.press import afterwards
from broadsheet.press.actions import Stop, run_forever, stop_on_signals
from broadsheet.press.errors import StoreFull
from broadsheet.press.locking import only_press
from broadsheet.press.models import Failure, Run
from tests.oracles.harness import full_press
from tests.rooms.press.test_one_press import elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.press.values import SheetPath
    from tests.rooms.press.conftest import Newsroom

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])

BLINK_S = 20


@contextmanager
def running(newsroom: Newsroom) -> Iterator[Stop]:
    """Run the press of the newsroom in a thread meanwhile."""
    stop = Stop()

    def run() -> None:
        try:
            run_forever(press=newsroom.press(), stop=stop)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield stop
    finally:
        stop.ask()
        thread.join(BLINK_S)
        assert not thread.is_alive()
        stop.close()


def when_written(newsroom: Newsroom, wanted: str) -> threading.Event:
    """Return an event that is set when the sheet is written."""
    event = threading.Event()

    def look(path: SheetPath) -> None:
        if path == wanted:
            event.set()

    newsroom.store.on_write = look
    return event


def test_what_was_posted_before_and_while_it_runs_is_pressed(open_newsroom: Newsroom) -> None:
    newsroom = open_newsroom
    newsroom.with_stories(1)
    newsroom.tell(newsroom.paper.release())
    first = when_written(newsroom, "/story/2/")
    with running(newsroom):
        assert first.wait(BLINK_S)
        second = when_written(newsroom, "/story/3/")
        newsroom.tell(newsroom.paper.release())
        assert second.wait(BLINK_S)
    newsroom.press_due()
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets


def test_what_comes_one_after_the_other_is_gathered_into_one_run(open_newsroom: Newsroom) -> None:
    newsroom = open_newsroom
    newsroom.with_stories(1)
    before = Run.objects.count()

    class Patient(Stop):
        """Has the next story released whenever it is waited for."""

        def wait(self, seconds: float) -> None:
            newsroom.tell(newsroom.paper.release())
            super().wait(seconds)

    def go_on(path: SheetPath) -> None:
        if path == "/story/2/":
            newsroom.tell(newsroom.paper.release())
        elif path == "/story/4/":
            stop.ask()

    newsroom.store.on_write = go_on
    newsroom.tell(newsroom.paper.release())
    with closing(Patient()) as stop:
        run_forever(press=newsroom.press(), stop=stop)
    assert Run.objects.count() - before == 2
    assert newsroom.store.sheets.keys() >= {"/story/2/", "/story/3/", "/story/4/"}


def test_it_goes_on_when_the_database_comes_back(open_newsroom: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    newsroom = open_newsroom
    newsroom.with_stories(1)
    troubles = iter(
        [OperationalError("server closed the connection unexpectedly\nProbably crashed"), OperationalError()]
    )
    open_reader = newsroom.composer.open_reader

    def open_or_fail(alias: str) -> Any:
        if trouble := next(troubles, None):
            raise trouble
        return open_reader(alias)

    newsroom.composer.open_reader = open_or_fail  # type: ignore[method-assign]
    newsroom.tell(newsroom.paper.release())
    written = when_written(newsroom, "/story/2/")
    with running(newsroom):
        assert written.wait(BLINK_S)
    assert [record.message for record in caplog.records if record.levelname == "WARNING"] == [
        "The database does not answer (server closed the connection unexpectedly). Trying again in 0.25 s.",
        "The database does not answer (OperationalError). Trying again in 0.5 s.",
    ]
    assert not any(record.exc_info for record in caplog.records)


def test_it_goes_on_when_the_server_drops_all_its_connections(
    open_newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    newsroom = open_newsroom
    newsroom.with_stories(1)
    newsroom.tell(newsroom.paper.release())
    first = when_written(newsroom, "/story/2/")
    connections.close_all()  # or the one of this thread that reads snapshots would be dropped too
    with running(newsroom):
        assert first.wait(BLINK_S)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        second = when_written(newsroom, "/story/3/")
        newsroom.tell(newsroom.paper.release())
        assert second.wait(BLINK_S)
    assert "The database does not answer" in caplog.text
    assert not any(record.exc_info for record in caplog.records)


@pytest.mark.parametrize("trouble", [OperationalError("gone"), InterfaceError("closed")])
def test_the_work_that_follows_a_press_says_in_one_line_that_the_database_is_gone(
    open_newsroom: Newsroom, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    asked: list[int] = []

    def be_cut_off() -> None:
        asked.append(1)
        raise trouble

    monkeypatch.setattr(afterwards, "_works", [be_cut_off])
    newsroom = open_newsroom
    newsroom.with_stories(1)
    newsroom.tell(newsroom.paper.release())
    assert newsroom.press_due()
    assert asked
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets
    assert f"waits for the database ({type(trouble).__name__})" in caplog.text
    assert not any(record.exc_info for record in caplog.records)


@pytest.mark.parametrize("trouble", [StoreFull(), ValueError("a bug")])
def test_it_goes_on_after_a_full_disk_and_after_a_bug_of_its_own(
    open_newsroom: Newsroom, caplog: pytest.LogCaptureFixture, trouble: Exception
) -> None:
    newsroom = open_newsroom
    newsroom.with_stories(1)
    tries = iter([trouble])
    done = threading.Event()

    def fail_once(path: SheetPath) -> None:
        if error := next(tries, None):
            raise error
        if path == "/atom.xml":
            done.set()

    newsroom.store.on_write = fail_once
    newsroom.tell(newsroom.paper.release())
    with running(newsroom):
        assert done.wait(BLINK_S)
    newsroom.press_due()
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets
    assert "Trying again in 0.25 s." in caplog.text


def test_it_waits_for_a_press_that_works_by_hand(open_newsroom: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    newsroom = open_newsroom
    newsroom.with_stories(1)
    newsroom.tell(newsroom.paper.release())
    written = when_written(newsroom, "/story/2/")
    with only_press(newsroom.data_dir), running(newsroom):
        while "Another press works on this paper" not in caplog.text:
            assert not written.wait(0.01)
    with running(newsroom):
        assert written.wait(BLINK_S)


def test_what_failed_is_tried_again_when_it_starts(open_newsroom: Newsroom) -> None:
    newsroom = open_newsroom
    newsroom.with_stories(1)
    newsroom.composer.on_render = lambda _: 1 / 0
    newsroom.tell(newsroom.paper.change(1, body="New"))
    newsroom.press_due()
    newsroom.composer.on_render = lambda _: None
    written = when_written(newsroom, "/story/1/")
    with running(newsroom):
        assert written.wait(BLINK_S)
    assert not Failure.objects.exists()


def test_sigterm_ends_the_run_in_hand_and_begins_no_other(open_newsroom: Newsroom) -> None:
    newsroom = open_newsroom
    newsroom.with_stories(1)
    newsroom.tell(newsroom.paper.release())

    def terminate(_: SheetPath) -> None:
        newsroom.store.on_write = lambda _: None
        elsewhere(lambda: newsroom.tell(newsroom.paper.release()))
        os.kill(os.getpid(), signal.SIGTERM)

    newsroom.store.on_write = terminate
    before = signal.getsignal(signal.SIGTERM)
    with stop_on_signals() as stop:
        run_forever(press=newsroom.press(), stop=stop)
    assert signal.getsignal(signal.SIGTERM) is before
    (report,) = newsroom.press_due()
    assert "/story/3/" in report.put
    assert report.notices == 1
