"""The blocks a body is made of.

``id`` is the block's own UUID at the desk: stable across versions, unique in the body. Text and markup are as in
``values``.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from broadsheet.plain.html import SafeHtml
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import Urn


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """One paragraph of inline markup, never empty."""

    id: str
    html: SafeHtml


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A crosshead. Level 2 or 3; level 1 is the headline's alone."""

    id: str
    level: Literal[2, 3]
    text: str


class ItemList(msgspec.Struct, frozen=True, tag="list"):
    """A bulleted or numbered list of one level, at least one item."""

    id: str
    ordered: bool
    items: tuple[SafeHtml, ...]


class Quotation(msgspec.Struct, frozen=True, tag="quotation"):
    """Words somebody said or wrote; ``original`` holds them in the language they were said in, where that differs."""

    id: str
    words: SafeHtml
    speaker: str = ""
    source: str = ""
    original: str = ""
    original_locale: Locale | None = None


class PictureUse(msgspec.Struct, frozen=True, tag="picture"):
    """A picture where a story shows it, lead or body. Caption and alt are in the story's language, final as printed.

    Credit, focal point and sizes are the picture's own and are read from it, so that a fix there reaches every page.
    """

    id: str
    picture: Urn
    caption: str
    alt: str


class PullQuote(msgspec.Struct, frozen=True, tag="pull-quote"):
    """A sentence of the story printed large. It stands in the text too, so partners' readers lose nothing without it."""

    id: str
    words: str
    speaker: str = ""


class Gallery(msgspec.Struct, frozen=True, tag="gallery"):
    """Pictures side by side, at least one. The id of each is the gallery's with a number."""

    id: str
    pictures: tuple[PictureUse, ...]
    title: str = ""


class Table(msgspec.Struct, frozen=True, tag="table"):
    """Rows of plain text, all of the same length, at least one; cells may be empty."""

    id: str
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    #: Whether the first row names the columns, and the first column the rows.
    has_head: bool = False
    names_rows: bool = False


class FactBox(msgspec.Struct, frozen=True, tag="fact-box"):
    """What readers should know beside the story; at least one paragraph."""

    id: str
    title: str
    paragraphs: tuple[SafeHtml, ...]


class TimelineEvent(msgspec.Struct, frozen=True):
    """What happened at one time. ``when`` is as printed."""

    when: str
    words: SafeHtml


class Timeline(msgspec.Struct, frozen=True, tag="timeline"):
    """Events in the order written, at least one."""

    id: str
    events: tuple[TimelineEvent, ...]
    title: str = ""


#: What stands beside the running text.
Aside = PullQuote | Gallery | Table | FactBox | Timeline
Block = Paragraph | Heading | ItemList | Quotation | PictureUse | Aside
