"""Inline markup as runs of text with their marks, and runs as words. Pure.

A mark is what markup does to the words inside it: makes them bold, or a link that leads somewhere.
"""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

import regex

from broadsheet.plain.html import SafeHtml, clean_inline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Mark(NamedTuple):
    """One element around words. ``detail`` is where a link leads, or what a short form stands for."""

    tag: str
    detail: str = ""


class Run(NamedTuple):
    """Words in a row with the same marks, the outermost first. A line break is a newline in the text."""

    text: str
    marks: tuple[Mark, ...] = ()


#: Scripts written without spaces: each sign stands for itself, with the vowels and tones written on it.
_UNSPACED: Final = r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}"
_LETTERS: Final = rf"[[\p{{L}}\p{{N}}\p{{M}}\p{{Pc}}\u200c\u200d]--[{_UNSPACED}]]"
#: Not Unicode's own rule for words (UAX 29): finding its boundaries takes quadratic time in a row of flags.
_WORD: Final = regex.compile(
    rf"""
    [{_UNSPACED}][\p{{M}}\u200d]*
    | {_LETTERS}+(?:[.,'’]{_LETTERS}+)*             # one word: 3,500 and don't
    | \s+
    | \p{{Regional_Indicator}}{{2}}                 # a flag is two letters
    | .[\p{{M}}\p{{Emoji_Modifier}}\u200d]*         # any other sign, with what belongs to it
    """,
    regex.VERSION1 | regex.VERBOSE | regex.DOTALL,
)


#: More than any sentence has. Deeper or fuller markup is made to be slow to read.
_DEEPEST: Final = 16
_MOST_TAGS: Final = 2_000


def plain_runs(text: str) -> tuple[Run, ...]:
    """Return plain text as runs."""
    return (Run(text),) if text else ()


def runs_of(markup: SafeHtml) -> tuple[Run, ...]:
    """Return the inline markup as runs.

    Markup the paper would not print today is returned as the characters it is made of: nothing of it is hidden from
    an inspector, and what cleaners write is regular, so that Python's parser reads it in one pass.
    """
    if markup.count("<") > _MOST_TAGS or clean_inline(markup) != markup:
        return plain_runs(markup)
    parser = _Runs()
    parser.feed(markup)
    parser.close()
    return plain_runs(markup) if parser.is_too_deep else merged(parser.runs)


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of the same marks as one, and empty ones left out."""
    groups = groupby((run for run in runs if run.text), key=lambda run: run.marks)
    return tuple(Run("".join(run.text for run in group), marks) for marks, group in groups)


def words_of(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield each word, each space between and each sign, with its marks; joined they are the same text.

    Source: Unicode's properties of characters; a word is letters, digits and the marks on them in any script that
    sets words apart, and a single sign in one that does not.
    """
    for run in runs:
        yield from (Run(word, run.marks) for word in _WORD.findall(run.text))


class _Runs(HTMLParser):
    """Collects runs from clean inline markup."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[Run] = []
        self.is_too_deep = False
        self._open: list[Mark] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        if tag == "br":
            self.runs.append(Run("\n", tuple(self._open)))
        elif len(self._open) == _DEEPEST:
            self.is_too_deep = True
        else:
            self._open.append(Mark(tag, " ".join(value or "" for _name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        """See HTMLParser. Clean markup closes what it opens, in order."""
        if self._open and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """See HTMLParser."""
        self.runs.append(Run(data, tuple(self._open)))
