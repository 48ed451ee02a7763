"""What the press talks about. No Django here."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, NewType

import msgspec

#: Name of a fact, e.g. ``card:urn:broadsheet:story:41``.
FactName = NewType("FactName", str)

#: A published address: starts with ``/``. One that ends with ``/`` is a page and is written as ``index.html`` below it
#: (or ``gone.html`` or ``moved.txt`` in its place); any other is a file of exactly that name.
SheetPath = NewType("SheetPath", str)


class Subject(NamedTuple):
    """What a notice is about. Opaque to the press; the composer knows what it means."""

    name: str
    locale: str


#: The paper's day. Posted when it turns, for sheets that show what is of today: nothing was released then.
THE_DAY = Subject("day", "mul")


class Form(StrEnum):
    """The form a page takes on disk. ``GONE`` answers 410, ``MOVED`` redirects, ``FILE`` is a path without a slash."""

    PAGE = "index.html"
    GONE = "gone.html"
    MOVED = "moved.txt"
    FILE = ""


class Rank(StrEnum):
    """Write order within a run: urgent tombstones, assets, stories, lists, feeds, fragments. Declared in that order."""

    TOMBSTONE = "0-tombstone"
    ASSET = "1-asset"
    STORY = "2-story"
    LIST = "3-list"
    FEED = "4-feed"
    FRAGMENT = "5-fragment"


class Gathered(msgspec.Struct, frozen=True):
    """Everything one sheet shows, as plain values; ``template`` names how to render it.

    ``assets`` are files the sheet needs beside it (pictures in their sizes, stylesheets): site paths of
    ``Asset`` values the composer can produce. They are put before any sheet.
    """

    template: str
    form: Form
    rank: Rank
    values: object
    assets: tuple[SheetPath, ...] = ()


class RecordMark(NamedTuple):
    """How far the record behind the pages had come: number and digest of its last entry. Opaque to the press."""

    number: int
    digest: str


class What(StrEnum):
    """What a run did at a path, in the run log. ``GONE`` and ``MOVED`` are put too, in the form of that name."""

    PUT = "put"
    GONE = "gone"
    MOVED = "moved"
    REMOVED = "removed"


class SheetState(msgspec.Struct, frozen=True):
    """A sheet as last put: its form, the digest of its bytes, the run that put it, and where in a run it is written."""

    path: SheetPath
    form: Form
    digest: str
    run: int
    rank: Rank
