"""The oracle over the real edition: facts forgotten in ``edition.touched`` show up here as stale pages."""

from __future__ import annotations

from contextlib import nullcontext
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from PIL import Image

from broadsheet.edition import facts
from broadsheet.edition.composer import EditionComposer
from broadsheet.ledger.pictures import keep_original
from broadsheet.press.stores import MemoryStore
from tests.oracles.edition_world import MOVES, EditionWorld, Move
from tests.oracles.harness import ORACLE, Act, LoseTables, Newsday, OracleFailed, Press, histories

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from broadsheet.press.values import FactName

pytestmark = pytest.mark.django_db


@pytest.fixture
def originals(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two tiny pictures; and lists of three, so that stories fall off their end."""
    monkeypatch.setattr(facts, "NEWEST_STORIES", 3)
    settings.PICTURES_DIR = tmp_path / "pictures"
    return [keep_original(data=_jpeg(shade), pictures_dir=settings.PICTURES_DIR).digest for shade in (40, 200)]


def _jpeg(shade: int) -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 30), (shade, shade, shade)).save(data, "JPEG")
    return data.getvalue()


def live_in_a_rolled_back_world(
    history: list[Any], data_dir: Path, originals: list[str], composer: EditionComposer | None = None
) -> None:
    with transaction.atomic():
        try:
            Newsday(EditionWorld(originals, composer), MemoryStore(), data_dir).live(history)
        finally:
            transaction.set_rollback(True)


#: Real pages cost a second a history, and CI has both databases and half an hour: a fifth of what the toy paper gets.
REAL = settings(ORACLE, max_examples=ORACLE.max_examples // 5)


@pytest.mark.timeout(3600)
def test_after_any_history_of_acts_the_site_is_what_a_full_press_would_put(
    tmp_path: Path, originals: list[str]
) -> None:
    @REAL
    @given(histories(MOVES))
    def oracle(history: list[Any]) -> None:
        live_in_a_rolled_back_world(history, tmp_path, originals)

    oracle()


def test_files_of_a_picture_go_though_the_run_that_brought_them_died(tmp_path: Path, originals: list[str]) -> None:
    """Found by the oracle: the picture's notice came after its files were put, and before the run could say so."""
    withdrawal = Move("picture", 0, 43, 0)
    for dies_at in range(60, 110, 6):
        history = [LoseTables(), Press(None), Act(Move("story", 0, 46, 0)), Press(dies_at, meanwhile=(withdrawal,))]
        live_in_a_rolled_back_world(history, tmp_path, originals)


class Forgets(EditionComposer):
    """Forgets one kind of fact whatever happens."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def __str__(self) -> str:
        return f"forgets {self.kind}"

    def touched(self, *args: Any, **kwargs: Any) -> frozenset[FactName]:
        """Leave the kind out."""
        return frozenset(name for name in super().touched(*args, **kwargs) if name.partition(":")[0] != self.kind)


FORGOTTEN = (
    *("card", "story", "place", "list", "editions", "byline", "picture", "section", "sections", "paper"),
    *("page", "page-place", "navigation", "front", "strip", "redirects", "redirect"),
    *("shelf", "near", "bucket", "days", "sitemap", "window", "authors", "corrections", "corrected"),
    *("topic", "topics", "about"),
)


class ForgetsBefore(EditionComposer):
    """Forgets where a story stood before."""

    def __str__(self) -> str:
        return "forgets before"

    def touched(self, *args: Any, **kwargs: Any) -> frozenset[FactName]:
        """Remember nothing."""
        return super().touched(*args, **(kwargs | {"stored": lambda _name: None}))


#: A day on which everything there is changes once more, pressed after each act. (A fixed one: random histories need
#: some hundred tries to meet the rarest of these faults, and a second each.)
BUSY_DAY = [
    *(Move("story", which, 0b110, 0) for which in range(4)),
    Move("edit", 0, 0, 1),  # a headline
    Move("edit", 1, 1, 1),  # a body
    Move("edit", 2, 0b010 + 3, 0),  # another section
    Move("story", 0, 0b111, 0),  # another group of versions
    Move("story", 2, 0b1010, 0),  # another byline, no picture
    Move("picture", 0, 0b100, 0),
    Move("byline", 0, 0b100, 0),  # another key
    Move("topic", 0, 0b1001, 1),  # another name in each language
    Move("topic", 0, 0b11001, 1),  # with a description
    Move("section", 0, 0, 1),  # another title
    Move("section", 1, 0b100, 0),  # another order
    Move("page", 0, 0b000, 0),
    Move("page", 0, 0b010000, 0),  # another body
    Move("page", 0, 0b000, 1),  # another title, in the foot of every page
    Move("navigation", 0, 0b000100, 0),
    Move("page", 0, 0b011, 0),  # withdrawn
    Move("withdraw", 3, 0, 0),
    Move("story", 3, 0, 0),
    Move("languages", 0, 2, 0),
    Move("languages", 0, 0b1000, 0),
    Move("story", 0, 0b100000, 0),  # another month
    Move("front", 0, 0b101000, 0),  # its first story until tomorrow, and another featured
    Move("front", 2, 0b000001, 0),
    Move("withdraw", 0, 0, 0),  # out of its slots
    Move("story", 0, 0, 0),  # without its correction
    Move("front", 0, 0b000010, 0),  # a strip, for two days
    Move("redirects", 0, 1, 0),
    Move("redirects", 0, 1, 1),  # to elsewhere
    Move("redirects", 0, 0, 0),
    Move("day", 0, 0, 0),
    Move("day", 0, 0, 0),
]


@pytest.mark.parametrize("composer", [None, *map(Forgets, FORGOTTEN), ForgetsBefore()], ids=str)
def test_a_busy_day_shows_any_forgotten_fact(
    tmp_path: Path, originals: list[str], composer: EditionComposer | None
) -> None:
    day = [step for move in BUSY_DAY for step in (Act(move), Press(None))]
    with pytest.raises(OracleFailed) if composer else nullcontext():
        live_in_a_rolled_back_world(day, tmp_path, originals, composer)
