"""From the path of a request to an address in the pressed folder. Everything doubtful is simply not found.

An allow-list, not a list of attacks: published addresses are made of plain ASCII names, so a path with anything else in
it (a dot first, an empty name, a backslash, a percent sign left over from double encoding, NUL, letters that look like
dots) names no page we ever pressed. Only old addresses, which lead on, may be written in any script.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from broadsheet.plain.errors import BadAddress
from broadsheet.plain.old_addresses import old_address
from broadsheet.plain.searching import SEARCH_FOLDER

#: Longer than any address a paper has (four short names and a slug of 80 bytes).
PATH_CHARACTERS: Final = 1024

_NAME: Final = r"[A-Za-z0-9_][A-Za-z0-9._~@+-]*"
_SHAPE: Final = re.compile(rf"(?:/{_NAME})*/?")
#: Files the folder keeps for the server's own use; readers meet them only at the address they stand for.
_INNER_NAMES: Final = frozenset({"gone.html", "moved.txt", "404.html"})
_TWIN_ENDINGS: Final = (".br", ".gz")


class Address(NamedTuple):
    """A clean address. ``folder_path`` ends with a slash; ``name`` is empty for a page."""

    folder_path: str
    name: str

    @property
    def path(self) -> str:
        """Return the whole path."""
        return self.folder_path + self.name


@lru_cache(maxsize=4096)
def parse_address(path: str) -> Address | None:
    """Return the address the path names, or None where no such address can exist.

    ``path`` is percent-decoded once. ``/en/index.html`` comes back as name ``index.html``: the caller redirects it.
    """
    if not path or len(path) > PATH_CHARACTERS or not _SHAPE.fullmatch(path):
        return None
    folder_path, slash, name = path.rpartition("/")
    if path.startswith(SEARCH_FOLDER):
        return None
    if name in _INNER_NAMES or name.endswith(_TWIN_ENDINGS):
        return None
    return Address(folder_path + slash, name)


def parse_old_address(path: str) -> Address | None:
    """Return the address as a redirect from it would be kept, in any script; None where there can be none.

    ``path`` is percent-decoded once.
    """
    try:
        return Address(old_address(path), "") if path.startswith("/") and len(path) <= PATH_CHARACTERS else None
    except BadAddress:
        return None


def not_found_pages(path: str) -> tuple[str, ...]:
    """Return the files that may explain a missing page, best first: that of the first segment, then the paper's."""
    first = re.match(rf"/({_NAME})(?=/|$)", path[:PATH_CHARACTERS])
    return (f"/{first[1]}/404.html", "/404.html") if first else ("/404.html",)
