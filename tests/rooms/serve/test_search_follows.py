"""The index follows the press: what is new comes in, what is taken away is out first, and it mends itself."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from subprocess import Popen

import pytest

from broadsheet.press.slips import SLIPS
from broadsheet.press.values import Form, SheetPath
from broadsheet.serve.search.following import Follower, only_follower
from broadsheet.serve.search.index import FILE_NAME, Keeper, Seen, index_folder
from tests.factories.full_disk import files_of_at_most
from tests.rooms.serve.reading import Reader, wait_for
from tests.rooms.serve.searched import SearchedPaper, Searcher

Start = Callable[..., tuple[Reader, Popen[bytes]]]


class LoggingKeeper(Keeper):
    """Remembers what was taken in and out, in order."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.done: list[tuple[str, list[str]]] = []

    def put(self, sheets: Mapping[str, Seen]) -> None:
        super().put(sheets)
        if sheets:
            self.done.append(("in", sorted(sheets)))

    def remove(self, paths: Iterable[str]) -> None:
        gone = sorted(paths)
        super().remove(gone)
        if gone:
            self.done.append(("out", gone))


@pytest.fixture
def paper(folder: Path) -> SearchedPaper:
    """A paper with one story."""
    paper = SearchedPaper(folder)
    paper.publish("Ferry runs again")
    return paper


@pytest.fixture
def keeper(folder: Path) -> Iterable[LoggingKeeper]:
    """An index of the paper's that nobody follows yet."""
    index_folder(folder).mkdir()
    with closing(LoggingKeeper(index_folder(folder) / FILE_NAME)) as keeper:
        yield keeper


def looked(keeper: LoggingKeeper, folder: Path) -> list[tuple[str, list[str]]]:
    """What one look takes in and out."""
    keeper.done.clear()
    Follower(folder).look(keeper)
    return keeper.done


def test_a_release_is_found_and_a_kill_is_gone_at_the_next_request(start: Start, paper: SearchedPaper) -> None:
    searcher = Searcher(start("--workers", "2")[0])
    wait_for(searcher.is_ready)
    path = paper.publish("Storm at sea")
    wait_for(lambda: searcher.found("storm") == ["Storm at sea"])
    paper.publish("Quiet at sea", key=path[-37:-5])
    wait_for(lambda: searcher.found("quiet") == ["Quiet at sea"])
    assert searcher.found("storm") == []
    paper.withdraw(path)
    assert {tuple(searcher.found("quiet")) for _ in range(6)} == {()}
    assert searcher.found("ferry") == ["Ferry runs again"]


def test_what_readers_cannot_have_is_no_hit_though_nobody_has_told_the_index(
    start: Start, paper: SearchedPaper
) -> None:
    path = paper.publish("Storm at sea")
    searcher = Searcher(start()[0])
    wait_for(lambda: searcher.found("storm") == ["Storm at sea"])
    paper.store.put(paper.page_of(path), Form.GONE, b"gone")
    assert searcher.found("storm") == []


def test_a_damaged_a_cut_and_an_old_index_are_made_anew(start: Start, paper: SearchedPaper, folder: Path) -> None:
    file = index_folder(folder) / FILE_NAME

    def damage() -> None:
        file.write_bytes(b"\xff" * file.stat().st_size)

    def cut() -> None:
        os.truncate(file, file.stat().st_size // 2)

    def damage_words() -> None:
        data = file.read_bytes()
        file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))

    for number, harm in enumerate((lambda: None, damage, cut, damage_words)):
        harm()
        reader, process = start()
        searcher = Searcher(reader)
        paper.publish(f"Storm {number}")
        wait_for(lambda: searcher.found(f"storm {number}") == [f"Storm {number}"])  # noqa: B023 - done at once
        assert searcher.found("ferry") == ["Ferry runs again"]
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=15)


def test_a_lost_and_an_old_index_are_made_anew_while_readers_search(
    start: Start, paper: SearchedPaper, folder: Path
) -> None:
    searcher = Searcher(start()[0])
    file = index_folder(folder) / FILE_NAME

    def age() -> None:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA user_version = 0")

    for number, harm in enumerate((file.unlink, age)):
        wait_for(searcher.is_ready)
        before = file.stat().st_ino
        harm()
        wait_for(lambda: file.exists() and file.stat().st_ino != before)  # noqa: B023 - done at once
        paper.publish(f"Storm {number}")
        wait_for(lambda: searcher.found(f"storm {number}") == [f"Storm {number}"])  # noqa: B023 - done at once
        assert searcher.found("ferry") == ["Ferry runs again"]


def test_a_follower_that_was_killed_is_started_again(start: Start, paper: SearchedPaper) -> None:
    reader, process = start()
    searcher = Searcher(reader)
    wait_for(searcher.is_ready)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    (follower,) = [child for child in children if b"search.following" in Path(f"/proc/{child}/cmdline").read_bytes()]
    os.kill(int(follower), signal.SIGKILL)
    paper.publish("Storm at sea")
    wait_for(lambda: searcher.found("storm") == ["Storm at sea"])


def test_where_no_index_can_be_kept_readers_get_their_pages_and_are_told(
    start: Start, paper: SearchedPaper, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    index_folder(folder).write_text("in the way")
    searcher = Searcher(start()[0])
    path = paper.publish("Storm at sea")
    assert searcher.reader.ask(paper.page_of(path)).status == 200
    assert b"being set up" in searcher.ask("storm").body
    said: list[str] = []

    def is_told() -> bool:
        said.append(capfd.readouterr().err)
        return "cannot be kept" in "".join(said)

    wait_for(is_told)


def test_slips_bring_in_what_they_name_and_nothing_else(
    paper: SearchedPaper, keeper: LoggingKeeper, folder: Path
) -> None:
    assert [what for what, _ in looked(keeper, folder)] == ["in"]
    assert looked(keeper, folder) == []
    path = paper.publish("Storm at sea")
    paper.publish("Untold", tell=False)
    assert looked(keeper, folder) == [("in", [path])]


def test_however_much_is_new_what_was_taken_away_is_out_first(
    paper: SearchedPaper, keeper: LoggingKeeper, folder: Path
) -> None:
    killed = paper.publish("Storm at sea")
    looked(keeper, folder)
    fresh = [paper.publish(f"Story {number}") for number in range(120)]
    paper.withdraw(killed)
    done = looked(keeper, folder)
    assert done[0] == ("out", [killed])
    assert [what for what, _ in done[1:]] == ["in", "in"]
    assert sorted(path for _, paths in done[1:] for path in paths) == sorted(fresh)


@pytest.mark.parametrize("loses", ["some", "all"])
def test_where_slips_are_missing_only_files_that_are_others_are_read(
    paper: SearchedPaper, keeper: LoggingKeeper, folder: Path, loses: str
) -> None:
    killed, changed = paper.publish("Storm at sea"), paper.publish("Calm at sea")
    looked(keeper, folder)
    paper.withdraw(killed)
    paper.publish("Calm today", key=changed[-37:-5])
    fresh = paper.publish("News")
    slips = sorted((folder / SLIPS).iterdir())
    for slip in slips if loses == "all" else slips[:-1]:
        slip.unlink()
    assert looked(keeper, folder) == [("out", [killed]), ("in", sorted([changed, fresh]))]
    assert looked(keeper, folder) == []


def test_a_folder_made_anew_is_taken_in_as_it_is_now(paper: SearchedPaper, keeper: LoggingKeeper, folder: Path) -> None:
    old = paper.publish("Storm at sea")
    looked(keeper, folder)
    folder.rename(folder.with_name("before"))
    fresh = SearchedPaper(folder).publish("Another paper", key="a" * 32)
    (out, gone), *rest = looked(keeper, folder)
    assert out == "out"
    assert old in gone
    assert rest == [("in", [fresh])]


def test_what_was_taken_out_leaves_no_word_in_the_file(
    paper: SearchedPaper, keeper: LoggingKeeper, folder: Path
) -> None:
    for number in range(50):
        paper.publish(f"Story {number}", "common words " * 20)
    killed = paper.publish("Zanzibarine affair", "zanzibarine " * 50)
    looked(keeper, folder)
    paper.withdraw(killed)
    looked(keeper, folder)
    wait_for(lambda: keeper.tidy() or not keeper.state("untidy"))  # type: ignore[func-returns-value]
    for file in index_folder(folder).iterdir():
        assert b"anzibarine" not in file.read_bytes()


def test_a_sheet_that_cannot_be_read_is_left_out_and_the_others_come_in(
    paper: SearchedPaper, keeper: LoggingKeeper, folder: Path
) -> None:
    paper.store.put(SheetPath("/_search/en/broken.json"), Form.FILE, b"{")
    path = paper.publish("Storm", published_iso="some day")
    paper.store.tell([SheetPath("/_search/en/broken.json"), path])
    assert [(what, len(paths)) for what, paths in looked(keeper, folder) if what == "in"] == [("in", 1)]


def test_on_a_full_disk_nothing_is_half_and_what_was_missed_comes_later(
    paper: SearchedPaper, keeper: LoggingKeeper, folder: Path
) -> None:
    looked(keeper, folder)
    fresh = [paper.publish(f"Story {number}", "word " * 3000) for number in range(40)]
    with files_of_at_most(20_000), pytest.raises(sqlite3.OperationalError):
        looked(keeper, folder)
    assert looked(keeper, folder) == [("in", sorted(fresh))]


def test_one_program_keeps_the_index(folder: Path) -> None:
    with only_follower(folder) as first, only_follower(folder) as second:
        assert (first, second) == (True, False)
    with only_follower(folder) as third:
        assert third
