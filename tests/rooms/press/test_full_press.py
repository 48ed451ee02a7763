"""A full press: the same sheets as the daily one, and the cure for whatever went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from broadsheet.press import actions, queries
from broadsheet.press.models import Fact, Reading, Sheet
from broadsheet.press.proving import differences
from broadsheet.press.values import Form, SheetPath
from tests.factories.toy_paper import picture_path, story_path
from tests.oracles.harness import Crash, full_press

if TYPE_CHECKING:
    from tests.rooms.press.conftest import Newsroom

pytestmark = pytest.mark.django_db


def test_a_full_press_puts_every_sheet_and_asset(newsroom: Newsroom) -> None:
    newsroom.with_stories(5)
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets
    assert queries.stale_sheets() == ()


def test_a_full_press_is_cut_into_runs(newsroom: Newsroom) -> None:
    for _ in range(300):
        newsroom.paper.release()
    reports = newsroom.press_all()
    # 300 stories, their 3 pictures, 8 lists and a feed.
    assert [len(report.put) for report in reports] == [200, 112]


def test_a_full_press_writes_again_what_was_damaged_or_lost(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.store.sheets[story_path(1)] = newsroom.store.sheets[story_path(1)]._replace(data=b"half")
    del newsroom.store.sheets[picture_path(1)]
    newsroom.press_all()
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets


def test_a_full_press_removes_what_should_not_be_there(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.store.put(SheetPath("/killed-long-ago/"), Form.PAGE, b"stray")
    newsroom.paper.change(1, state="erased")  # and nobody told the press
    newsroom.press_all()
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets
    assert not Sheet.objects.filter(path="/story/1/").exists()


def test_who_follows_the_folder_is_told_what_was_swept_and_what_went_unseen(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.store.put(SheetPath("/killed-long-ago/"), Form.PAGE, b"stray")
    # A run that removed a page, died before it could say so, and whose plan is lost with the tables of the press.
    del newsroom.store.sheets[story_path(1)]
    newsroom.paper.change(1, state="erased")
    for table in (Fact, Reading, Sheet):
        table.objects.all().delete()
    newsroom.store.told.clear()
    newsroom.press_all()
    assert {"/killed-long-ago/", story_path(1)} <= set(newsroom.store.told)


def test_a_full_press_sweeps_assets_nobody_asks_for(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.tell(newsroom.paper.change(2, state="gone"))
    newsroom.press_due()
    assert picture_path(2) in newsroom.store.sheets
    newsroom.press_all()
    assert picture_path(2) not in newsroom.store.sheets
    assert not Sheet.objects.filter(path=picture_path(2)).exists()


def test_nothing_is_swept_while_a_sheet_fails(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.composer.on_render = lambda gathered: 1 / 0 if "Headline 2" in str(gathered.values) else None
    newsroom.press_all()
    assert picture_path(2) in newsroom.store.sheets
    assert len(queries.failed_sheets()) > 0


def test_a_full_press_mends_facts_that_changed_without_a_notice(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.paper.redesign()
    newsroom.paper.change(1, section=2)
    newsroom.press_all()
    assert queries.stale_sheets() == ()
    newsroom.tell(newsroom.paper.change(1, section=0))
    newsroom.press_due()
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets


def test_a_full_press_without_tables_knows_the_places_of_stories(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    for table in (Fact, Reading, Sheet):
        table.objects.all().delete()
    newsroom.press_all()
    newsroom.tell(newsroom.paper.change(1, section=2))
    newsroom.press_due()
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets


def test_what_failed_is_tried_again_when_asked(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    newsroom.composer.on_render = lambda _: 1 / 0
    newsroom.tell(newsroom.paper.change(1, body="New"))
    newsroom.press_due()
    newsroom.composer.on_render = lambda _: None
    assert newsroom.press_due() == []
    assert actions.retry_failed() == 1
    newsroom.press_due()
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets
    assert queries.failed_sheets() == ()


def test_the_deep_check_names_every_difference(newsroom: Newsroom) -> None:
    newsroom.with_stories(3)
    assert list(differences(newsroom.press())) == []
    newsroom.store.sheets[story_path(1)] = newsroom.store.sheets[story_path(1)]._replace(data=b"half")
    newsroom.store.remove(story_path(2))
    newsroom.store.remove(picture_path(3))
    newsroom.store.put(SheetPath("/stray/"), Form.PAGE, b"stray")
    assert {each.path for each in differences(newsroom.press())} == {
        story_path(1), story_path(2), picture_path(3), "/stray/",
    }  # fmt: skip


def test_the_deep_check_names_a_sheet_that_cannot_be_composed(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    newsroom.paper.bylines.clear()
    assert ("/story/1/", "it cannot be composed: 0") in set(differences(newsroom.press()))


@pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])
def test_a_full_press_that_dies_while_marking_forgets_no_place_of_a_story(open_newsroom: Newsroom) -> None:
    newsroom = open_newsroom
    newsroom.press_all()
    newsroom.tell(newsroom.paper.release())

    def die_at_the_end(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - the shape Django calls
        if sql.startswith('UPDATE "press_sheet"'):
            raise Crash
        return execute(sql, params, many, context)

    with pytest.raises(Crash), connection.execute_wrapper(die_at_the_end):
        newsroom.press_all()
    newsroom.tell(newsroom.paper.change(1, section=1, byline=1, day=1))
    newsroom.press_due()
    assert queries.stale_sheets() == ()
    assert newsroom.store.sheets == full_press(newsroom.composer).sheets
