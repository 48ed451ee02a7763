"""The page of hits, printed on what the press has put for it; how that is marked stands in its template.

``[[name]]`` is filled, and what stands between ``<!--name-->`` and ``<!--/name-->`` is repeated, once for each of the
values given for it. What nobody gives is left empty.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.plain.locales import Locale, direction
from broadsheet.plain.searching import search_address
from broadsheet.serve.search.highlighting import excerpt, marked
from broadsheet.serve.search.questions import PAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.plain.searching import SearchSheet
    from broadsheet.serve.search.questions import Phrase, Question

_PART: Final = re.compile(r"<!--([a-z]+)-->(.*?)<!--/\1-->", re.DOTALL)
_HOLE: Final = re.compile(r"\[\[([A-Za-z0-9:-]+)\]\]")


class Hit(NamedTuple):
    """A story that was found."""

    locale: Locale
    sheet: SearchSheet


class Found(NamedTuple):
    """What is said to a question. ``is_ready`` is false while the index is made, ``is_whole`` where the time ran out."""

    hits: Sequence[Hit] = ()
    has_more: bool = False
    is_ready: bool = True
    is_whole: bool = True


def print_results(shell: str, *, locale: Locale, question: Question, found: Found) -> str:
    """Return the page as HTML."""
    phrases = question.phrases
    parts: dict[str, list[Mapping[str, str]]] = {
        "hit": [_hit(hit, phrases) for hit in found.hits],
        "unready": [] if found.is_ready else [{}],
        "broad": [] if found.is_whole else [{}],
        "none": [{}] if question.is_asked and found.is_ready and found.is_whole and not found.hits else [],
        "back": [{"back": _turned(locale, question, -1)}] if question.page > 1 else [],
        "on": [{"on": _turned(locale, question, 1)}] if found.has_more and question.page < PAGES else [],
    }
    form = _form(locale, question)
    printed = []
    at = 0
    for part in _PART.finditer(shell):
        printed.append(_filled(shell[at : part.start()], form))
        printed += [_filled(part[2], values) for values in parts.get(part[1], [])]
        at = part.end()
    return "".join((*printed, _filled(shell[at:], form)))


def _form(locale: Locale, question: Question) -> dict[str, str]:
    chosen = dict.fromkeys(
        (f"section:{question.section}", f"language:{question.language or locale}", f"order:{question.order}"),
        " selected",
    )
    return {
        "q": escape(question.text),
        "by": escape(question.by),
        "from": question.first_day.isoformat() if question.first_day else "",
        "to": question.last_day.isoformat() if question.last_day else "",
        "open": " open" if question.narrows else "",
        **chosen,
    }


def _hit(hit: Hit, phrases: Sequence[Phrase]) -> dict[str, str]:
    sheet = hit.sheet
    return {
        "locale": hit.locale,
        "direction": direction(hit.locale),
        "path": escape(sheet.path),
        "genre": escape(sheet.genre),
        "label": escape(sheet.label),
        "section": escape(sheet.section_title),
        "headline": marked(sheet.headline, phrases),
        "excerpt": excerpt(sheet.standfirst, sheet.text, phrases),
        "bylines": escape(", ".join(sheet.bylines)),
        "iso": escape(sheet.published_iso),
        "shown": escape(sheet.published_shown),
    }


def _turned(locale: Locale, question: Question, by: int) -> str:
    return escape(f"{search_address(locale)}?{question.query(page=question.page + by)}")


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda hole: values.get(hole[1], ""), text)
