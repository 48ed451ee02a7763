"""What every test may use.

``shared_data`` gives the folder of real files beside the checkout; without it a test is skipped, in CI it fails.
Transactional tests (``@pytest.mark.django_db(transaction=True)``) need nothing special: after each the tables hold
again what the migrations had put there, no more and no less. The guards of ledger and run log are lifted for that moment.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from django.test import TransactionTestCase

from tests.factories.missing import do_without
from tests.factories.rows import every_table, put_back, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# How long an example takes says something about the machine and nothing about the code. (CI has a profile like this.)
if hypothesis.settings.get_current_profile_name() == "default":
    hypothesis.settings.register_profile("suite", deadline=None)
    hypothesis.settings.load_profile("suite")

TESTS = Path(__file__).resolve().parent
SHARED_DATA = TESTS.parents[1] / "shared" / "data"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what asks for the suite's database, so that the rest need not run on each kind of it."""
    if item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*getattr(item, "fixturenames", ())}:
        item.add_marker("database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with whole papers and histories, which take minutes: what is short then fills the time beside them."""
    folders = ["newsday", "oracles"]
    place = {folder: number for number, folder in enumerate(folders)}
    items.sort(key=lambda item: place.get(item.path.relative_to(TESTS).parts[0], len(folders)))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder ``../shared/data``. Mark tests that use it with ``@pytest.mark.shared``."""
    if not SHARED_DATA.is_dir():
        do_without(f"needs the real files of {SHARED_DATA.parent.name}/{SHARED_DATA.name} beside the checkout")
    return SHARED_DATA


@pytest.fixture(scope="session", autouse=True)
def _transactional_tests_leave_the_database_as_migrated() -> Iterator[None]:
    """Instead of Django's way, which empties 130 tables and then makes all rights anew."""
    as_migrated = functools.cache(lambda: rows_of(every_table()))
    patch = pytest.MonkeyPatch()
    # The first of them finds the database as it was migrated: all other tests undo what they did.
    patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(lambda _: as_migrated()))
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: put_back(as_migrated()))
    yield
    patch.undo()
