"""Runs and differences as HTML.

Every word is escaped and every element is written here: nothing of a document's own markup is printed, so nothing in
it can run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from broadsheet.plain.errors import BadUrn
from broadsheet.plain.urns import Urn, parse_urn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.desk.inspecting.differences import Span
    from broadsheet.desk.inspecting.words import Mark, Run

_WORDS: Final = {
    "strong": "bold",
    "em": "italic",
    "sub": "subscript",
    "sup": "superscript",
    "code": "code",
    "s": "struck out",
    "q": "quoted",
    "cite": "title of a work",
    "abbr": "short for",
    "a": "link to",
}
_ELEMENTS: Final = frozenset(_WORDS) - {"a"}


def print_runs(runs: Iterable[Run]) -> SafeString:
    """Return the words with their marks; behind a link stands where it leads."""
    return _together(format_html("{}{}", _marked(run.text, run.marks), _targets(run.marks)) for run in runs)


def print_spans(spans: Iterable[Span]) -> SafeString:
    """Return the words of both versions: ``<del>``, ``<ins>``, and where only the marks changed, both beside them."""
    return _together(_span(span) for span in spans)


def _span(span: Span) -> SafeString:
    match span.kind:
        case "same":
            return _marked(span.text, span.marks)
        case "deleted":
            return format_html("<del>{}{}</del>", _marked(_visible(span.text), span.marks), _note(span.marks))
        case "inserted":
            return format_html("<ins>{}{}</ins>", _marked(_visible(span.text), span.marks), _note(span.marks))
        case "marked":
            was, became = (", ".join(map(_name, marks)) or "plain" for marks in (span.old_marks, span.marks))
            words = _marked(span.text, span.marks)
            note = '<span class="desk-marked">{} <small>[<del>{}</del> <ins>{}</ins>]</small></span>'
            return format_html(note, words, was, became)


def _marked(text: str, marks: tuple[Mark, ...]) -> SafeString:
    words = format_html("{}", text)
    for mark in reversed(marks):
        if mark.tag in _ELEMENTS:
            element = mark_safe(mark.tag)  # noqa: S308 - one of the tags above
            words = format_html("<{}>{}</{}>", element, words, element)
        else:
            words = format_html('<span class="desk-link">{}</span>', words)
    return words


def _note(marks: tuple[Mark, ...]) -> SafeString:
    return format_html(" <small>[{}]</small>", ", ".join(map(_name, marks))) if marks else SafeString()


def _targets(marks: tuple[Mark, ...]) -> SafeString:
    return _together(
        format_html(' <small class="desk-target">({})</small>', _target(mark.detail)) for mark in marks if mark.detail
    )


def _target(detail: str) -> SafeString:
    """Return where a link leads, in words; another subject of the ledger can be gone to."""
    try:
        return subject_link(parse_urn(detail))
    except BadUrn:
        return format_html("{}", detail)


def subject_link(subject: Urn) -> SafeString:
    """Return the subject's name, as a link to its versions."""
    return format_html('<a href="{}">{}</a>', reverse("ledger_subject", args=[subject]), subject)


def _name(mark: Mark) -> str:
    return f"{_WORDS.get(mark.tag, mark.tag)} {mark.detail}".strip()


def _visible(text: str) -> str:
    """Return the text with its line breaks to be seen: one that came or went is a change too."""
    return text.replace("\n", "↵\n")


def _together(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
