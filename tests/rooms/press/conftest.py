"""A toy paper over the real tables, in memory or in a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from broadsheet.plain.times import utc_now
from broadsheet.press import actions
from broadsheet.press.stores import MemoryStore, Store
from tests.factories.toy_paper import ToyComposer, ToyPaper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from broadsheet.press.values import Form, SheetPath, Subject


class LoggingStore(MemoryStore):
    """Remembers in which order it was written and what was told, and lets a test act at each write."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[SheetPath] = []
        self.told: list[SheetPath] = []
        self.on_write: Callable[[SheetPath], None] = lambda _: None

    def put(self, path: SheetPath, form: Form, data: bytes) -> None:
        self.on_write(path)
        super().put(path, form, data)
        self.written.append(path)

    def remove(self, path: SheetPath) -> None:
        self.on_write(path)
        super().remove(path)
        self.written.append(path)

    def tell(self, paths: Iterable[SheetPath]) -> None:
        self.told.extend(paths)


@dataclass
class Newsroom:
    data_dir: Path
    snapshot: str = "default"
    paper: ToyPaper = field(default_factory=ToyPaper)
    store: LoggingStore = field(default_factory=LoggingStore)

    def __post_init__(self) -> None:
        self.composer = ToyComposer(self.paper)

    def press(self, store: Store | None = None) -> actions.Press:
        return actions.Press(
            composer=self.composer,
            store=store or self.store,
            data_dir=self.data_dir,
            clock=utc_now,
            snapshot=self.snapshot,
        )

    def tell(self, *subjects: Subject) -> None:
        with transaction.atomic():
            for subject in subjects:
                actions.post_notice(subject=subject, now=utc_now())

    def press_due(self) -> list[actions.RunReport]:
        self.store.written.clear()
        return list(actions.press_due(press=self.press()))

    def press_all(self) -> list[actions.RunReport]:
        self.store.written.clear()
        return list(actions.press_all(press=self.press()))

    def with_stories(self, count: int) -> Newsroom:
        for _ in range(count):
            self.paper.release()
        self.press_all()
        return self


@pytest.fixture
def newsroom(tmp_path: Path, settings: SettingsWrapper) -> Newsroom:
    """One that works inside the test's transaction."""
    settings.DATA_DIR = tmp_path
    return Newsroom(data_dir=tmp_path)


@pytest.fixture
def open_newsroom(tmp_path: Path, settings: SettingsWrapper) -> Newsroom:
    """One that really commits and reads its snapshots on the second connection: for transactional tests."""
    settings.DATA_DIR = tmp_path
    return Newsroom(data_dir=tmp_path, snapshot="snapshot")
