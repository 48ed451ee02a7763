"""Gather and render one sheet: record what it reads, keep moving lists out of story pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from broadsheet.press.errors import MovingFactInStory
from broadsheet.press.kernel.facts import Facts
from broadsheet.press.sheet_paths import check_form, clean_segments
from broadsheet.press.values import FactName, Form, Gathered, Rank, SheetPath

if TYPE_CHECKING:
    from broadsheet.press.composing import Composer

#: There are as many of these as stories, so a list that moves with every release must not touch them.
_SETTLED_ONLY: Final = frozenset({Rank.STORY, Rank.TOMBSTONE})


class GatheredSheet(NamedTuple):
    """One sheet's plain values (None: there is no such sheet), what it read, and why it failed if it did."""

    path: SheetPath
    gathered: Gathered | None
    readings: dict[FactName, str]
    failure: Exception | None = None


class ComposedSheet(NamedTuple):
    """One finished sheet, not put anywhere."""

    path: SheetPath
    form: Form
    data: bytes
    assets: tuple[SheetPath, ...]


def gather_sheet(*, composer: Composer, path: SheetPath, facts: Facts) -> GatheredSheet:
    """Return the sheet's values and its readings; an error is kept in ``failure`` together with what was read.

    Raises: the errors ``facts`` calls fatal.
    """
    readings: dict[FactName, str] = {}

    def read(name: FactName) -> Any:  # noqa: ANN401 - a fact is any plain value
        known = facts.know(name)
        readings[name] = known.digest
        if known.error is not None:
            raise known.error
        return known.value

    try:
        clean_segments(path)
        gathered = composer.gather(path, read)
        if gathered is not None:
            _check(path, gathered, composer, readings)
    except facts.fatal:
        raise
    except Exception as error:  # noqa: BLE001 - one broken sheet must not stop the others; the run records it
        return GatheredSheet(path, None, readings, error)
    return GatheredSheet(path, gathered, readings)


def compose_sheet(*, composer: Composer, path: SheetPath, reader: Any) -> ComposedSheet | None:  # noqa: ANN401
    """Compose one sheet from the reader, with no tables: for previews, deep checks and the oracle.

    Shapes: None where no such sheet exists.
    Raises: whatever composing raised; BadSheetPath; MovingFactInStory.
    """
    sheet = gather_sheet(composer=composer, path=path, facts=Facts(composer=composer, reader=reader))
    if sheet.failure is not None:
        raise sheet.failure
    if sheet.gathered is None:
        return None
    gathered = sheet.gathered
    return ComposedSheet(path, gathered.form, composer.render(gathered), gathered.assets)


def _check(path: SheetPath, gathered: Gathered, composer: Composer, readings: dict[FactName, str]) -> None:
    check_form(path, gathered.form)
    for asset in gathered.assets:
        check_form(asset, Form.FILE)
    if gathered.rank in _SETTLED_ONLY:
        for name in readings:
            if composer.is_moving(name):
                msg = f"{path} read the moving list {name}; a story sheet may read settled facts only."
                raise MovingFactInStory(msg)
