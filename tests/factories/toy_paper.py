"""A toy paper with its composer: small enough to think about, with every kind of sheet the press must handle.

Stories with related stories and a picture each, section lists, byline lists, days that know their neighbours, one
feed. Its reader is a copy of the paper, as a database snapshot would be.
"""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from broadsheet.press.values import FactName, Form, Gathered, Rank, RecordMark, SheetPath, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from broadsheet.press.composing import ReadFact

LIST_SIZE = 4
SECTIONS = 3
BYLINES = 3
DAYS = 6
LATEST = FactName("latest:")
TEMPLATE = FactName("template:story")


@dataclass
class ToyStory:
    headline: str
    body: str
    section: int
    byline: int
    day: int
    related: tuple[int, ...] = ()
    state: str = "live"  # or "gone" (a tombstone stands there) or "erased" (nothing does)


@dataclass
class ToyPaper:
    stories: dict[int, ToyStory] = field(default_factory=dict)
    bylines: dict[int, str] = field(default_factory=lambda: {each: f"Name {each}" for each in range(BYLINES)})
    template: int = 0
    acts: int = 0

    def live(self) -> list[int]:
        return [number for number, story in self.stories.items() if story.state == "live"]

    def release(self, **changes: Any) -> Subject:
        number = len(self.stories) + 1
        self.stories[number] = ToyStory(
            **{"headline": f"Headline {number}", "body": "Body", "section": 0, "byline": 0, "day": 0} | changes
        )
        self.acts += 1
        return story_subject(number)

    def change(self, number: int, **changes: Any) -> Subject:
        for name, value in changes.items():
            setattr(self.stories[number], name, value)
        self.acts += 1
        return story_subject(number)

    def rename(self, byline: int, name: str) -> Subject:
        self.bylines[byline] = name
        self.acts += 1
        return Subject(f"byline:{byline}", "en")

    def redesign(self) -> Subject:
        self.template += 1
        self.acts += 1
        return Subject("template:story", "en")


def story_subject(number: int) -> Subject:
    return Subject(f"story:{number}", "en")


def story_path(number: int) -> SheetPath:
    return SheetPath(f"/story/{number}/")


def picture_path(number: int) -> SheetPath:
    return SheetPath(f"/pictures/p{number % 3}.svg")


class ToyComposer:
    """Composes the toy paper. ``queries`` lets a test make it misbehave at one sheet."""

    def __init__(self, paper: ToyPaper) -> None:
        self.paper = paper
        self.on_render: Callable[[Gathered], None] = lambda _: None
        self.on_gather: Callable[[SheetPath, ReadFact], None] = lambda _, __: None

    def open_reader(self, alias: str) -> ToyPaper:  # noqa: ARG002 - the toy has no tables
        return copy.deepcopy(self.paper)

    def touched(self, subject: Subject, *, stored: Callable[[FactName], Any], reader: ToyPaper) -> frozenset[FactName]:
        kind, _, key = subject.name.partition(":")
        if kind != "story":
            return frozenset({FactName(subject.name)})
        place = FactName(f"place:{key}")
        names = {FactName(f"story:{key}"), FactName(f"card:{key}"), place, LATEST}
        for at in self._places(stored(place), self.compute(place, reader)):
            section, byline, day = at
            names |= {FactName(f"section:{section}"), FactName(f"by:{byline}"), FactName(f"day:{day}")}
            names |= self._neighbourhood(day, stored, reader)
        return frozenset(names)

    def _places(self, before: Any, after: Any) -> list[Any]:
        return [place for place in (before, after) if place]

    def _neighbourhood(self, day: int, stored: Callable[[FactName], Any], reader: ToyPaper) -> set[FactName]:
        name = FactName(f"day:{day}")
        near = FactName(f"near:{day}")
        if bool(stored(name)) is bool(self.compute(name, reader)):
            return set()
        return {near, *(FactName(f"near:{each}") for each in self.compute(near, reader) if each is not None)}

    def compute(self, name: FactName, reader: ToyPaper) -> Any:
        kind, _, key = name.partition(":")
        if kind == "latest":
            return newest(reader.live())
        if kind == "template":
            return reader.template
        number = int(key)
        if kind == "byline":
            return reader.bylines[number]
        if kind in {"section", "by", "day"}:
            attribute = {"section": "section", "by": "byline", "day": "day"}[kind]
            return newest(each for each in reader.live() if getattr(reader.stories[each], attribute) == number)
        if kind == "near":
            days = sorted({reader.stories[each].day for each in reader.live()})
            before, after = [day for day in days if day < number], [day for day in days if day > number]
            return (before[-1] if before else None, after[0] if after else None)
        return self._about_story(kind, reader.stories.get(number))

    def _about_story(self, kind: str, story: ToyStory | None) -> Any:
        if story is None or story.state == "erased":
            return None
        if kind == "story" and story.state == "gone":
            return "gone"
        if story.state == "gone":
            return None
        if kind == "story":
            return (story.headline, story.body, story.byline, story.related)
        return (story.headline,) if kind == "card" else (story.section, story.byline, story.day)

    def keeps_value(self, name: FactName) -> bool:
        return name.partition(":")[0] in {"place", "day"}

    def decode(self, name: FactName, data: bytes) -> Any:  # noqa: ARG002 - all kept values are tuples of numbers
        return msgspec.json.decode(data, type=tuple[int, ...])

    def is_moving(self, name: FactName) -> bool:
        return name.partition(":")[0] in {"latest", "section", "by", "day"}

    def owned(self, name: FactName, *, before: Any, after: Any) -> Iterable[SheetPath]:  # noqa: ARG002 - one each
        kind, _, key = name.partition(":")
        if kind == "latest":
            return [SheetPath("/"), SheetPath("/atom.xml")]
        return [SheetPath(f"/{kind}/{key}/")] if kind in {"story", "section", "by", "day"} else []

    def every_sheet(self, reader: ToyPaper) -> Iterable[SheetPath]:
        yield SheetPath("/")
        yield SheetPath("/atom.xml")
        for number, story in reader.stories.items():
            if story.state != "erased":
                yield story_path(number)
        yield from (SheetPath(f"/section/{each}/") for each in range(SECTIONS))
        yield from (SheetPath(f"/by/{each}/") for each in range(BYLINES))
        for day in sorted({reader.stories[each].day for each in reader.live()}):
            yield SheetPath(f"/day/{day}/")

    def gather(self, path: SheetPath, read: ReadFact) -> Gathered | None:
        self.on_gather(path, read)
        kind, _, key = path.strip("/").partition("/")
        if kind == "story":
            return self._gather_story(int(key), read)
        name = FactName(f"{kind}:{key}") if kind not in {"", "atom.xml"} else LATEST
        numbers = read(name)
        if kind == "day" and not numbers:
            return None
        values = {
            "links": [(story_path(number), read(FactName(f"card:{number}"))) for number in numbers],
            "near": read(FactName(f"near:{key}")) if kind == "day" else None,
            "name": read(FactName(f"byline:{key}")) if kind == "by" else None,
        }
        if kind == "atom.xml":
            return Gathered(template="feed", form=Form.FILE, rank=Rank.FEED, values=values)
        return Gathered(template="list", form=Form.PAGE, rank=Rank.LIST, values=values)

    def _gather_story(self, number: int, read: ReadFact) -> Gathered | None:
        story = read(FactName(f"story:{number}"))
        if story is None:
            return None
        if story == "gone":
            return Gathered(template="gone", form=Form.GONE, rank=Rank.TOMBSTONE, values={})
        headline, body, byline, related = story
        values = {
            "headline": headline,
            "body": body,
            "by": read(FactName(f"byline:{byline}")),
            "related": [(each, read(FactName(f"card:{each}"))) for each in related],
            "template": read(TEMPLATE),
            # Not shown: so that the press knows the place of a story it only heard of by a full press.
            "place": bool(read(FactName(f"place:{number}"))),
        }
        return Gathered(
            template="story", form=Form.PAGE, rank=Rank.STORY, values=values, assets=(picture_path(number),)
        )

    def render(self, gathered: Gathered) -> bytes:
        self.on_render(gathered)
        return json.dumps([gathered.template, gathered.values]).encode()

    def renderer(self, gathered: Gathered) -> str:
        return digest_of(f"toy {gathered.template}")

    def mark(self, reader: ToyPaper) -> RecordMark:
        return RecordMark(reader.acts, digest_of(f"act {reader.acts}"))

    def asset(self, path: SheetPath) -> bytes:
        return f"<svg>{path}</svg>".encode()


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def newest(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(numbers, reverse=True)[:LIST_SIZE])


def links_of(data: bytes) -> list[SheetPath]:
    """Return where a pressed list of the toy paper links to."""
    template, values = json.loads(data)
    return [SheetPath(path) for path, _ in values["links"]] if template in {"list", "feed"} else []
