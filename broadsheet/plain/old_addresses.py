"""Addresses that pages once had, in the one form in which they are kept, put and asked for.

Old addresses come from anywhere: in any script, with percent signs, with or without a slash at their end. All spellings
of one address are one.
"""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import unquote

from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.errors import BadAddress, BadLocale
from broadsheet.plain.locales import parse_locale

_PATH_BYTES: Final = 900
_PART_BYTES: Final = 200
#: What no page of an older site can have had here: it belongs to the reader server, or is no page.
_OURS: Final = frozenset({"assets", "pictures", "sitemaps", "healthz", "robots.txt", "sitemap.xml", "404.html"})
#: A redirect is a folder: of one of these names it would stand where the file of a page does, its own among them, and
#: below a language of one of those where another file of ours does, today or once the paper has that language.
_PAGE_FILES: Final = frozenset({"index.html", "gone.html", "moved.txt"})
_FILES: Final = frozenset({"404.html", "atom.xml", "rss.xml", "site.webmanifest"})
#: Categories of Unicode no address is written with, but for the joiners of Persian and Indian scripts.
_UNWRITTEN: Final = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


def written_address(text: str) -> str:
    """Return an address as somebody wrote it, percent signs resolved once and letters composed (NFC).

    Raises: BadAddress.
    """
    if not text.startswith("/") or text.startswith("//"):
        msg = f"“{text}” does not begin with one slash."
        raise BadAddress(msg)
    if "?" in text or "#" in text:
        msg = f"“{text}” has a question mark or a number sign; addresses are told apart by what stands before it."
        raise BadAddress(msg)
    try:
        return unicodedata.normalize("NFC", unquote(text, errors="strict"))
    except UnicodeDecodeError as error:
        msg = f"“{text}” has percent signs that are no UTF-8."
        raise BadAddress(msg) from error


def old_address(path: str) -> str:
    """Return a path without percent signs as it is kept: with a slash at its end, and without ``index.html``.

    Raises: BadAddress, for what cannot have been the address of a page.
    """
    parts = unicodedata.normalize("NFC", path).removesuffix("/").split("/")[1:]
    if parts and parts[-1] == "index.html":
        parts.pop()
    if not parts:
        msg = "The front door leads to the first language, and nowhere else."
        raise BadAddress(msg)
    # Files have twins beside them.
    names = [part.removesuffix(".br").removesuffix(".gz") for part in parts]
    if names[0].startswith("_") or names[0] in _OURS:
        msg = f"“/{parts[0]}” belongs to the reader server."
        raise BadAddress(msg)
    if not _PAGE_FILES.isdisjoint(names) or (_is_language(names[0]) and not _FILES.isdisjoint(names)):
        msg = f"“{path[:80]}” is kept for a file of the site."
        raise BadAddress(msg)
    if len("/".join(parts).encode(errors="replace")) > _PATH_BYTES or not all(map(_is_written, parts)):
        msg = f"“{path[:80]}” cannot be the address of a page."
        raise BadAddress(msg)
    return f"/{'/'.join(parts)}/"


def shelf_of(address: str) -> str:
    """Return the shelf on which the redirect from an old address is kept: one of 256, two hex digits."""
    return sha256_hex(address.encode())[:2]


def _is_language(part: str) -> bool:
    try:
        parse_locale(part)
    except BadLocale:
        return False
    return True


def _is_written(part: str) -> bool:
    if not part or part.startswith(".") or any(letter in '\\%?#"<>' for letter in part):
        return False
    # A lone surrogate has no bytes; its category is refused.
    return len(part.encode(errors="replace")) <= _PART_BYTES and not any(
        unicodedata.category(letter) in _UNWRITTEN for letter in part
    )
