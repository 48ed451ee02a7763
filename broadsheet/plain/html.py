"""Inline HTML that is safe to print: the only markup a paragraph, list item or quotation may hold.

Block markup is never stored as HTML; it becomes typed blocks. Cleaning happens on the way in; templates
print SafeHtml unescaped and everything else escaped.
"""

from __future__ import annotations

import html
import re
from typing import Final, NewType

import nh3

SafeHtml = NewType("SafeHtml", str)

INLINE_TAGS: Final = frozenset({"a", "strong", "em", "sub", "sup", "code", "br", "s", "q", "cite", "abbr"})
LINK_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "urn"})
_RENAMED: Final = {"b": "strong", "i": "em", "strike": "s", "del": "s"}
_RENAME: Final = re.compile(r"<(/?)(b|i|strike|del)(?=[\s>/])", re.IGNORECASE)
#: Characters that reorder or hide text, and halves of characters (JSON can carry them): none has a place in a
#: newspaper. U+2066-2069 isolates are kept.
_HIDDEN: Final = dict.fromkeys(
    [*range(0x202A, 0x202F), 0xFEFF, *range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000)]
)

_CLEANER: Final = nh3.Cleaner(
    tags=set(INLINE_TAGS),
    clean_content_tags={
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "title",
        "textarea",
    },
    attributes={"a": {"href"}, "abbr": {"title"}},
    url_schemes=set(LINK_SCHEMES),
    link_rel=None,
)


def clean_inline(markup: str) -> SafeHtml:
    """Return the inline markup with everything else removed (text kept, scripts dropped with their content).

    Source: nh3 (ammonia, html5ever), an allow-list; decision 0004.
    """
    renamed = _RENAME.sub(lambda m: f"<{m[1]}{_RENAMED[m[2].lower()]}", clean_text(markup))
    return SafeHtml(_CLEANER.clean(renamed).strip())


def clean_text(text: str) -> str:
    """Return plain text without control characters and bidirectional overrides (newline and tab stay)."""
    return text.translate(_HIDDEN)


def plain_text(markup: SafeHtml) -> str:
    """Return the words of the markup, entities resolved, ``<br>`` as a space."""
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br\s*/?>", " ", markup)))


def escape_inline(text: str) -> SafeHtml:
    """Return plain text as markup that prints the same."""
    return SafeHtml(html.escape(text, quote=False))
