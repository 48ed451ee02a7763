"""What an editor put on a front, without what readers cannot have now and what has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.edition.addresses import path_of, story_path
from broadsheet.edition.reading import Reader, released
from broadsheet.edition.values import Arrangement, StripLine
from broadsheet.ledger.arrangements import BreakingStrip, FrontDocument, FrontLayout, Pin
from broadsheet.ledger.values import StoryDocument
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import Urn, front_urn, key_of, make_urn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: How many slots each layout has.
SLOTS: Final[Mapping[FrontLayout, int]] = {"lead": 1, "lead-two": 3, "row": 3}


def arrangement(about: str, reader: Reader) -> Arrangement | None:
    """Return what stands on the front now, None where nobody arranged it.

    It changes at the end of a pin or strip without a release: whoever watches the clock posts a notice of the front.
    """
    front, locale = _front(about, reader)
    if front is None:
        return None
    shown = tuple(_standing(front.slots, locale, reader))
    slots = shown[: SLOTS[front.layout]]
    featured = tuple(story for story in _standing(front.featured, locale, reader) if story not in slots)
    strip = _strip(front.strip, locale, reader) if front.strip is not None else None
    return Arrangement(layout=front.layout, slots=slots, featured=featured, strip=strip)


def breaking(about: str, reader: Reader) -> StripLine | None:
    """Return the strip that stands on the home front of the language now, None where none does."""
    home, locale = _front(f"{about}:{key_of(front_urn())}", reader)
    return _strip(home.strip, locale, reader) if home is not None and home.strip is not None else None


def fronts_with(story: Urn, locale: Locale, reader: Reader) -> Iterator[Urn]:
    """Yield the arranged fronts of the language that name the story."""
    for standing in reader.standings("front", locale):
        front = standing.document
        if isinstance(front, FrontDocument) and story in _stories(front):
            yield front.subject


def _front(about: str, reader: Reader) -> tuple[FrontDocument | None, Locale]:
    language, _, key = about.partition(":")
    locale = Locale(language)
    document = released(make_urn("front", key), locale, reader)
    return (document if isinstance(document, FrontDocument) else None), locale


def _stories(front: FrontDocument) -> set[Urn]:
    named = {pin.story for pin in (*front.slots, *front.featured)}
    return named | ({front.strip.story} if front.strip is not None and front.strip.story is not None else set())


def _standing(pins: Iterable[Pin], locale: Locale, reader: Reader) -> Iterator[Urn]:
    """Yield each story once that readers can have, in order."""
    lasting = [pin.story for pin in pins if pin.until is None or pin.until > reader.now]
    for story in dict.fromkeys(lasting):
        if isinstance(released(story, locale, reader), StoryDocument):
            yield story


def _strip(strip: BreakingStrip, locale: Locale, reader: Reader) -> StripLine | None:
    if strip.until <= reader.now:
        return None
    if strip.story is None:
        return StripLine(strip.words)
    story = released(strip.story, locale, reader)
    return StripLine(strip.words, path_of(story_path(story))) if isinstance(story, StoryDocument) else None
