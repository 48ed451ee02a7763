"""Hearing of a commit, counted: one wake-up for a commit, none without one, and no commit is missed."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from broadsheet.plain.times import utc_now
from broadsheet.press.actions import post_notice
from broadsheet.press.errors import AnotherPressRuns
from broadsheet.press.models import Notice
from broadsheet.press.process import Stop
from broadsheet.press.values import Subject
from broadsheet.press.waking import Ear, open_ear, wait
from tests.rooms.press.test_one_press import elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tests.rooms.press.conftest import Newsroom

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])

SUBJECT = Subject("story:1", "en")


@pytest.fixture
def stop() -> Iterator[Stop]:
    stop = Stop()
    yield stop
    stop.close()


def post() -> None:
    with transaction.atomic():
        post_notice(subject=SUBJECT, now=utc_now())


def wakes(ear: Ear, stop: Stop, tries: int = 3) -> int:
    """Return how many of that many waits end in a wake-up."""
    return sum(wait(ear, stop=stop.fileno()) for _ in range(tries))


def deafen(data_dir: Path) -> None:
    """Lose every poke from now on."""
    if connection.vendor == "sqlite":
        (data_dir / "press.sock").unlink()


def test_a_commit_wakes_the_press_at_once_and_once(open_newsroom: Newsroom, stop: Stop) -> None:
    with open_ear(open_newsroom.data_dir) as ear:
        ear.look_every_s = 30  # so that only the poke can end the wait
        elsewhere(post)
        assert wait(ear, stop=stop.fileno())
        assert ear.heard() == 0


def test_a_burst_of_commits_is_soon_heard_to_its_end(open_newsroom: Newsroom, stop: Stop) -> None:
    with open_ear(open_newsroom.data_dir) as ear:
        ear.look_every_s = 30
        elsewhere(lambda: [post() for _ in range(20)])
        woken = 0
        while select.select([ear.fileno()], [], [], 1)[0]:
            woken += wait(ear, stop=stop.fileno())
        # PostgreSQL hands its messages on one after another, so some of them may come after the first wake-up.
        assert woken == 1 if connection.vendor == "sqlite" else 1 <= woken <= 20
        assert ear.heard() == 0


def test_nothing_is_heard_before_the_commit_nor_of_what_is_rolled_back(open_newsroom: Newsroom) -> None:
    def roll_back(ear: Ear) -> int:
        with transaction.atomic():
            post_notice(subject=SUBJECT, now=utc_now())
            heard = ear.heard()
            transaction.set_rollback(True)
        return heard

    with open_ear(open_newsroom.data_dir) as ear:
        assert elsewhere(lambda: roll_back(ear)) == 0
        assert ear.heard() == 0
    assert Notice.objects.count() == 0


def test_a_lost_poke_is_made_good_by_a_look(open_newsroom: Newsroom, stop: Stop) -> None:
    with open_ear(open_newsroom.data_dir) as ear:
        ear.look_every_s = 0.01
        deafen(open_newsroom.data_dir)
        elsewhere(lambda: Notice.objects.create(subject=SUBJECT.name, locale="en", at=utc_now()))
        assert wakes(ear, stop, tries=1) == 1


def test_other_work_at_the_desk_wakes_nobody(open_newsroom: Newsroom, stop: Stop) -> None:
    with open_ear(open_newsroom.data_dir) as ear:
        ear.look_every_s = 0.01
        elsewhere(lambda: ContentType.objects.create(app_label="press", model="nothing"))
        assert wakes(ear, stop) == 0


def test_a_stop_ends_the_wait_without_a_wake_up(open_newsroom: Newsroom, stop: Stop) -> None:
    with open_ear(open_newsroom.data_dir) as ear:
        ear.look_every_s = 30
        stop.ask()
        assert not wait(ear, stop=stop.fileno())


def test_posting_with_nobody_listening_is_fine(open_newsroom: Newsroom) -> None:
    post()
    assert Notice.objects.count() == 1
    assert list(open_newsroom.data_dir.iterdir()) == []


def test_a_data_folder_with_a_very_long_name_is_heard_too(
    tmp_path: Path, settings: SettingsWrapper, stop: Stop
) -> None:
    folder = tmp_path / ("long" * 40) / ("longer" * 20)
    settings.DATA_DIR = folder
    with open_ear(folder) as ear:
        ear.look_every_s = 30
        elsewhere(post)
        assert wait(ear, stop=stop.fileno())


def test_a_socket_left_by_a_dead_press_is_taken_over_and_a_living_one_is_not(open_newsroom: Newsroom) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL tells every listener, so there is nothing to take over")
    with open_ear(open_newsroom.data_dir), pytest.raises(AnotherPressRuns), open_ear(open_newsroom.data_dir):
        pass
    (open_newsroom.data_dir / "press.sock").touch()
    with open_ear(open_newsroom.data_dir) as ear:
        elsewhere(post)
        assert ear.heard() == 1
