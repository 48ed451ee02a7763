"""Slips: the run log as small files beside the sheets, for programs that follow the folder and have no database.

A slip names the paths one run put or removed; whoever follows looks at those again. It is put after the files and
before the run is closed, so a run that died has none, and the next one, which writes its sheets again, tells of them.
A name is a number that grows and a random part: one that is still there tells that no slip after it is missing, also
when folder or database were made anew meanwhile. No Django here.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

SLIPS: Final = ".slips"
#: Whoever is behind by more runs looks through the whole folder.
KEPT_SLIPS: Final = 500
_NAME: Final = re.compile("[0-9]{12}-[0-9a-f]{8}")


def slip_names(place: Path) -> list[str]:
    """Return the names of the slips, oldest first; none where there never was a run."""
    try:
        return sorted(each.name for each in place.iterdir() if _NAME.fullmatch(each.name))
    except FileNotFoundError:
        return []


def next_slip(place: Path) -> str:
    """Return a name for the next slip."""
    names = slip_names(place)
    last = int(names[-1].partition("-")[0]) if names else 0
    return f"{last + 1:012}-{secrets.token_hex(4)}"


def spent_slips(place: Path) -> list[Path]:
    """Return the slips that are not kept any more."""
    return [place / name for name in slip_names(place)[:-KEPT_SLIPS]]
