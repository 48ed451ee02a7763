"""Fronts as documents, and what keeps one from being released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotReady, Problem
from broadsheet.ledger.arrangements import BreakingStrip, FrontDocument, Pin
from broadsheet.plain.locales import Locale
from broadsheet.plain.times import to_utc
from broadsheet.plain.urns import Urn, front_urn, make_urn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wagtail.blocks import StreamValue

    from broadsheet.desk.models import Front, Story


def compile_front(front: Front) -> FrontDocument:
    """Return the front. Its stories need not be out: readers get each when it is.

    Raises: NotReady naming every entry without a story, or with one in another language, and a strip without words.
    """
    if problems := tuple(_problems(front)):
        raise NotReady(problems)
    section = front.section
    return FrontDocument(
        subject=front_urn(section.key if section is not None else ""),
        locale=Locale(front.locale.language_code),
        layout=front.layout,  # type: ignore[arg-type]  # one of LAYOUTS
        section=make_urn("section", section.key) if section is not None else None,
        slots=tuple(_pins(front.slots)),
        featured=tuple(_pins(front.featured)),
        strip=_strip(front.strip),
    )


def _problems(front: Front) -> Iterator[Problem]:
    for name in ("strip", "slots", "featured"):
        for place, child in enumerate(getattr(front, name), start=1):
            which, story = "The strip" if name == "strip" else f"Entry {place}", child.value["story"]
            if story is not None and story.locale_id != front.locale_id:
                language = front.locale.get_display_name()
                yield Problem(name, f"{which}, “{story.title}”, is in another language. Choose a story in {language}.")
            elif story is None and name != "strip":
                yield Problem(name, f"{which} has a story that is no longer there. Choose another, or remove it.")
            if name == "strip" and not one_line(child.value["words"]):
                yield Problem(name, "The strip has no words.")


def _pins(stream: StreamValue) -> Iterator[Pin]:
    for child in stream:
        until = child.value["until"]
        yield Pin(story=_urn(child.value["story"]), until=to_utc(until) if until is not None else None)


def _strip(stream: StreamValue) -> BreakingStrip | None:
    for child in stream:
        story = child.value["story"]
        return BreakingStrip(
            words=one_line(child.value["words"]),
            until=to_utc(child.value["until"]),
            story=_urn(story) if story is not None else None,
        )
    return None


def _urn(page: Story) -> Urn:
    return make_urn("story", page.subject_key.hex)
