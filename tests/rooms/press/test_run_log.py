"""The run log: a line for each sheet put or removed, and a database that refuses to change one."""

# ruff: noqa: S608 - the statements are written here, nobody else has a say in them

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from broadsheet.press.errors import BadSheetPath, StoreFull
from broadsheet.press.models import Due, Fact, Notice, Reading, Run, RunLogLine, Sheet
from broadsheet.press.run_log import GUARDED, LogLine, log_lines
from broadsheet.press.values import Form, SheetPath
from tests.factories.guards import guards_lifted
from tests.factories.toy_paper import digest_of, story_path

if TYPE_CHECKING:
    from tests.rooms.press.conftest import Newsroom

pytestmark = pytest.mark.django_db

TABLE = "press_runlogline"


def log_of(path: str) -> list[LogLine]:
    return [line for line in log_lines(alias="default") if line.path == path]


def test_each_put_is_logged_with_what_proves_the_page(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.tell(newsroom.paper.change(1, body="New body"))
    (report,) = newsroom.press_due()

    line = log_of("/story/1/")[-1]
    data = newsroom.store.sheets[story_path(1)].data
    assert line.digest == hashlib.sha256(data).hexdigest()
    assert line.renderer == digest_of("toy story")
    assert (line.what, line.run) == ("put", report.number)
    assert (line.record_number, line.record_digest) == (3, digest_of("act 3"))
    assert [each.path for each in log_lines(alias="default") if each.run == report.number] == ["/story/1/"]


def test_a_tombstone_is_gone_and_a_removal_is_removed(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    for state in ("gone", "erased"):
        newsroom.tell(newsroom.paper.change(1, state=state))
        newsroom.press_due()
    assert [line.what for line in log_of("/story/1/")] == ["put", "gone", "removed"]
    removal = log_of("/story/1/")[-1]
    assert (removal.digest, removal.renderer, removal.record_number) == ("", "", 4)


def test_assets_have_no_line_their_names_carry_a_digest(newsroom: Newsroom) -> None:
    newsroom.with_stories(3)
    assert not [line for line in log_lines(alias="default") if line.path.startswith("/pictures/")]


def test_a_sheet_that_stands_already_or_failed_is_not_logged(newsroom: Newsroom) -> None:
    newsroom.with_stories(3)

    def clash(path: SheetPath) -> None:
        if path == "/story/2/":
            raise BadSheetPath

    newsroom.store.on_write = clash
    newsroom.tell(newsroom.paper.change(2, body="Clashes"), newsroom.paper.change(1, day=1))
    (report,) = newsroom.press_due()
    assert (report.failed, report.unchanged) == (("/story/2/",), 1)
    assert {len(log_of("/story/1/")), len(log_of("/story/2/"))} == {1}


def test_a_sheet_nobody_can_say_the_renderer_of_fails_alone(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.with_stories(1)
    renderer = newsroom.composer.renderer
    monkeypatch.setattr(newsroom.composer, "renderer", lambda g: 1 / 0 if g.template == "story" else renderer(g))
    newsroom.tell(newsroom.paper.change(1, body="New", headline="New"))
    (report,) = newsroom.press_due()
    assert report.failed == ("/story/1/",)
    assert "/" in report.put


def test_a_run_that_dies_logs_nothing_and_the_next_one_logs_what_it_puts(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    newsroom.tell(newsroom.paper.change(1, body="New"))
    before = RunLogLine.objects.count()

    def full(_: SheetPath) -> None:
        raise StoreFull

    newsroom.store.on_write = full
    with pytest.raises(StoreFull):
        newsroom.press_due()
    assert RunLogLine.objects.count() == before
    newsroom.store.on_write = lambda _: None
    newsroom.press_due()
    assert [line.path for line in log_lines(alias="default")][before:] == ["/story/1/"]


def test_a_stray_file_that_is_swept_away_is_logged(newsroom: Newsroom) -> None:
    newsroom.with_stories(1)
    newsroom.store.put(SheetPath("/killed-long-ago/"), Form.PAGE, b"stray")
    newsroom.press_all()
    assert [line.what for line in log_of("/killed-long-ago/")] == ["removed"]


def test_what_a_dead_run_took_away_unseen_is_logged_by_the_next_full_press(newsroom: Newsroom) -> None:
    newsroom.with_stories(2)
    newsroom.tell(newsroom.paper.change(1, state="erased"))
    newsroom.store.remove(story_path(1))
    for table in (Notice, Fact, Reading, Sheet, Due, Run):
        table.objects.all().delete()
    newsroom.press_all()
    assert [line.what for line in log_of("/story/1/")] == ["put", "removed"]


def test_the_log_costs_one_insert_a_run_and_one_look_at_the_record(newsroom: Newsroom) -> None:
    newsroom.with_stories(30)
    newsroom.tell(*(newsroom.paper.change(number, body="New") for number in range(1, 31)))
    with CaptureQueriesContext(connection) as captured:
        (report,) = newsroom.press_due()
    assert len(report.put) == 30
    assert len([each for each in captured if TABLE in each["sql"]]) == 1


CHANGES = [
    f"UPDATE {TABLE} SET digest = ''",
    f"DELETE FROM {TABLE}",
    f"DELETE FROM {TABLE} WHERE path = '/story/1/'",
]
COLUMNS = "id, path, what, digest, renderer, record_number, record_digest, run, at"
REPLACEMENTS = {
    "sqlite": f"REPLACE INTO {TABLE} ({COLUMNS}) SELECT {COLUMNS.replace('digest,', 'renderer,', 1)} FROM {TABLE}",
    "postgresql": f"TRUNCATE {TABLE}",
}


@pytest.mark.parametrize("statement", [*CHANGES, "replace"])
def test_a_change_of_the_log_is_refused_and_nothing_is_lost(newsroom: Newsroom, statement: str) -> None:
    newsroom.with_stories(1)
    before = list(log_lines(alias="default"))
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(REPLACEMENTS[connection.vendor] if statement == "replace" else statement)
    assert list(log_lines(alias="default")) == before


def findings() -> list[str]:
    return [f"{found.msg} {found.hint}" for found in run_checks(databases=["default"]) if found.id == "press.E002"]


def test_the_start_up_check_names_a_guard_that_was_removed_once_it_must_stand() -> None:
    assert findings() == []
    recorder = MigrationRecorder(connection)
    with guards_lifted():
        assert f"{TABLE}_no_" in findings()[0]
        assert "migrate --skip-checks press 0002" in findings()[0]
        recorder.record_unapplied("press", "0003_run_log_guards")
        assert findings() == []
        recorder.record_applied("press", "0003_run_log_guards")
    assert findings() == []


@pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])
def test_the_way_back_the_check_names_puts_the_guards_up_and_keeps_the_log(open_newsroom: Newsroom) -> None:
    open_newsroom.with_stories(1)
    lines = list(log_lines(alias="default"))
    name, on = ("no_change", f" ON {TABLE}") if connection.vendor == "postgresql" else ("no_update", "")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {TABLE}_{name}{on}")
    assert GUARDED.missing() == (f"{TABLE}_{name}",)
    call_command("migrate", "press", "0002", verbosity=0)
    call_command("migrate", verbosity=0)
    assert GUARDED.missing() == ()
    assert list(log_lines(alias="default")) == lines
