"""The demo's fronts as they lie in ``fronts.toml``. ``arranging`` hands them over to the desk."""

from __future__ import annotations

import msgspec

from broadsheet.demo.values import FOLDER
from broadsheet.ledger.arrangements import FrontLayout
from broadsheet.plain.locales import Locale


class DemoPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A story by its key, and after how many hours it leaves its place; 0: never."""

    story: str
    hours: int = 0


class DemoStrip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sentence over a front, until so many hours after the demo was made."""

    hours: int
    words: dict[Locale, str]
    story: str = ""


class DemoFront(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One front in the languages where it looks like this; without a section the home front."""

    locales: tuple[Locale, ...]
    layout: FrontLayout
    slots: tuple[DemoPin, ...]
    section: str = ""
    featured: tuple[DemoPin, ...] = ()
    strip: DemoStrip | None = None


class _Fronts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fronts: tuple[DemoFront, ...]


def read_fronts() -> tuple[DemoFront, ...]:
    """Return the fronts.

    Raises: msgspec.DecodeError when the file is not what the types say.
    """
    return msgspec.toml.decode((FOLDER / "fronts.toml").read_bytes(), type=_Fronts).fronts
