"""What a run writes and in which order. Pure: values in, values out.

The order keeps one promise at every moment, also when the run dies in the middle: no list links to a missing page.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from broadsheet.plain.canonical import sha256_hex
from broadsheet.press.values import Form, Rank, SheetPath, SheetState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from broadsheet.press.kernel.gathering import GatheredSheet

#: A run is the unit of retry, so it must be small.  Source: docs/decisions/0006.
SHEETS_PER_RUN: Final = 200


class Stage(IntEnum):
    """Work too big for one run is cut along these: a later stage waits until no earlier one is left."""

    STORIES = 0
    LISTS = 1
    REMOVALS = 2


class Candidate(NamedTuple):
    """A sheet that may have to be pressed. They sort in the order they are tried.

    ``stage`` is a guess from the last press until the sheet is gathered. ``waited`` is false for a sheet that belongs
    to the subject of a notice just taken: news goes before the backlog.
    """

    stage: Stage
    waited: bool
    path: SheetPath


class Step(msgspec.Struct, frozen=True):
    """One write of a run. ``form`` None removes the sheet; ``digest`` is that of the bytes put.

    ``renderer`` is the digest of what made the bytes; empty for an asset or a removal.
    """

    path: SheetPath
    form: Form | None
    rank: Rank | None
    digest: str
    renderer: str = ""


class Print(NamedTuple):
    """A sheet or an asset as it came from the renderer."""

    path: SheetPath
    form: Form
    rank: Rank
    data: bytes
    renderer: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes, in hex: what anybody can compute from the file."""
        return sha256_hex(self.data)


def stage_of(rank: Rank | None) -> Stage:
    """Return the stage of a sheet of this rank; None stands for a sheet that must be removed."""
    if rank is None:
        return Stage.REMOVALS
    return Stage.STORIES if rank <= Rank.STORY else Stage.LISTS


def fits(sheets: Sequence[GatheredSheet], *, standing: Collection[SheetPath]) -> int:
    """Return how many of the sheets, from the first, one run takes with the assets they bring; at least one.

    Shapes: ``standing`` are the assets that need not be put again.
    """
    assets: set[SheetPath] = set()
    for count, sheet in enumerate(sheets):
        if sheet.gathered is not None:
            assets.update(asset for asset in sheet.gathered.assets if asset not in standing)
        if count and count + 1 + len(assets) > SHEETS_PER_RUN:
            return count
    return len(sheets)


def may_go(sheet: GatheredSheet, *, waiting: Stage | None) -> bool:
    """Return whether the sheet may be pressed now, while sheets of stage ``waiting`` (None: no more) are left."""
    if sheet.failure is not None or waiting is None:
        return True
    return stage_of(sheet.gathered.rank if sheet.gathered else None) <= waiting


def plan_steps(
    *, prints: Iterable[Print], removals: Iterable[SheetPath], known: Mapping[SheetPath, SheetState]
) -> tuple[Step, ...]:
    """Return the writes in order: by rank, then path, then removals from the last rank to the first.

    What stands there already is left out.

    Shapes: ``known`` holds every one of these paths that has ever been put; an empty digest in it means that nobody
    knows what stands there, so the sheet is put again.
    """
    steps = [
        Step(path=each.path, form=each.form, rank=each.rank, digest=each.digest, renderer=each.renderer)
        for each in prints
        if not _stands(known.get(each.path), each)
    ]
    steps.sort(key=lambda step: (step.rank or "", step.path))
    # What leads to a page goes before it.
    leaving = sorted(
        (path for path in sorted(removals) if path in known), key=lambda path: known[path].rank, reverse=True
    )
    return (*steps, *(Step(path=path, form=None, rank=None, digest="") for path in leaving))


def _stands(state: SheetState | None, sheet: Print) -> bool:
    return state is not None and state.form == sheet.form and state.digest == sheet.digest
