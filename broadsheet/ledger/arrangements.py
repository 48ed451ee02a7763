"""The documents that say where others stand: navigations and fronts."""

from __future__ import annotations

from typing import Literal

import msgspec

from broadsheet.plain.locales import Locale
from broadsheet.plain.times import UtcTime
from broadsheet.plain.urns import Urn


class SectionsEntry(msgspec.Struct, frozen=True, tag="sections"):
    """All sections of the language in their own order, those to come too."""


class FrontEntry(msgspec.Struct, frozen=True, tag="front"):
    """The home front of the language. Without a label it is named in the site's own words."""

    label: str = ""


class SubjectEntry(msgspec.Struct, frozen=True, tag="subject"):
    """A section or standing page of the same language. Without a label it is named by its title."""

    target: Urn
    label: str = ""


class LinkEntry(msgspec.Struct, frozen=True, tag="link"):
    """An address outside the site, ``https`` only."""

    url: str
    label: str


NavigationEntry = SectionsEntry | FrontEntry | SubjectEntry | LinkEntry


class NavigationDocument(msgspec.Struct, frozen=True, tag="navigation/1", tag_field="schema"):
    """Where the head and the foot of every page of one language lead, in order."""

    subject: Urn
    locale: Locale
    menu: tuple[NavigationEntry, ...] = ()
    footer: tuple[NavigationEntry, ...] = ()


#: How the slots of a front stand: one story across the page, one large with two beside it, three of one size.
FrontLayout = Literal["lead", "lead-two", "row"]


class Pin(msgspec.Struct, frozen=True):
    """A story put into a list by hand, until that moment; None: until it is taken out."""

    story: Urn
    until: UtcTime | None = None


class BreakingStrip(msgspec.Struct, frozen=True):
    """A sentence over everything else on a front, until that moment. It goes with the story it leads to."""

    words: str
    until: UtcTime
    story: Urn | None = None


class FrontDocument(msgspec.Struct, frozen=True, tag="front/1", tag_field="schema"):
    """What an editor put on the front of a section, or without one on the home front, in one language.

    ``slots`` may hold more stories than the layout has places: those after take the places of what readers cannot have.
    """

    subject: Urn
    locale: Locale
    layout: FrontLayout
    section: Urn | None = None
    slots: tuple[Pin, ...] = ()
    featured: tuple[Pin, ...] = ()
    strip: BreakingStrip | None = None
