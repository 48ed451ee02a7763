"""Hits as readers see them: the words looked for marked in the text as it was printed. Everything else is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.plain.folding import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.plain.folding import Word
    from broadsheet.serve.search.questions import Phrase

_EXCERPT_CHARACTERS: Final = 240
_BEFORE_CHARACTERS: Final = 80
#: Of a longer text only the beginning is looked through for words to mark.
_LOOKED_CHARACTERS: Final = 30_000


class Span(NamedTuple):
    """A part of a text."""

    start: int
    end: int


def marked(text: str, phrases: Sequence[Phrase]) -> str:
    """Return the whole text as HTML."""
    return _printed(text, _spans(text, phrases), Span(0, len(text)))


def excerpt(standfirst: str, text: str, phrases: Sequence[Phrase]) -> str:
    """Return some words of the story as HTML: the standfirst where it has a hit or nothing has, else round the first hit."""
    in_standfirst = _spans(standfirst, phrases)
    looked = text[:_LOOKED_CHARACTERS]
    in_text = [] if in_standfirst else _spans(looked, phrases)
    if standfirst and not in_text:
        return _printed(standfirst, in_standfirst, _window(standfirst, in_standfirst))
    return _printed(looked, in_text, _window(looked, in_text))


def _spans(text: str, phrases: Sequence[Phrase]) -> list[Span]:
    words = list(words_in(text))
    found = sorted(span for place in range(len(words)) for phrase in phrases for span in _at(words, place, phrase))
    joined: list[Span] = []
    for span in found:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def _at(words: Sequence[Word], place: int, phrase: Phrase) -> Iterable[Span]:
    """Yield where the phrase stands if it begins with the word at that place."""
    first = words[place]
    if phrase.begins:
        if first.folded.startswith(phrase.words[0]):
            # Of two signs together only the first was asked for.
            yield Span(first.start, first.end if first.folded == phrase.words[0] else first.start + 1)
        return
    if first.folded != phrase.words[0]:
        return
    here = words[place : place + len(phrase.words)]
    if tuple(word.folded for word in here) == phrase.words:
        yield Span(first.start, here[-1].end)


def _window(text: str, spans: Sequence[Span]) -> Span:
    """Return the part to show, from word to word, with the first hit in it."""
    if len(text) <= _EXCERPT_CHARACTERS:
        return Span(0, len(text))
    start = max(0, spans[0].start - _BEFORE_CHARACTERS) if spans else 0
    if start:
        space = text.find(" ", start, spans[0].start)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + _EXCERPT_CHARACTERS)
    if end < len(text):
        space = text.rfind(" ", spans[0].end if spans else start, end)
        end = space if space > start else end
    return Span(start, end)


def _printed(text: str, spans: Iterable[Span], window: Span) -> str:
    parts = ["…" if window.start else ""]
    at = window.start
    for span in spans:
        start, end = max(span.start, at), min(span.end, window.end)
        if start < end:
            parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    parts += [escape(text[at : window.end]), "…" if window.end < len(text) else ""]
    return "".join(parts)
