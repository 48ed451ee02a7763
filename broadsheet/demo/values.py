"""The demo paper as it lies in the files of this folder: ``newsroom.toml``, ``stories/*.toml``, ``pages/*.toml``.

Nothing here knows the desk; ``loading`` hands these values over to it.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec

from broadsheet.plain.locales import Locale

FOLDER = Path(__file__).resolve().parent


class Stage(StrEnum):
    """How far a demo story has come at the desk."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RELEASED = "released"


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


Block = Paragraph | Heading | ItemList | Quotation


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source named to the reader."""

    name: str
    url: str = ""
    locale: Locale | None = None


class Credited(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A byline over the story: its key in ``newsroom.toml``, and the role in the story's language."""

    byline: str
    role: str = ""


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The story in one language. ``caption`` and ``alt`` belong to the lead picture; ``place`` to the dateline."""

    headline: str
    standfirst: str
    bylines: tuple[Credited, ...]
    body: tuple[Block, ...]
    place: str = ""
    caption: str = ""
    alt: str = ""
    sources: tuple[Source, ...] = ()


class DemoStory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One story in the languages it has. ``minutes_before`` counts back from the start of the demo."""

    key: str
    section: str
    stage: Stage
    minutes_before: int
    versions: dict[Locale, Version]
    picture: str = ""


class PageVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A standing page in one language."""

    title: str
    standfirst: str
    body: tuple[Block, ...]


class DemoPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One standing page in all languages."""

    key: str
    purpose: Literal["about", "contact", "imprint", "privacy", "other"]
    versions: dict[Locale, PageVersion]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section: titles and descriptions by language."""

    key: str
    titles: dict[Locale, str]
    descriptions: dict[Locale, str]


class Byline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person or agency that signs stories."""

    key: str
    name: str
    is_agency: bool = False
    names: dict[Locale, str] = {}


class Picture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture of ``pictures/``; the point that must stay in view as fractions from the top left."""

    file: str
    title: str
    credit: str
    copyright: str
    alt: str
    focal_x: float = 0.5
    focal_y: float = 0.5


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who logs in. ``group`` is the name of the role at the desk, empty for the administrator."""

    login: str
    password: str
    first_name: str
    last_name: str
    role: str
    group: str = ""


class Newsroom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of the demo paper but its stories."""

    sections: tuple[Section, ...]
    bylines: tuple[Byline, ...]
    pictures: tuple[Picture, ...]
    people: tuple[Person, ...]


def read_newsroom() -> Newsroom:
    """Return sections, bylines, pictures and people.

    Raises: msgspec.DecodeError when the file is not what the types say.
    """
    return msgspec.toml.decode((FOLDER / "newsroom.toml").read_bytes(), type=Newsroom)


def read_stories() -> tuple[DemoStory, ...]:
    """Return the stories, oldest first.

    Raises: msgspec.DecodeError when a file is not what the types say.
    """
    paths = sorted((FOLDER / "stories").glob("*.toml"))
    stories = (msgspec.toml.decode(path.read_bytes(), type=DemoStory) for path in paths)
    return tuple(sorted(stories, key=lambda story: -story.minutes_before))


def read_pages() -> tuple[DemoPage, ...]:
    """Return the standing pages, in the order of the foot of every page.

    Raises: msgspec.DecodeError when a file is not what the types say.
    """
    paths = sorted((FOLDER / "pages").glob("*.toml"))
    return tuple(msgspec.toml.decode(path.read_bytes(), type=DemoPage) for path in paths)
