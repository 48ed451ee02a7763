"""Words as they are looked for, whatever the script: without accents, capitals and other ways to write the same.

Text and query go through the same function here, so that "da nang" finds "Đà Nẵng" and a word is never folded two ways.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Letters whose stroke Unicode does not take off as an accent.
_STROKES: Final = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe"})
#: Letters that readers type in another form. Alef with hamza or madda loses it as an accent; tatweel only stretches.
_FORMS: Final = str.maketrans(
    {
        "\u0131": "i",
        "ð": "d",
        "þ": "th",
        "ŧ": "t",
        "\u0671": "\u0627",
        "\u0629": "\u0647",
        "\u0649": "\u064a",
        "\u06cc": "\u064a",
        "\u06a9": "\u0643",
        **dict.fromkeys(("\u0640", "\u00ad", "\u200d"), ""),
    }
)
#: Scripts written without spaces between words: every two signs that stand together are looked for as one word.
_JOINED: Final = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u3005\u3007\u30fc\uff70"
)
_RUN: Final = regex.compile(
    rf"(?P<joined>(?:[{_JOINED}]\p{{M}}*+)++)|[[\p{{L}}\p{{M}}\p{{N}}\u00ad\u200d]--[{_JOINED}]]++", regex.VERSION1
)
_SIGN: Final = regex.compile(r"\X")
_PART: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+")
#: No word is longer; what is, was typed to wear something out.
_WORD_CHARACTERS: Final = 64


class Word(NamedTuple):
    """A word as it is looked for, and where it stands in the text: ``text[start:end]``.

    ``closes`` marks the last sign of a run of signs without spaces: it is there to be found alone, and no part of the
    run when that is looked for.
    """

    folded: str
    start: int
    end: int
    closes: bool = False


def without_accents(text: str) -> str:
    """Return the text in small plain letters, its punctuation and spaces as they are."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).translate(_STROKES)


def words_in(text: str) -> Iterator[Word]:
    """Yield the words of the text in their order, at most 64 characters of each; two may stand at one place."""
    for run in _RUN.finditer(text):
        start, end = run.span()
        if run["joined"]:
            yield from _joined_words(run[0], start)
        else:
            yield from (Word(part, start, end) for part in _folded(run[0]))


def _joined_words(run: str, start: int) -> Iterator[Word]:
    """Yield every two neighbouring signs, and the last sign alone."""
    places = [sign.span() for sign in _SIGN.finditer(run)]
    for (first, _), (_, last) in pairwise(places):
        yield from (Word(part, start + first, start + last) for part in _folded(run[first:last]))
    first, last = places[-1]
    yield from (Word(part, start + first, start + last, closes=True) for part in _folded(run[first:last]))


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> tuple[str, ...]:
    """Return the word folded: mostly one, several where a single sign stands for several words (½, ﷺ)."""
    plain = without_accents(word[:_WORD_CHARACTERS]).translate(_FORMS)
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)
    return tuple(_PART.findall(digits))
