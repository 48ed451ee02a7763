"""Languages of the paper, named by BCP 47 codes."""

from __future__ import annotations

import re
from typing import Final, Literal, NewType

from broadsheet.plain.errors import BadLocale

Locale = NewType("Locale", str)

#: The locale of a subject that holds all its languages in one document (ISO 639-2 "mul": multiple languages).
MULTIPLE: Final = Locale("mul")

_SHAPE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_RIGHT_TO_LEFT: Final = frozenset({"ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"})


def parse_locale(text: str) -> Locale:
    """Return the code as a Locale.

    Raises: BadLocale.  Source: BCP 47 (RFC 5646), the subset language[-Script][-REGION].
    """
    if not _SHAPE.fullmatch(text):
        msg = f"{text!r} is not a language code such as en, vi or pt-BR."
        raise BadLocale(msg)
    return Locale(text)


def direction(locale: Locale) -> Literal["ltr", "rtl"]:
    """Return the writing direction, as the HTML ``dir`` attribute wants it."""
    parts = locale.split("-")
    if "Arab" in parts or "Hebr" in parts:
        return "rtl"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT else "ltr"
