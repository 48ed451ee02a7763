"""A search that is cut short or meets a full disk says so, keeps what it has and harms nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from broadsheet.plain.searching import SearchSheet
from broadsheet.serve.search import finding
from broadsheet.serve.search.finding import find
from broadsheet.serve.search.following import Follower
from broadsheet.serve.search.index import (
    DAMAGED_NAME,
    FILE_NAME,
    Keeper,
    Seen,
    index_folder,
    is_damage,
    open_for_reading,
)
from broadsheet.serve.search.questions import PAGE_HITS, parse_question
from broadsheet.serve.search.searching import Searching
from broadsheet.serve.values import Request
from tests.factories.full_disk import files_of_at_most
from tests.rooms.serve.searched import EN, SearchedPaper

if TYPE_CHECKING:
    from pathlib import Path


def _indexed(folder: Path, *, stories: int) -> Path:
    """Put so many stories about the tide, and return the index of them."""
    paper = SearchedPaper(folder)
    for number in range(stories):
        paper.publish(f"Story {number}", "The tide is high.")
    file = index_folder(folder) / FILE_NAME
    file.parent.mkdir()
    with closing(Keeper(file)) as keeper:
        Follower(folder).look(keeper)
    return file


def test_when_the_time_is_over_what_was_found_until_then_is_the_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _indexed(folder, stories=PAGE_HITS + 5)
    # Over at the first look at the clock, which comes at another row each time.
    monkeypatch.setattr(finding, "PATIENCE_SECONDS", -1.0)
    with closing(open_for_reading(file)) as connection:
        answers = [find(connection, parse_question("q=tide", locale=EN), locale=EN) for _ in range(100)]
    assert any(0 < len(answer.paths) < PAGE_HITS for answer in answers if not answer.is_whole)


def test_a_full_disk_is_not_taken_for_a_damaged_index(folder: Path) -> None:
    file = _indexed(folder, stories=1)
    with closing(Searching(folder)) as searching:
        with files_of_at_most(0):
            answer = searching.answer(Request("GET", "/en/search/", query="q=tide"))
        assert answer is not None
        assert b"being set up" in bytes(answer.body)
        assert not file.with_name(DAMAGED_NAME).exists()
        answer = searching.answer(Request("GET", "/en/search/", query="q=tide"))
        assert answer is not None
        assert b"<article" in bytes(answer.body)


def test_a_disk_that_fills_up_in_the_middle_of_a_large_transaction_is_no_damage_either(folder: Path) -> None:
    file = _indexed(folder, stories=1)
    sheet = SearchSheet("/en/a/", "Tide", "", "", "news", "News", (), "2026-03-01T00:00:00+07:00", "some day")
    with closing(Keeper(file)) as keeper:
        # More than SQLite holds in memory, so that it writes before the end, and gives all up by itself.
        with files_of_at_most(100_000), pytest.raises(sqlite3.OperationalError) as failing:
            keeper.put({"/_search/en/a.json": Seen(EN, "x" * 40_000_000, sheet)})
        assert not is_damage(failing.value)
        keeper.put({"/_search/en/a.json": Seen(EN, "x", sheet)})
        assert "/_search/en/a.json" in keeper.files()
