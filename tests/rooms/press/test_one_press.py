"""One press at a time, and a snapshot that does not move while the desk goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from broadsheet.press import queries
from broadsheet.press.actions import press_runs
from broadsheet.press.errors import AnotherPressRuns
from broadsheet.press.locking import only_press
from broadsheet.press.models import Notice
from tests.oracles.harness import full_press

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.rooms.press.conftest import Newsroom

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])


def elsewhere(work: Callable[[], Any]) -> Any:
    """Do the work as another process would: in a thread with database connections of its own."""

    def and_close() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(and_close).result(timeout=30)


def test_a_second_press_is_refused_and_the_next_one_is_not(open_newsroom: Newsroom) -> None:
    with only_press(open_newsroom.data_dir), pytest.raises(AnotherPressRuns, match="there is one at a time"):
        elsewhere(open_newsroom.press_due)
    assert elsewhere(open_newsroom.press_due) == []


def test_the_lock_is_free_after_a_run_that_failed(open_newsroom: Newsroom) -> None:
    with pytest.raises(ZeroDivisionError), only_press(open_newsroom.data_dir):
        raise ZeroDivisionError
    assert elsewhere(open_newsroom.press_due) == []


def test_a_story_released_while_lists_are_gathered_comes_whole_in_the_next_run(open_newsroom: Newsroom) -> None:
    newsroom = open_newsroom
    newsroom.with_stories(3)
    newsroom.tell(newsroom.paper.release())

    def release_elsewhere(*_: object) -> None:
        newsroom.composer.on_gather = lambda _, __: None
        elsewhere(lambda: newsroom.tell(newsroom.paper.release()))

    newsroom.composer.on_gather = release_elsewhere
    reports = newsroom.press_due()
    assert [report.notices for report in reports] == [1, 1]
    assert "/story/5/" in reports[1].put
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets
    assert queries.stale_sheets() == ()


def test_a_commit_between_snapshot_and_close_neither_fails_the_run_nor_is_lost(open_newsroom: Newsroom) -> None:
    newsroom = open_newsroom
    newsroom.with_stories(1)
    newsroom.tell(newsroom.paper.change(1, body="Once"))

    def rename_elsewhere(_: object) -> None:
        newsroom.composer.on_render = lambda _: None
        elsewhere(lambda: newsroom.tell(newsroom.paper.rename(0, "Renamed meanwhile")))

    newsroom.composer.on_render = rename_elsewhere
    runs = press_runs(newsroom.press())
    assert next(runs).put == ("/story/1/",)
    assert Notice.objects.count() == 1
    assert set(next(runs).put) == {"/story/1/", "/by/0/"}
    assert list(runs) == []
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets
