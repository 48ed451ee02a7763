"""The oracle over the real edition: facts forgotten in ``edition.touched`` show up here as stale pages."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from PIL import Image

from broadsheet.edition import facts
from broadsheet.edition.composer import EditionComposer
from broadsheet.ledger.pictures import keep_original
from broadsheet.press.stores import MemoryStore
from tests.oracles.edition_world import MOVES, EditionWorld
from tests.oracles.harness import ORACLE, Newsday, OracleFailed, histories

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from broadsheet.press.values import FactName

pytestmark = pytest.mark.django_db(databases=["default", "snapshot"])


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


#: Real pages cost a second a history: all of them in CI, a third at the desk.
REAL = ORACLE if ORACLE.max_examples >= 500 else settings(ORACLE, max_examples=ORACLE.max_examples // 3)


@pytest.mark.timeout(3600)
def test_after_any_history_of_acts_the_site_is_what_a_full_press_would_put(
    tmp_path: Path, originals: list[str]
) -> None:
    @REAL
    @given(histories(MOVES))
    def oracle(history: list[Any]) -> None:
        live_in_a_rolled_back_world(history, tmp_path, originals)

    oracle()


class Forgets(EditionComposer):
    """Forgets one kind of fact whatever happens."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def touched(self, *args: Any, **kwargs: Any) -> frozenset[FactName]:
        """Leave the kind out."""
        return frozenset(name for name in super().touched(*args, **kwargs) if name.partition(":")[0] != self.kind)


class ForgetsBefore(EditionComposer):
    """Forgets where a story stood before."""

    def touched(self, *args: Any, **kwargs: Any) -> frozenset[FactName]:
        """Remember nothing."""
        return super().touched(*args, **(kwargs | {"stored": lambda _name: None}))


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    "kind", ["card", "story", "place", "list", "editions", "byline", "picture", "section", "sections", "paper"]
)
def test_the_oracle_misses_no_forgotten_fact(tmp_path: Path, originals: list[str], kind: str) -> None:
    assert_caught(tmp_path, originals, Forgets(kind))


@pytest.mark.timeout(1800)
def test_the_oracle_catches_an_edition_that_forgets_the_place_before(tmp_path: Path, originals: list[str]) -> None:
    assert_caught(tmp_path, originals, ForgetsBefore())


def assert_caught(data_dir: Path, originals: list[str], composer: EditionComposer) -> None:
    @settings(ORACLE, max_examples=500, database=None, phases=[Phase.generate], print_blob=False)
    @given(histories(MOVES))
    def oracle(history: list[Any]) -> None:
        live_in_a_rolled_back_world(history, data_dir, originals, composer)

    with pytest.raises(OracleFailed):
        oracle()
