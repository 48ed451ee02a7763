"""A search that meets a full disk says so and harms nothing."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from broadsheet.serve.search.following import Follower
from broadsheet.serve.search.index import DAMAGED_NAME, FILE_NAME, Keeper, index_folder
from broadsheet.serve.search.searching import Searching
from broadsheet.serve.values import Request
from tests.factories.full_disk import files_of_at_most
from tests.rooms.serve.searched import SearchedPaper

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
