"""The first pass over a body: any markup at all becomes a regular tree, written out without a single surprise.

What it writes is not yet fit for readers (scripts are still in it, so that they can be reported); every piece the
walk takes from it is cleaned again by ``plain.html``. Must never be printed.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import Final

import nh3

from broadsheet.wire.errors import BodyRefused
from broadsheet.wire.reports import Note
from broadsheet.wire.texts import repair

#: Longest body taken: the longest newspaper series are a tenth of it.
BODY_CHARACTERS: Final = 2_000_000
#: An HTML5 parser walks up the open tags at each new one, so depth costs its square.
OPEN_TAGS: Final = 512

INLINE: Final = frozenset({"a", "strong", "em", "sub", "sup", "code", "s", "q", "cite", "abbr"})
RENAMED: Final = {
    "b": "strong", "i": "em", "strike": "s", "del": "s", "tt": "code", "kbd": "code", "samp": "code", "var": "em", "dfn": "em",
}  # fmt: skip
HEADINGS: Final = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
#: Tags that end a line of text and have no meaning of their own here.
BOXES: Final = frozenset(
    {
        "p", "div", "section", "article", "aside", "header", "footer", "main", "address", "center", "nav", "details",
        "summary", "hgroup", "picture", "fieldset", "legend", "dl", "dt", "dd", "li", "figcaption", "caption", "thead",
        "tbody", "tfoot", "menu", "dir", "body",
    }
)  # fmt: skip
#: Tags whose content is not the story's text.
DROPPED: Final = frozenset(
    {
        "script", "style", "title", "x-svg", "x-math", "iframe", "video", "audio", "object", "form", "select", "button",
        "textarea", "noscript", "applet", "map", "template", "canvas", "frameset", "dialog",
    }
)  # fmt: skip
DROPPED_EMPTY: Final = frozenset({"embed", "input", "hr", "meta", "link", "base", "frame"})
_BUILT: Final = frozenset(
    {"ul", "ol", "blockquote", "figure", "table", "tr", "td", "th", "pre", "br", "img", "source", "wbr"}
)
#: Tags that only dress the words; losing them loses nothing.
_DRESS: Final = frozenset(
    {
        "span", "font", "u", "small", "mark", "time", "ins", "big", "label", "html", "head", "bdi", "bdo", "ruby", "rt",
        "rp", "rb", "col", "colgroup", "tbody", "option", "optgroup", "track", "param", "area", "acronym", "nobr",
        "data", "output", "meter", "progress", "slot",
    }
)  # fmt: skip
_KNOWN: Final = INLINE | set(RENAMED) | set(HEADINGS) | BOXES | DROPPED | DROPPED_EMPTY | _BUILT

_SEEN_SCHEMES: Final = frozenset(
    {
        "http", "https", "mailto", "tel", "urn", "javascript", "vbscript", "data", "ftp", "file", "sms", "geo", "feed",
        "about", "blob", "cid", "news", "irc", "magnet", "whatsapp",
    }
)  # fmt: skip
_FIRST_PASS: Final = nh3.Cleaner(
    tags=set(_KNOWN),
    clean_content_tags=set(),
    attributes={
        "a": {"href", "name", "id"}, "abbr": {"title"}, "blockquote": {"cite"}, "embed": {"src"}, "iframe": {"src", "title"},
        "img": {"src", "data-src", "alt", "width", "height"}, "object": {"data"}, "script": {"src"}, "source": {"src"},
        "video": {"src"}, "audio": {"src"},
    },
    url_schemes=set(_SEEN_SCHEMES),
    link_rel=None,
)  # fmt: skip

#: Drawings and formulas follow rules of their own, by which a cleaner throws whole branches away unseen. Renamed, they
#: are read as plain HTML, so that the report gets all their words; nothing of them goes to readers in any case.
_FOREIGN: Final = re.compile(r"<(/?)(svg|math)(?=[\s/>])([^<>]*?)(/?)>", re.IGNORECASE)
_FOREIGN_WHOLE: Final = re.compile(r"<(x-svg|x-math)[\s>].*?(?:</\1>|\Z)", re.DOTALL)
#: What the first pass writes as it was, unescaped; a tag left open in there would swallow what follows.
_RAW: Final = re.compile(r"(<(iframe|noscript)(?: [\w-]+=\"[^\"]*\")*>)(.*?)</\2>", re.DOTALL)
_TAG: Final = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
#: Addresses in angle brackets, as in plain mail: a parser takes them for tags and they are gone.
_AUTOLINK: Final = re.compile(r"<(https?://[^\s<>\"'`]+)>|<([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")
#: Tags that close themselves, so that a missing end tag is no depth.
_SELF_CLOSING: Final = frozenset(
    {
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "br", "img", "hr", "input", "wbr",
        "source", "meta", "link", "area", "col", "embed", "param", "track", "base",
    }
)  # fmt: skip


def regular_tree(markup: str) -> tuple[str, tuple[Note, ...]]:
    """Return the markup as an HTML5 parser understands it, every element closed, and what got lost on the way.

    Raises: BodyRefused for a body beyond BODY_CHARACTERS or OPEN_TAGS.  Source: nh3 (ammonia on html5ever).
    """
    if len(markup) > BODY_CHARACTERS:
        msg = f"The body is {len(markup):,} characters long; {BODY_CHARACTERS:,} are taken at most."
        raise BodyRefused(msg)
    text = _FOREIGN.sub(_renamed, _AUTOLINK.sub(_link, repair(markup)))
    _refuse_depth(text)
    seen = {name.lower() for end, name in _TAG.findall(_FOREIGN_WHOLE.sub("", text)) if not end}
    unknown = {tag[:40] for tag in seen - _KNOWN - _DRESS}
    notes = [Note(kind="tag", sentence=f"<{tag}> is not known; its words were kept.") for tag in sorted(unknown)]
    return _RAW.sub(_escaped, _FIRST_PASS.clean(text)), tuple(notes)


def _link(found: re.Match[str]) -> str:
    if found[1]:
        return f'<a href="{found[1]}">{found[1]}</a>'
    return f'<a href="mailto:{found[2]}">{found[2]}</a>'


def _escaped(found: re.Match[str]) -> str:
    return f"{found[1]}{html.escape(found[3])}</{found[2]}>"


def _renamed(found: re.Match[str]) -> str:
    end, name, attributes, closed = found.groups()
    return "" if closed and not end else f"<{end}x-{name.lower()}{attributes}>"


def _refuse_depth(text: str) -> None:
    """Refuse what would open too many tags at once."""
    opened: Counter[str] = Counter()
    depth = 0
    for end, name in _TAG.findall(text):
        tag = name.lower()
        if tag in _SELF_CLOSING:
            continue
        if not end:
            opened[tag] += 1
            depth += 1
        elif opened[tag]:
            opened[tag] -= 1
            depth -= 1
        if depth > OPEN_TAGS:
            msg = f"The body opens more than {OPEN_TAGS} tags without closing them."
            raise BodyRefused(msg)
