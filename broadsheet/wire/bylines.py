"""Who wrote it: the one line an agency prints, taken apart into people and agencies."""

from __future__ import annotations

import re
from typing import Final

import msgspec

#: Agencies by the names they sign with. A whole name must match, so that "Anna Reuters" stays a person.
_AGENCIES: Final = frozenset(
    {
        "aap", "afp", "agence france-presse", "anp", "ansa", "ap", "apa", "associated press", "belga", "bloomberg", "bta",
        "cna", "dpa", "efe", "interfax", "ips", "kyodo", "kyodo news", "lusa", "mti", "ntb", "pa", "pap", "pti", "reuters",
        "ritzau", "sda", "stt", "tass", "the associated press", "tt", "ttxvn", "upi", "vna", "xinhua", "yonhap",
    }
)  # fmt: skip
#: The word that joins the last two names, by language. English is always understood.
_AND: Final = {
    "de": "und", "eo": "kaj", "es": "y", "fr": "et", "it": "e", "nb": "og", "pt": "e", "sv": "och", "vi": "và",
}  # fmt: skip
_LEAD: Final = re.compile(r"^\s*(?:by|by:)\s+", re.IGNORECASE)


class Signature(msgspec.Struct, frozen=True):
    """One name under the headline."""

    name: str
    is_agency: bool = False


def split_by(text: str, *, language: str) -> tuple[Signature, ...]:
    """Return the names in order, each once.

    Shapes: empty for an empty line. ``language`` is the item's, for its word for "and".
    """
    joined = {"and", "&", _AND.get(language.partition("-")[0], "and")}
    pattern = "|".join(re.escape(word) for word in sorted(joined))
    parts = re.split(rf"\s*[,;]\s*(?:(?:{pattern})\s+)?|\s+(?:{pattern})\s+", _LEAD.sub("", text))
    names = dict.fromkeys(name for part in parts if (name := part.strip().rstrip(". ")))
    return tuple(Signature(name=name, is_agency=name.casefold() in _AGENCIES) for name in names)
