"""The deep check: compose every sheet again and compare with what stands in the store. It writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from broadsheet.press.kernel import ComposedSheet, compose_sheet
from broadsheet.press.locking import only_press
from broadsheet.press.machine import Press, one_snapshot
from broadsheet.press.models import Sheet
from broadsheet.press.stores import Stored
from broadsheet.press.values import Form, Rank, SheetPath

if TYPE_CHECKING:
    from collections.abc import Iterator


class Difference(NamedTuple):
    """A path where the store does not hold what a press into an empty store would put."""

    path: SheetPath
    sentence: str


def differences(press: Press) -> Iterator[Difference]:
    """Yield every difference; no press runs meanwhile. Assets no sheet asks for any more are fine until swept.

    Raises: AnotherPressRuns.
    """
    with only_press(press.data_dir), one_snapshot(press) as alias:
        reader = press.composer.open_reader(alias)
        expected: set[SheetPath] = set()
        for path in press.composer.every_sheet(reader):
            expected.add(path)
            try:
                composed = compose_sheet(composer=press.composer, path=path, reader=reader)
            except Exception as error:  # noqa: BLE001 - the check lists everything that is wrong
                yield Difference(path, f"it cannot be composed: {error}")
                continue
            yield from _against_store(press, path, composed, expected)
        for path in press.store.walk():
            if path not in expected and not Sheet.objects.filter(path=path, rank=Rank.ASSET).exists():
                yield Difference(path, "it stands in the folder and no sheet of this path exists")


def _against_store(
    press: Press, path: SheetPath, composed: ComposedSheet | None, expected: set[SheetPath]
) -> Iterator[Difference]:
    if composed is None:
        yield Difference(path, "the composer lists it and does not know it")
        return
    if press.store.read(path) != Stored(composed.form, composed.data):
        yield Difference(path, "its file is not what a full press would put")
    for asset in composed.assets:
        if asset not in expected and press.store.read(asset) != Stored(Form.FILE, press.composer.asset(asset)):
            yield Difference(asset, f"the asset is missing or broken; {path} needs it")
        expected.add(asset)
