"""The folder of pictures that comes with an archive, and finding in it what an item means.

Must never read outside the folder, nor anything that is not named like a picture.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.wire.items import Association

_ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"})
_LAST_PART: Final = re.compile(r"[/:#]")


class PictureFolder:
    """The pictures below a folder, by name; without a folder there are none. Case does not matter."""

    def __init__(self, folder: Path | None) -> None:
        self._paths: dict[str, Path] = {}
        for where, _, names in os.walk(folder) if folder else ():
            for name in sorted(names):
                path = Path(where) / name
                if path.suffix.lower() in _ENDINGS and path.is_file() and not path.is_symlink():
                    self._paths.setdefault(name.lower(), path)
                    self._paths.setdefault(path.stem.lower(), path)

    def of_association(self, association: Association) -> Path | None:
        """Return the file of a picture: by its renditions, widest first, then by its uri and other ids."""
        hrefs = [rendition.href for rendition in association.renditions]
        return self._first([*hrefs, association.uri, *association.other_ids])

    def of_address(self, address: str) -> Path | None:
        """Return the file of a picture in a body."""
        return self._first([address])

    def _first(self, addresses: Iterable[str]) -> Path | None:
        for address in addresses:
            name = _file_name(address)
            found = self._paths.get(name) or self._paths.get(Path(name).stem)
            if name and found:
                return found
        return None


def _file_name(address: str) -> str:
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        path = address
    return _LAST_PART.split(path)[-1].strip().lower()
