"""The paper's own file, ``broadsheet.toml``: its name, address, zone and languages.

Example::

    [paper]
    name = "The Harbour Post"
    base_url = "https://www.example.org"
    zone = "Asia/Ho_Chi_Minh"

    [[languages]]
    code = "en"
    name = "English"
    description = "News from the coast"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from broadsheet.plain.colours import READABLE, contrast, is_colour
from broadsheet.plain.errors import BadConfiguration
from broadsheet.plain.locales import Locale, parse_locale

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "broadsheet.toml"
#: What pages are printed on, in light and in dark.
WHITE: Final = "#ffffff"
BLACK: Final = "#121315"
_CONTACT: Final = re.compile(r"[^@\s:/]+@[^@\s:/]+\.[^@\s:/]+|https://[^\s\"<>]+")
_PICTURE: Final = re.compile(r"[a-z0-9][a-z0-9.-]*\.(svg|png|webp)")


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language of the paper: its code, its own name for itself, and the paper's line in it."""

    code: Locale
    name: str
    description: str = ""
    #: Lines at the foot of every page: who publishes it, where.
    footer: str = ""


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the paper is called, where readers find it, and whose days it keeps."""

    name: str
    base_url: str
    zone: str
    #: A mail address or whole web address by which readers reach it.
    contact: str = ""


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The paper's own look; what is empty is Broadsheet's. Colours are like ``#0a5c8c``; the nameplate is a theme file."""

    accent: str = ""
    accent_dark: str = ""
    nameplate: str = ""


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. The first language is the one ``/`` leads to."""

    paper: Paper
    languages: tuple[Language, ...]
    theme: Theme = Theme()


def load_configuration(folder: Path) -> Configuration:
    """Read and check ``broadsheet.toml`` in that folder.

    Raises: BadConfiguration with the sentence that says what to write.
    """
    path = folder / FILE_NAME
    try:
        configuration = msgspec.toml.decode(path.read_bytes(), type=Configuration)
    except FileNotFoundError as error:
        msg = f"There is no {FILE_NAME} in {folder}. Make a paper with: broadsheet init {folder}"
        raise BadConfiguration(msg) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        msg = f"{path} cannot be read: {error}"
        raise BadConfiguration(msg) from error
    _check(configuration, path)
    return configuration


def _check(configuration: Configuration, path: Path) -> None:
    codes = [language.code for language in configuration.languages]
    if not codes or len(set(codes)) != len(codes):
        msg = f"{path} must name at least one language, each once, under [[languages]]."
        raise BadConfiguration(msg)
    for code in codes:
        parse_locale(code)
    try:
        ZoneInfo(configuration.paper.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        msg = f"{path}: {configuration.paper.zone!r} is not a time zone such as Europe/Madrid."
        raise BadConfiguration(msg) from error
    address = urlsplit(configuration.paper.base_url)
    if address.scheme not in {"http", "https"} or not address.hostname or address.path not in {"", "/"}:
        msg = f"{path}: base_url must be like https://www.example.org, without a path."
        raise BadConfiguration(msg)
    if configuration.paper.contact and not _CONTACT.fullmatch(configuration.paper.contact):
        msg = f"{path}: contact must be a mail address, or a web address that begins with https://."
        raise BadConfiguration(msg)
    _check_theme(configuration.theme, path)


def _check_theme(theme: Theme, path: Path) -> None:
    for key, colour, paper in (("accent", theme.accent, WHITE), ("accent_dark", theme.accent_dark, BLACK)):
        if not colour:
            continue
        if not is_colour(colour):
            msg = f"{path}: {key} must be a colour like #0a5c8c."
            raise BadConfiguration(msg)
        if (found := contrast(colour, paper)) < READABLE:
            msg = (
                f"{path}: words in {colour} cannot be read on {paper} ({found:.1f} to 1). Choose {key} further from it."
            )
            raise BadConfiguration(msg)
    if theme.nameplate and not (
        _PICTURE.fullmatch(theme.nameplate) and (path.parent / "theme" / theme.nameplate).is_file()
    ):
        msg = f"{path}: nameplate must be an svg, png or webp file in the folder theme, such as nameplate.svg."
        raise BadConfiguration(msg)
