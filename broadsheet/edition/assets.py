"""The theme: files beside the sheets (stylesheet, script, fonts, mark, logo, picture for links). No story's pictures.

A file in the paper's own ``theme`` folder takes the place of ours of the same name. An address carries the digest of the
bytes, so that a file once put never changes and may be kept by browsers for ever. Files are read once a process.
"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from django.conf import settings
from PIL import Image

from broadsheet.edition import own_look
from broadsheet.edition.errors import UnknownAsset
from broadsheet.plain.canonical import sha256_hex
from broadsheet.press.values import SheetPath

_OURS: Final = Path(__file__).parent / "theme"
_DIGEST_DIGITS: Final = 16

STYLESHEET: Final = "paper.css"
SCRIPT: Final = "paper.js"
MARK: Final = "mark.svg"
LOGO: Final = "logo.png"
#: Shown where a story without a picture is linked to.
SOCIAL: Final = "social.png"

#: Says which characters which font has. It has no address: the stylesheet begins with it.
_FONTS: Final = "fonts.css"
_VIEW_BOX: Final = re.compile(r'viewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')
_FONT: Final = re.compile(r'url\("([a-z0-9.-]+\.woff2)"\)')


def theme_folder() -> Path:
    """Return the folder of the paper's own templates and files; it need not exist."""
    return Path(settings.PAPER_DIR) / "theme"


@cache
def theme_path(name: str) -> SheetPath:
    """Return the address of one of the theme's files."""
    stem, _, ending = name.rpartition(".")
    return SheetPath(f"/assets/{stem}.{sha256_hex(theme_bytes(name))[:_DIGEST_DIGITS]}.{ending}")


@cache
def theme_bytes(name: str) -> bytes:
    """Return one of the theme's files: the paper's own, or ours. The stylesheet comes with its fonts."""
    return _faces() + style() if name == STYLESHEET else _read(name)


def style() -> bytes:
    """Return the stylesheet without fonts, in the paper's own colours: for a page that may fetch nothing."""
    return _read(STYLESHEET) + own_look.colours().encode()


@cache
def font_names() -> tuple[str, ...]:
    """Return the files of the fonts, in the order in which the theme names them."""
    return tuple(dict.fromkeys(_FONT.findall(_read(_FONTS).decode())))


@cache
def theme_picture_size(name: str) -> tuple[int, int]:
    """Return width and height of one of the theme's pictures. Units: pixels."""
    if name.endswith(".svg"):
        return _drawn_size(theme_bytes(name).decode(errors="replace"))
    with Image.open(BytesIO(theme_bytes(name))) as picture:
        return picture.size


@cache
def theme_paths() -> tuple[SheetPath, ...]:
    """Return the addresses of all the theme's files."""
    return tuple(theme_path(name) for name in _names())


def theme_asset(path: SheetPath) -> bytes:
    """Return the theme's file at that address.

    Raises: UnknownAsset, also for the address of an older version of the file.
    """
    for name in _names():
        if theme_path(name) == path:
            return theme_bytes(name)
    msg = f"The theme has no {path}."
    raise UnknownAsset(msg)


def _names() -> tuple[str, ...]:
    own = (own_look.nameplate(),) if own_look.nameplate() else ()
    return (STYLESHEET, SCRIPT, MARK, LOGO, SOCIAL, *own, *font_names())


def _drawn_size(drawing: str) -> tuple[int, int]:
    """Return the size of an SVG by its viewBox; one without is taken to be three times as wide as high."""
    found = _VIEW_BOX.search(drawing)
    return (max(1, round(float(found[1]))), max(1, round(float(found[2])))) if found else (300, 100)


def _faces() -> bytes:
    """Return what says which fonts there are, with their addresses."""
    return _FONT.sub(lambda found: f'url("{theme_path(found[1])}")', _read(_FONTS).decode()).encode()


def _read(name: str) -> bytes:
    own = theme_folder() / name
    return (own if own.is_file() else _OURS / name).read_bytes()
