"""Files beside the sheets: the theme's own (stylesheet, mark, logo, picture for links) and pictures in their sizes.

A name carries the digest of the bytes, so that a file once put never changes and may be kept by browsers for ever.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from broadsheet.edition.errors import UnknownAsset
from broadsheet.plain.canonical import sha256_hex
from broadsheet.press.values import SheetPath

_THEME: Final = Path(__file__).parent / "theme"
_DIGEST_DIGITS: Final = 16

STYLESHEET: Final = "paper.css"
MARK: Final = "mark.svg"
LOGO: Final = "logo.png"
#: Shown where a story without a picture is linked to. Units: pixels.
SOCIAL: Final = "social.png"
SOCIAL_SIZE: Final = (1200, 630)
LOGO_SIZE: Final = (600, 600)

_NAMES: Final = (STYLESHEET, MARK, LOGO, SOCIAL)


@cache
def theme_path(name: str) -> SheetPath:
    """Return the address of one of the theme's files."""
    stem, _, ending = name.rpartition(".")
    return SheetPath(f"/assets/{stem}.{sha256_hex(theme_bytes(name))[:_DIGEST_DIGITS]}.{ending}")


@cache
def theme_bytes(name: str) -> bytes:
    """Return one of the theme's files."""
    return (_THEME / name).read_bytes()


def theme_paths() -> tuple[SheetPath, ...]:
    """Return the addresses of all the theme's files."""
    return tuple(theme_path(name) for name in _NAMES)


def theme_asset(path: SheetPath) -> bytes:
    """Return the theme's file at that address.

    Raises: UnknownAsset, also for the address of an older version of the file.
    """
    for name in _NAMES:
        if theme_path(name) == path:
            return theme_bytes(name)
    msg = f"The theme has no {path}."
    raise UnknownAsset(msg)
