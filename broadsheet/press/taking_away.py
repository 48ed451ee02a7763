"""Taking files from the site at once that no sheet may show any more, without waiting for a full press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.press.models import Sheet
from broadsheet.press.values import Rank, SheetPath

if TYPE_CHECKING:
    from broadsheet.press.stores import Store


def take_assets_away(*, store: Store, beginning: str) -> tuple[SheetPath, ...]:
    """Remove every asset whose path begins so, and forget that it stands; return their paths.

    A sheet that still asks for one gets it put again. Doing it again takes away what was left by a crash.
    Raises: StoreError.
    """
    paths = [
        SheetPath(path)
        for path in Sheet.objects.filter(rank=Rank.ASSET, path__startswith=beginning).values_list("path", flat=True)
    ]
    for path in paths:
        # The file first: a row without a file is found again, a file without a row only by a full press.
        store.remove(path)
        Sheet.objects.filter(path=path).delete()
    return tuple(paths)
