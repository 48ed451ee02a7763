"""What every test may use.

``shared_data`` gives the folder of real files beside the checkout; without it a test is skipped, in CI it fails.
Transactional tests (``@pytest.mark.django_db(transaction=True)``) need nothing special: emptying the tables after
them would be refused by the guards of ledger and run log, so the guards are lifted for that moment and put back; then come the
roots Wagtail's migrations had made.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from django.test import TransactionTestCase

from tests.factories.guards import guards_lifted
from tests.factories.roots import put_back_roots

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
    if SHARED_DATA.is_dir():
        return SHARED_DATA
    reason = f"needs the real files of {SHARED_DATA.parent.name}/{SHARED_DATA.name} beside the checkout"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _flush_may_empty_the_ledger() -> Iterator[None]:
    """Let Django empty the tables after a transactional test, and only then."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def flush_without_guards(case: TransactionTestCase) -> None:
        with guards_lifted():
            flush(case)
        put_back_roots()

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", flush_without_guards)
    yield
    patch.undo()
