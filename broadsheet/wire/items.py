"""A news item as read from a dispatch, whatever the version of its format.

Text is repaired but otherwise as sent; markup is untouched. Must never hold a decision of the paper.
"""

from __future__ import annotations

from datetime import datetime

import msgspec


class Text(msgspec.Struct, frozen=True):
    """Some text with what its sender says about it. ``is_html`` is as declared, or as it looks when undeclared."""

    value: str
    role: str = ""
    is_html: bool = False


class Named(msgspec.Struct, frozen=True):
    """A subject, person, place, organisation or source that the item names."""

    name: str
    uri: str = ""
    role: str = ""


class Rendition(msgspec.Struct, frozen=True):
    """A file of a picture. Units: pixels, 0 when not said."""

    href: str
    width_px: int = 0


class Association(msgspec.Struct, frozen=True):
    """Another item that belongs to this one: a picture, a graphic, a film."""

    name: str
    kind: str
    uri: str
    headline: str = ""
    caption: str = ""
    alt: str = ""
    by: str = ""
    credit: str = ""
    copyright: str = ""
    renditions: tuple[Rendition, ...] = ()
    other_ids: tuple[str, ...] = ()


class Item(msgspec.Struct, frozen=True):
    """One item.

    Shapes: every string may be empty except ``uri``; ``kind`` is ninjs' ``type`` ("" when not said);
    times are as written, ``None`` when absent or unreadable. ``extras`` names the filled fields this paper has
    no place for.
    """

    uri: str
    version: str = ""
    kind: str = ""
    language: str = ""
    pub_status: str = ""
    urgency: int | None = None
    headline: str = ""
    standfirst: str = ""
    bodies: tuple[Text, ...] = ()
    by: str = ""
    located: str = ""
    credit: str = ""
    created: str = ""
    embargoed_until: str = ""
    subjects: tuple[Named, ...] = ()
    people: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    sources: tuple[Named, ...] = ()
    associations: tuple[Association, ...] = ()
    renditions: tuple[Rendition, ...] = ()
    extras: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The item's own address on the web, or ""."""
        return self.uri if self.uri.startswith(("http://", "https://")) else ""


class WrittenTime(msgspec.Struct, frozen=True):
    """A moment read from an item; ``assumed`` says what had to be assumed, "" when nothing."""

    moment: datetime
    assumed: str = ""
