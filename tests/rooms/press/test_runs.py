"""Runs: what a change touches, what it costs, and what happens when something goes wrong in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.press import queries
from broadsheet.press.actions import press_runs
from broadsheet.press.errors import AnotherPressRuns, BadSheetPath, StoreFull
from broadsheet.press.models import Due, Notice, Reading, Run, Sheet
from broadsheet.press.values import Form, SheetPath, Subject
from tests.factories.toy_paper import story_path
from tests.oracles.harness import full_press

if TYPE_CHECKING:
    from tests.rooms.press.conftest import Newsroom

pytestmark = pytest.mark.django_db

#: What a new story in section 0, by byline 0, on day 0 touches besides itself.
LISTS = {"/", "/atom.xml", "/section/0/", "/by/0/", "/day/0/"}


def as_a_full_press(newsroom: Newsroom) -> bool:
    """Old pictures stay until they are swept, as readers may still have the page that shows them."""
    expected = full_press(newsroom.composer).sheets
    return {
        path: each for path, each in newsroom.store.sheets.items() if "/pictures/" not in path or path in expected
    } == expected


def test_a_new_story_writes_itself_and_its_lists_and_nothing_else(newsroom: Newsroom) -> None:
    newsroom.with_stories(3)
    newsroom.tell(newsroom.paper.release())
    (report,) = newsroom.press_due()
    assert set(report.put) == {"/story/4/", *LISTS}
    assert newsroom.store.written[0] == "/story/4/"
    assert (report.notices, report.removed, report.failed) == (1, (), ())
    assert as_a_full_press(newsroom)


@pytest.mark.parametrize("archive", [3, 120])
def test_a_new_story_costs_the_same_however_large_the_archive(newsroom: Newsroom, archive: int) -> None:
    newsroom.with_stories(archive)
    newsroom.tell(newsroom.paper.release(day=5))
    with CaptureQueriesContext(connection) as captured:
        (report,) = newsroom.press_due()
    # A day opened, so the day before it knows a new neighbour.
    assert len(report.put) == 7
    locks = 0 if connection.vendor == "sqlite" else 2
    assert len([each for each in captured if "SAVEPOINT" not in each["sql"]]) - locks <= 34


def test_a_changed_body_writes_the_story_alone(newsroom: Newsroom) -> None:
    newsroom.with_stories(3)
    newsroom.tell(newsroom.paper.change(2, body="New body"))
    (report,) = newsroom.press_due()
    assert report.put == ("/story/2/",)
    assert report.unchanged == 0


def test_a_changed_headline_writes_every_sheet_that_shows_it(newsroom: Newsroom) -> None:
    newsroom.with_stories(6)
    newsroom.tell(newsroom.paper.release(related=(1,), section=1, byline=1, day=1))
    newsroom.press_due()
    newsroom.tell(newsroom.paper.change(1, headline="Better"))
    (report,) = newsroom.press_due()
    # Story 1 has left every list; only the story that relates to it shows its headline.
    assert set(report.put) == {"/story/1/", "/story/7/"}


def test_a_notice_about_nothing_new_writes_nothing(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.tell(Subject("story:1", "en"), Subject("byline:0", "en"))
    (report,) = newsroom.press_due()
    assert (report.put, report.unchanged) == ((), 0)
    assert newsroom.press_due() == []


def test_a_sheet_that_comes_out_the_same_is_not_written(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.tell(newsroom.paper.change(2, day=1))
    (report,) = newsroom.press_due()
    assert report.unchanged == 1
    assert story_path(2) not in report.put


def test_a_moved_story_leaves_the_lists_it_was_in(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.tell(newsroom.paper.change(2, section=2))
    newsroom.press_due()
    assert b"/story/2/" not in newsroom.store.sheets[SheetPath("/section/0/")].data
    assert as_a_full_press(newsroom)


def test_a_withdrawn_story_is_a_tombstone_before_any_list_drops_it(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.tell(newsroom.paper.change(1, state="gone"), newsroom.paper.release())
    newsroom.press_due()
    assert newsroom.store.written[0] == "/story/1/"
    assert newsroom.store.sheets[story_path(1)].form is Form.GONE
    assert as_a_full_press(newsroom)


def test_an_erased_story_goes_after_every_list_dropped_it(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.tell(newsroom.paper.change(1, state="erased"))
    (report,) = newsroom.press_due()
    assert report.removed == ("/story/1/",)
    assert newsroom.store.written[-1] == "/story/1/"
    assert not Sheet.objects.filter(path="/story/1/").exists()


def test_a_restored_story_stands_again(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    for state in ("erased", "live", "gone", "live"):
        newsroom.tell(newsroom.paper.change(1, state=state))
        newsroom.press_due()
        assert as_a_full_press(newsroom)
    assert newsroom.store.sheets[story_path(1)].form is Form.PAGE


def test_a_picture_is_put_before_its_story_and_only_once(newsroom: Newsroom) -> None:
    newsroom.press_all()
    newsroom.tell(newsroom.paper.release(), newsroom.paper.release(), newsroom.paper.release())
    newsroom.press_due()
    assert newsroom.store.written[:3] == ["/pictures/p0.svg", "/pictures/p1.svg", "/pictures/p2.svg"]
    newsroom.tell(newsroom.paper.release())
    newsroom.press_due()
    assert not any(path.startswith("/pictures/") for path in newsroom.store.written)


def test_a_notice_that_comes_while_files_are_put_waits_for_the_next_run(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.tell(newsroom.paper.change(1, body="Once"))

    def act_once(_: SheetPath) -> None:
        newsroom.store.on_write = lambda _: None
        newsroom.tell(newsroom.paper.change(1, body="Twice"))

    newsroom.store.on_write = act_once
    reports = newsroom.press_due()
    assert [report.put for report in reports] == [("/story/1/",), ("/story/1/",)]
    assert not Notice.objects.exists()
    assert as_a_full_press(newsroom)


def test_big_work_is_cut_into_runs_and_no_list_goes_before_the_last_story(newsroom: Newsroom) -> None:
    newsroom.press_all()
    newsroom.tell(*[newsroom.paper.release() for _ in range(450)])
    reports = newsroom.press_due()
    # Three runs only take notices: a list must not show a story whose notice nobody has read yet.
    assert [report.notices for report in reports if report.notices] == [200, 200, 50]
    assert all(len(report.put) <= 200 for report in reports)
    written = [path for report in reports for path in report.put]
    assert sum(path.startswith("/story/") for path in written) == 450
    last_story = max(index for index, path in enumerate(written) if path.startswith("/story/"))
    assert set(written[last_story + 1 :]) == LISTS
    assert as_a_full_press(newsroom)
    assert not Due.objects.exists()


def test_news_goes_before_the_backlog(newsroom: Newsroom) -> None:
    newsroom.with_stories(450)
    newsroom.tell(newsroom.paper.redesign())
    runs = press_runs(newsroom.press())
    next(runs)
    newsroom.tell(newsroom.paper.change(449, state="gone"))
    newsroom.store.written.clear()
    next(runs)
    assert newsroom.store.written[0] == "/story/449/"
    runs.close()


def test_a_sheet_that_fails_keeps_its_file_and_stops_nobody(newsroom: Newsroom) -> None:
    newsroom.with_stories(3)
    before = newsroom.store.sheets[story_path(1)]
    newsroom.composer.on_render = lambda gathered: 1 / 0 if "Broken" in str(gathered.values) else None
    newsroom.tell(newsroom.paper.change(1, body="Broken"), newsroom.paper.change(2, body="Fine"))
    (report,) = newsroom.press_due()
    assert (report.put, report.failed) == (("/story/2/",), ("/story/1/",))
    assert newsroom.store.sheets[story_path(1)] == before
    assert queries.failed_sheets() == (("/story/1/", "ZeroDivisionError: division by zero"),)
    assert newsroom.press_due() == []


def test_a_failed_sheet_is_pressed_when_something_it_newly_read_is_mended(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    newsroom.composer.on_render = lambda gathered: 1 / 0 if "Broken name" in str(gathered.values) else None
    newsroom.paper.bylines[1] = "Broken name"
    newsroom.tell(newsroom.paper.change(1, byline=1))
    newsroom.press_due()
    assert set(Reading.objects.filter(sheet="/story/1/").values_list("fact", flat=True)) >= {"byline:0", "byline:1"}
    newsroom.tell(newsroom.paper.rename(1, "Whole name"))
    newsroom.press_due()
    assert queries.failed_sheets() == ()
    assert as_a_full_press(newsroom)


def test_a_fact_that_cannot_be_computed_fails_its_sheets_alone_and_heals(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.tell(newsroom.paper.change(1, body=object()), newsroom.paper.release())
    (report,) = newsroom.press_due()
    assert report.failed == ("/story/1/",)
    assert "/story/3/" in report.put
    newsroom.tell(newsroom.paper.change(1, body="Fine"))
    newsroom.press_due()
    assert as_a_full_press(newsroom)
    assert queries.stale_sheets() == ()


def test_a_subject_nobody_understands_is_listed_and_does_not_come_back(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    newsroom.tell(Subject("story:no-number", "en"), newsroom.paper.change(1, body="Fine"))
    (report,) = newsroom.press_due()
    assert report.put == ("/story/1/",)
    assert [each.about for each in queries.failed_sheets()] == ["story:no-number"]
    assert newsroom.press_due() == []


def test_a_query_while_rendering_is_refused(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    newsroom.composer.on_render = lambda _: list(Notice.objects.all())
    newsroom.tell(newsroom.paper.change(1, body="New"))
    newsroom.press_due()
    ((about, sentence),) = queries.failed_sheets()
    assert about == "/story/1/"
    assert sentence.startswith("UntrackedRead: A sheet asked the database outside its facts: SELECT")


def test_a_query_while_gathering_is_refused_unless_a_fact_makes_it(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    compute = newsroom.composer.compute
    newsroom.composer.compute = lambda name, reader: (Notice.objects.count(), compute(name, reader))[1]  # type: ignore[method-assign]
    newsroom.tell(newsroom.paper.change(1, body="New"))
    newsroom.press_due()
    assert queries.failed_sheets() == ()
    newsroom.composer.on_gather = lambda _, __: Notice.objects.count()
    newsroom.tell(newsroom.paper.change(1, body="Newer"))
    newsroom.press_due()
    assert "UntrackedRead" in queries.failed_sheets()[0].sentence


def test_a_full_disk_stops_the_run_and_the_next_press_finishes_it(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.tell(newsroom.paper.release())

    def full(path: SheetPath) -> None:
        if path == "/by/0/":
            raise StoreFull

    newsroom.store.on_write = full
    with pytest.raises(StoreFull):
        newsroom.press_due()
    assert queries.waiting().open_runs == 1
    newsroom.store.on_write = lambda _: None
    newsroom.press_due()
    assert as_a_full_press(newsroom)
    assert queries.waiting() == (0, 0, 0)
    assert list(Run.objects.order_by("-number").values_list("state", flat=True)[:2]) == ["closed", "abandoned"]


def test_a_name_that_clashes_with_another_sheet_fails_alone(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)

    def clash(path: SheetPath) -> None:
        if path == "/story/3/":
            raise BadSheetPath

    newsroom.store.on_write = clash
    newsroom.tell(newsroom.paper.release())
    (report,) = newsroom.press_due()
    assert report.failed == ("/story/3/",)
    assert set(report.put) == {*LISTS, "/pictures/p0.svg"}


def test_a_run_given_up_by_a_later_press_does_not_close(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    newsroom.tell(newsroom.paper.change(1, body="New"))
    newsroom.store.on_write = lambda _: (
        Run.objects.filter(state=Run.State.OPEN).update(state=Run.State.ABANDONED) and None
    )
    with pytest.raises(AnotherPressRuns):
        newsroom.press_due()


def test_a_press_with_nothing_to_do_writes_no_row(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    runs = Run.objects.count()
    with CaptureQueriesContext(connection) as captured:
        assert newsroom.press_due() == []
    assert Run.objects.count() == runs
    assert not [each for each in captured if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
