"""A new paper: its file, its secret, its folders. No Django: settings can be read only once these files stand."""

from __future__ import annotations

import json
import os
import secrets
from typing import TYPE_CHECKING, Final

from babel import Locale as CldrLocale
from babel import UnknownLocaleError

from broadsheet.plain.configuration import FILE_NAME, load_configuration
from broadsheet.plain.errors import BadConfiguration, PlainError
from broadsheet.plain.locales import parse_locale

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SECRETS_FILE: Final = ".env"
_THEME_WORDS: Final = """\
Templates, stylesheet, fonts, pictures and words of this paper. A file here takes the place of Broadsheet's own of the
same name; its page "Your paper's own look" says how.
"""


class PaperExists(BadConfiguration):
    """There is a paper in that folder already."""


def found_paper(*, folder: Path, name: str, languages: Sequence[str], zone: str, base_url: str) -> None:
    """Write ``broadsheet.toml``, ``.env`` (readable by the owner only) and the theme folder.

    Nothing is left behind when the values are refused.  Raises: PaperExists, PlainError.
    """
    path = folder / FILE_NAME
    for taken in (path, folder / SECRETS_FILE):
        if taken.exists():
            msg = f"{folder} holds a paper already ({taken.name}). Choose another folder."
            raise PaperExists(msg)
    text = configuration_text(name=name, languages=languages, zone=zone, base_url=base_url)
    was_there = folder.is_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        load_configuration(folder)
    except PlainError:
        path.unlink()
        if not was_there:
            folder.rmdir()
        raise
    write_secrets(folder / SECRETS_FILE)
    theme = folder / "theme"
    theme.mkdir(exist_ok=True)
    (theme / "README.md").write_text(_THEME_WORDS, encoding="utf-8")


def configuration_text(*, name: str, languages: Sequence[str], zone: str, base_url: str) -> str:
    """Return the text of a ``broadsheet.toml``. Each language is named as it names itself.

    Raises: BadLocale, and BadConfiguration for what is not text.
    """
    lines = ["[paper]", f"name = {_quoted(name)}", f"base_url = {_quoted(base_url)}", f"zone = {_quoted(zone)}"]
    for code in languages:
        lines += ["", "[[languages]]", f"code = {_quoted(code)}", f"name = {_quoted(_own_name(code))}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return the text as a TOML string: a JSON string with DEL escaped, which JSON lets stand and TOML does not."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        msg = f"{text!a} is not valid text."
        raise BadConfiguration(msg) from error
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_secrets(path: Path) -> None:
    """Write a new secret key to the file, which must not exist; nobody but the owner may read it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"BROADSHEET_SECRET_KEY={secrets.token_urlsafe(50)}\n")


def _own_name(code: str) -> str:
    """Return what speakers call the language; the code itself where the Unicode tables do not know it."""
    try:
        name = CldrLocale.parse(parse_locale(code), sep="-").get_display_name()
    except (UnknownLocaleError, ValueError) as error:
        if isinstance(error, PlainError):
            raise
        return code
    return name[:1].upper() + name[1:] if name else code
