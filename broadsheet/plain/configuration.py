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

from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from broadsheet.plain.errors import BadConfiguration
from broadsheet.plain.locales import Locale, parse_locale

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "broadsheet.toml"


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language of the paper: its code, its own name for itself, and the paper's line in it."""

    code: Locale
    name: str
    description: str = ""


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the paper is called, where readers find it, and whose days it keeps."""

    name: str
    base_url: str
    zone: str


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. The first language is the one ``/`` leads to."""

    paper: Paper
    languages: tuple[Language, ...]


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
