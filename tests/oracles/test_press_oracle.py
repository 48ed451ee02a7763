"""The oracle over the toy paper, and proof that it can fail: presses with seeded faults do not get past it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import hypothesis
import msgspec
import pytest
from django.db import connection, transaction
from hypothesis import Phase, given
from hypothesis import strategies as st

from broadsheet.press import writing
from broadsheet.press.models import Run
from broadsheet.press.stores import FolderStore, MemoryStore, Store
from broadsheet.press.values import Rank
from tests.factories.toy_paper import ToyComposer
from tests.oracles.harness import ORACLE, Act, Newsday, OracleFailed, Press, histories
from tests.oracles.toy_world import MOVES, ToyWorld, moves_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from broadsheet.press.kernel import Step
    from broadsheet.press.values import FactName

pytestmark = pytest.mark.django_db(databases=["default", "snapshot"])


class ForgetsBefore(ToyComposer):
    """Forgets the lists a story was in before it moved."""

    def _places(self, before: Any, after: Any) -> list[Any]:  # noqa: ARG002 - that is the fault
        return [after] if after else []


class ForgetsNeighbours(ToyComposer):
    """Forgets the days beside one that opened or emptied."""

    def _neighbourhood(self, day: int, stored: Any, reader: Any) -> set[FactName]:  # noqa: ARG002 - that is the fault
        return set()


class PutsListsFirst(ToyComposer):
    """Gives every story the rank of a fragment, so that lists go before it."""

    def gather(self, path: Any, read: Any) -> Any:
        gathered = super().gather(path, read)
        if gathered is None or gathered.rank is not Rank.STORY:
            return gathered
        return msgspec.structs.replace(gathered, rank=Rank.FRAGMENT)


def lose_the_plan() -> None:
    """What a press without a plan would know after a crash: nothing."""
    Run.objects.filter(state=Run.State.OPEN).update(state=Run.State.CLOSED)


def live_in_a_rolled_back_world(
    history: list[Any],
    data_dir: Path,
    *,
    composer: type[ToyComposer] = ToyComposer,
    store: Store | None = None,
    before_press: Callable[[], None] = lambda: None,
) -> int:
    """Live one history inside a transaction that is undone; return how often the press died."""
    with transaction.atomic():
        newsday = Newsday(ToyWorld(composer), store or MemoryStore(), data_dir, before_press=before_press)
        try:
            newsday.live(history)
        finally:
            transaction.set_rollback(True)
    return newsday.deaths


def test_after_any_history_the_site_is_what_a_full_press_would_put(tmp_path: Path) -> None:
    lived, deaths = 0, 0

    @ORACLE
    @given(histories(MOVES))
    def oracle(history: list[Any]) -> None:
        nonlocal lived, deaths
        deaths += live_in_a_rolled_back_world(history, tmp_path)
        lived += 1

    oracle()
    assert deaths > lived // 4


@pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])
def test_it_holds_where_every_statement_is_really_committed(tmp_path: Path, settings: SettingsWrapper) -> None:
    settings.DATA_DIR = tmp_path
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")  # no power cuts here, and many commits

    @hypothesis.settings(ORACLE, max_examples=ORACLE.max_examples // 5)
    @given(histories(MOVES))
    def oracle(history: list[Any]) -> None:
        newsday = Newsday(ToyWorld(), MemoryStore(), tmp_path, snapshot="snapshot")
        newsday.forget()
        newsday.live(history)

    try:
        oracle()
    finally:
        connection.close()  # the next one flushes again


def test_the_folder_holds_what_a_full_press_would_put(tmp_path: Path) -> None:
    count = 0

    @hypothesis.settings(ORACLE, max_examples=10)
    @given(histories(MOVES))
    def oracle(history: list[Any]) -> None:
        nonlocal count
        count += 1
        folder = tmp_path / f"site-{count}"
        folder.mkdir()
        live_in_a_rolled_back_world(history, tmp_path, store=FolderStore(folder))

    oracle()


def test_the_oracle_catches_a_composer_that_forgets_the_place_before(tmp_path: Path) -> None:
    assert_caught(tmp_path, histories(moves_of("release", "move", stories=2)), composer=ForgetsBefore)


def test_the_oracle_catches_a_composer_that_forgets_the_neighbours_of_a_day(tmp_path: Path) -> None:
    assert_caught(tmp_path, histories(moves_of("release", "move", stories=2)), composer=ForgetsNeighbours)


def test_the_oracle_catches_lists_that_are_put_before_their_stories(tmp_path: Path) -> None:
    assert_caught(tmp_path, histories(moves_of("release", stories=1)), composer=PutsListsFirst)


def test_the_oracle_catches_a_press_that_loses_its_plan(tmp_path: Path) -> None:
    to_and_fro = st.builds(Act, moves_of("body", stories=1))
    dying = st.builds(Press, st.integers(15, 50))
    assert_caught(tmp_path, st.lists(to_and_fro | dying, min_size=10, max_size=30), before_press=lose_the_plan)


def test_the_oracle_catches_a_press_that_does_not_log_removals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log_steps = writing.log_steps

    def without_removals(steps: Iterable[Step], **noted: Any) -> None:
        log_steps([step for step in steps if step.form is not None], **noted)

    monkeypatch.setattr(writing, "log_steps", without_removals)
    assert_caught(tmp_path, histories(moves_of("release", "state", stories=2)))


def assert_caught(data_dir: Path, likely: st.SearchStrategy[list[Any]], **fault: Any) -> None:
    """Assert that one of the histories, drawn so that they are likely to meet the fault, is caught."""

    @hypothesis.settings(ORACLE, max_examples=2000, database=None, phases=[Phase.generate], print_blob=False)
    @given(likely)
    def oracle(history: list[Any]) -> None:
        live_in_a_rolled_back_world(history, data_dir, **fault)

    with pytest.raises(OracleFailed):
        oracle()
