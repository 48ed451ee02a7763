"""What the body of a demo story is made of, as its file writes it."""

from __future__ import annotations

from typing import Literal

import msgspec

from broadsheet.plain.locales import Locale


class Paragraph(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="paragraph", tag_field="block"):
    """Inline markup, as an editor would have made it."""

    text: str


class Heading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="heading", tag_field="block"):
    """A crosshead."""

    text: str
    level: Literal[2, 3] = 2


class ItemList(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="list", tag_field="block"):
    """A bulleted or numbered list."""

    items: tuple[str, ...]
    ordered: bool = False


class Quotation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="quotation", tag_field="block"):
    """Words of a speaker; ``original`` where they were said in another language than the story's."""

    words: str
    speaker: str
    source: str = ""
    original: str = ""
    original_locale: Locale | None = None


class PictureUse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture of ``newsroom.toml`` by its file, with words in the story's language."""

    file: str
    caption: str
    alt: str


class Gallery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="gallery", tag_field="block"):
    """Pictures to look through."""

    title: str
    pictures: tuple[PictureUse, ...]


class PullQuote(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="pull_quote", tag_field="block"):
    """A sentence of the story, printed large."""

    words: str
    speaker: str = ""


class FactBox(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="fact_box", tag_field="block"):
    """What readers should know beside the story: paragraphs of inline markup."""

    title: str
    paragraphs: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="table", tag_field="block"):
    """Rows of cells; the first row names the columns and the first cell of each the row."""

    title: str
    rows: tuple[tuple[str, ...], ...]


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What happened at one time; ``words`` are inline markup."""

    when: str
    words: str


class Timeline(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="timeline", tag_field="block"):
    """Events one after the other."""

    title: str
    events: tuple[Event, ...]


Block = Paragraph | Heading | ItemList | Quotation | Gallery | PullQuote | FactBox | Table | Timeline
