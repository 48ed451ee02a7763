"""A press over the real ledger and the real edition, into memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from broadsheet.edition.composer import EditionComposer
from broadsheet.plain.times import utc_now
from broadsheet.press import actions, queries
from broadsheet.press.stores import MemoryStore, Stored
from tests.factories.ledger import NOW, VI, a_paper, a_section, released

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pytest_django import Settings

    from broadsheet.press.values import Form, SheetPath


class LoggingStore(MemoryStore):
    """Remembers in which order it was written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def put(self, path: SheetPath, form: Form, data: bytes) -> None:
        """Keep and remember."""
        super().put(path, form, data)
        self.written.append(path)

    def remove(self, path: SheetPath) -> None:
        """Forget and remember."""
        super().remove(path)
        self.written.append(path)


@dataclass
class Paper:
    """A paper in two languages with the section news, pressed."""

    data_dir: Path
    store: LoggingStore = field(default_factory=LoggingStore)
    now: datetime = NOW

    def press(self) -> list[str]:
        """Press what is due; return what was written, in order, assets left out."""
        self.store.written.clear()
        press = actions.Press(
            composer=EditionComposer(clock=lambda: self.now),
            store=self.store,
            data_dir=self.data_dir,
            clock=utc_now,
            snapshot="default",
        )
        actions.press_due(press=press)
        assert (queries.stale_sheets(), queries.failed_sheets()) == ((), ())
        return [path for path in self.store.written if not path.startswith(("/assets/", "/pictures/"))]

    def read(self, path: str) -> Stored | None:
        """What stands at that address."""
        return self.store.read(path)  # type: ignore[arg-type]

    def page(self, path: str) -> Any:
        """The page as a tree."""
        stored = self.read(path)
        assert stored is not None, f"nothing stands at {path}"
        return html.document_fromstring(stored.data.decode())


@pytest.fixture
def paper(tmp_path: Path, settings: Settings, db: None) -> Paper:  # noqa: ARG001 - the tables must be there
    """The paper before its first story."""
    settings.DATA_DIR, settings.PICTURES_DIR = tmp_path, tmp_path / "pictures"
    for document in (a_paper(), a_section(title="News"), a_section(title="Tin tức", locale=VI)):
        released(document)
    made = Paper(tmp_path)
    made.press()
    return made
