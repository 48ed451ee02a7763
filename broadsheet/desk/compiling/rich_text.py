"""Rich text as Wagtail stores it, made into the inline markup of the ledger.

Two passes of the same cleaner (nh3): the first makes any input well-formed so that paragraphs can be told apart and
links to the desk's pages be named by subject; the second is ``plain.html.clean_inline``, which alone decides what may
be printed.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

import nh3

from broadsheet.desk.compiling.wording import sound
from broadsheet.plain.html import LINK_SCHEMES, SafeHtml, clean_inline, clean_text, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.plain.urns import Urn

#: Where one paragraph ends and the next begins, whatever editors or archives wrote.
_BREAKS: Final = (
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figure", "figcaption", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
)  # fmt: skip
_INLINE: Final = ("a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "q", "s", "strike", "strong", "sub", "sup")
_DROPPED_WHOLE: Final = frozenset(
    {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "textarea"}
)


def _keep_plain(tag: str, attribute: str, value: str) -> str | None:
    """Keep attribute values that hold no bracket, so that tags of the well-formed text end at their first ``>``."""
    if (tag, attribute) == ("a", "id"):
        return value if value.isascii() and value.isdigit() else None
    return value.replace("<", "%3C").replace(">", "%3E")


_WELL_FORMED: Final = nh3.Cleaner(
    tags={*_BREAKS, *_INLINE},
    clean_content_tags=set(_DROPPED_WHOLE),
    attributes={"a": {"href", "id", "linktype"}, "abbr": {"title"}},
    attribute_filter=_keep_plain,
    url_schemes=set(LINK_SCHEMES),
    link_rel=None,
)
_BREAK: Final = re.compile(rf"</?(?:{'|'.join(_BREAKS)})>")
_LINK: Final = re.compile(r"<a( [^>]*)?>(.*?)</a>", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r'(\w+)="([^"]*)"')
_EDGES: Final = re.compile(r"^(?:\s|&nbsp;|<br>)+|(?:\s|&nbsp;|<br>)+$")


def page_ids(sources: Iterable[str]) -> frozenset[int]:
    """Return the ids of the desk's pages that these rich texts link to."""
    found = set()
    for source in sources:
        for attributes, _words in _LINK.findall(_well_formed(source)):
            if page := _linked_page(attributes):
                found.add(page)
    return frozenset(found)


def paragraphs(source: str, *, targets: Mapping[int, Urn]) -> tuple[SafeHtml, ...]:
    """Return the paragraphs of a rich text, in order, none of them empty.

    Shapes: ``targets`` names the subject behind each page id; a link to any other page loses its link, not its words.
    """
    named = _LINK.sub(lambda match: _named_link(match, targets), _well_formed(source))
    cleaned = (_trimmed(clean_inline(piece)) for piece in _BREAK.split(named))
    return tuple(piece for piece in cleaned if plain_text(piece).strip())


def one_paragraph(source: str, *, targets: Mapping[int, Urn]) -> SafeHtml:
    """Return the rich text as one run of inline markup, its paragraphs divided by ``<br>``."""
    return SafeHtml("<br>".join(paragraphs(source, targets=targets)))


def _well_formed(source: str) -> str:
    return _WELL_FORMED.clean(clean_text(sound(source)))


def _linked_page(attributes: str) -> int | None:
    """Return the page id of a link as Wagtail stores one; ids beyond any database's are no ids."""
    named = dict(_ATTRIBUTE.findall(attributes or ""))
    if named.get("linktype") == "page" and len(named.get("id", "")) in range(1, 19):
        return int(named["id"])
    return None


def _named_link(match: re.Match[str], targets: Mapping[int, Urn]) -> str:
    attributes, words = match[1] or "", match[2]
    if "linktype=" in attributes:
        target = targets.get(_linked_page(attributes) or 0)
        return f'<a href="{target}">{words}</a>' if target else words
    href = html.unescape(dict(_ATTRIBUTE.findall(attributes)).get("href", "")).strip()
    return f'<a href="{html.escape(href)}">{words}</a>' if href else words


def _trimmed(markup: SafeHtml) -> SafeHtml:
    """Return the markup without breaks and spaces at its ends; no-break spaces inside stay, as characters."""
    return SafeHtml(_EDGES.sub("", markup).replace("&nbsp;", "\u00a0"))
