"""Bodies: the text of an item, in HTML or plain, becomes typed blocks.

No raw HTML is kept. What cannot become a block is noted with all its words (decision 0014).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from broadsheet.wire.blocks import BlockMaker
from broadsheet.wire.cleaning import BODY_CHARACTERS, regular_tree
from broadsheet.wire.errors import BodyRefused
from broadsheet.wire.furniture import without_furniture
from broadsheet.wire.texts import composed, repair
from broadsheet.wire.values import Body
from broadsheet.wire.walking import Walk

if TYPE_CHECKING:
    from broadsheet.wire.items import Item, Text

_EMPTY_LINE: Final = re.compile(r"\n[ \t]*\n")
#: NITF, the older format for text, wraps the story in its metadata; only paragraphs and lists are written as in HTML.
_NITF_CONTENT: Final = re.compile(r"<body\.content[^>]*>(.*)</body\.content>", re.DOTALL | re.IGNORECASE)
#: Of two bodies in the same format the one in such a role is the story; others are captions, teasers, notes.
_MAIN_ROLES: Final = ("main", "", "html", "html5", "xhtml", "text", "article")


def read_body(item: Item) -> Body:
    """Return the item's text in blocks, its furniture cleared away.

    Shapes: the body in HTML where there is one, else the plain one, else the content of one in NITF; no blocks when
    there is none.
    Raises: BodyRefused.
    """
    chosen = _choose(item.bodies)
    if chosen is None:
        return Body()
    read = read_html if chosen.is_html else read_plain
    content = _NITF_CONTENT.search(chosen.value)
    body = read(content[1] if content else chosen.value, uri=item.uri, base=item.url)
    return without_furniture(body, headline=item.headline)


def read_html(markup: str, *, uri: str, base: str = "") -> Body:
    """Return markup in blocks. ``base`` is the address relative links start from, "" when unknown.

    Raises: BodyRefused.
    """
    regular, notes = regular_tree(markup)
    maker = BlockMaker(uri=uri)
    maker.notes.extend(notes)
    walk = Walk(maker=maker, base=base)
    walk.feed(regular)
    return walk.finish()


def read_plain(text: str, *, uri: str, base: str = "") -> Body:  # noqa: ARG001 - plain text has no links to complete
    """Return plain text in paragraphs: set apart by empty lines, or one a line where there are none.

    Raises: BodyRefused.
    """
    if len(text) > BODY_CHARACTERS:
        msg = f"The body is {len(text):,} characters long; {BODY_CHARACTERS:,} are taken at most."
        raise BodyRefused(msg)
    lines = composed(repair(text)).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    maker = BlockMaker(uri=uri)
    for part in _EMPTY_LINE.split(lines) if _EMPTY_LINE.search(lines) else lines.split("\n"):
        maker.paragraph(html.escape(" ".join(part.split()), quote=False))
    return maker.body()


def _choose(bodies: tuple[Text, ...]) -> Text | None:
    def rank(body: Text) -> tuple[int, int]:
        shape = 2 if _is_nitf(body) else 0 if body.is_html else 1
        return shape, _MAIN_ROLES.index(body.role) if body.role in _MAIN_ROLES else len(_MAIN_ROLES)

    return min(bodies, key=rank, default=None)


def _is_nitf(body: Text) -> bool:
    return "nitf" in body.role or _NITF_CONTENT.search(body.value) is not None
