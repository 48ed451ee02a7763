"""The demo's fronts, each arranged once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from broadsheet.demo.fronts import read_fronts
from broadsheet.demo.naming import language_row
from broadsheet.demo.stream import demo_key
from broadsheet.desk.actions.arranging import send_front
from broadsheet.desk.models import Front, Section, Story

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from wagtail.models import Locale as WagtailLocale

    from broadsheet.demo.fronts import DemoFront, DemoPin, DemoStrip
    from broadsheet.plain.locales import Locale


def load_fronts(locales: Collection[Locale], *, now: datetime) -> None:
    """Arrange and send what nobody arranged yet, of those languages. The stories must be there.

    Units: ``now`` is UTC; the ends of pins and strips count from it.
    """
    for front in read_fronts():
        for locale in (code for code in front.locales if code in locales):
            language = language_row(locale)
            section = Section.objects.get(locale=language, key=front.section) if front.section else None
            if not Front.objects.filter(locale=language, section=section).exists():
                send_front(_front(front, language, section, now=now), now=now)


def _front(front: DemoFront, language: WagtailLocale, section: Section | None, *, now: datetime) -> Front:
    locale: Any = language.language_code
    return Front(
        locale=language,
        section=section,
        layout=front.layout,
        slots=_pins(front.slots, locale, now=now),
        featured=_pins(front.featured, locale, now=now),
        strip=_strip(front.strip, locale, now=now) if front.strip is not None else [],
    )


def _pins(pins: Iterable[DemoPin], locale: Locale, *, now: datetime) -> list[tuple[str, dict[str, Any]]]:
    return [
        (
            "story",
            {"story": _story(pin.story, locale), "until": now + timedelta(hours=pin.hours) if pin.hours else None},
        )
        for pin in pins
    ]


def _strip(strip: DemoStrip, locale: Locale, *, now: datetime) -> list[tuple[str, dict[str, Any]]]:
    until, story = now + timedelta(hours=strip.hours), _story(strip.story, locale) if strip.story else None
    return [("breaking", {"words": strip.words[locale], "until": until, "story": story})]


def _story(key: str, locale: Locale) -> Story:
    return Story.objects.get(subject_key=demo_key(key, locale))
