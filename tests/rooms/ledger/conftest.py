"""The ledger alone: a projector of its own stands in for the edition's."""

from __future__ import annotations

import pytest

from broadsheet.ledger import projecting
from tests.factories.ledger import ListsByDay


@pytest.fixture(autouse=True)
def _lists_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    # The fixture a test itself patches with, so that everything is undone in one order, the last patch first.
    monkeypatch.setattr(projecting, "_registered", [ListsByDay()])
