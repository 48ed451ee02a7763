"""The ledger alone: a projector of its own stands in for the edition's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet.ledger import projecting
from tests.factories.ledger import ListsByDay

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _lists_by_day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(projecting, "_registered", [ListsByDay()])
        yield
