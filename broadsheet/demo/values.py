"""The demo paper as it lies in the files of this folder: ``newsroom.toml``, ``topics.toml``, ``stories/*.toml``, ``pages/*.toml``.

Nothing here knows the desk; ``loading`` hands these values over to it. What a body is made of is in ``blocks``.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec

from broadsheet.demo.blocks import Block
from broadsheet.ledger.values import Genre, TopicKind
from broadsheet.plain.locales import Locale

FOLDER = Path(__file__).resolve().parent


class Stage(StrEnum):
    """How far a demo story has come at the desk."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RELEASED = "released"


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
    """One story in the languages it has.

    Its time counts back from the start of the demo by ``minutes_before``, or is ``day`` where it tells of a real one.
    """

    key: str
    section: str
    stage: Stage
    versions: dict[Locale, Version]
    genre: Genre = "news"
    minutes_before: int = 0
    day: datetime | None = None
    picture: str = ""
    #: Keys in ``topics.toml``, the most important first.
    topics: tuple[str, ...] = ()

    def published_at(self, *, now: datetime) -> datetime:
        """Return when readers first had it.

        Units: ``now`` is UTC.
        """
        return self.day or now - timedelta(minutes=self.minutes_before)


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


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A topic, person or place that stories are about."""

    key: str
    name: str
    descriptions: dict[Locale, str]
    kind: TopicKind = "topic"
    names: dict[Locale, str] = {}


class _Topics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    topics: tuple[Topic, ...]


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
    """Everything of the demo paper but its stories and what they are about."""

    sections: tuple[Section, ...]
    bylines: tuple[Byline, ...]
    pictures: tuple[Picture, ...]
    people: tuple[Person, ...]


def read_newsroom() -> Newsroom:
    """Return sections, bylines, pictures and people.

    Raises: msgspec.DecodeError when the file is not what the types say.
    """
    return msgspec.toml.decode((FOLDER / "newsroom.toml").read_bytes(), type=Newsroom)


def read_topics() -> tuple[Topic, ...]:
    """Return what the stories are about.

    Raises: msgspec.DecodeError when the file is not what the types say.
    """
    return msgspec.toml.decode((FOLDER / "topics.toml").read_bytes(), type=_Topics).topics


def read_stories() -> tuple[DemoStory, ...]:
    """Return the stories, those of a real day first and then oldest first.

    Raises: msgspec.DecodeError when a file is not what the types say.
    """
    paths = sorted((FOLDER / "stories").glob("*.toml"))
    stories = (msgspec.toml.decode(path.read_bytes(), type=DemoStory) for path in paths)
    return tuple(sorted(stories, key=lambda story: (story.day is None, -story.minutes_before)))


def read_pages() -> tuple[DemoPage, ...]:
    """Return the standing pages, in the order of the foot of every page.

    Raises: msgspec.DecodeError when a file is not what the types say.
    """
    paths = sorted((FOLDER / "pages").glob("*.toml"))
    return tuple(msgspec.toml.decode(path.read_bytes(), type=DemoPage) for path in paths)
