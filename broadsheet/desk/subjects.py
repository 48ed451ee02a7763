"""The desk's rows as subjects of the ledger: their names, their language, and how each is compiled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from broadsheet.desk.compiling import (
    NAVIGATION_KEY,
    compile_byline,
    compile_front,
    compile_navigation,
    compile_picture,
    compile_section,
    compile_standing_page,
    compile_story,
    compile_topic,
)
from broadsheet.desk.models import Byline, Front, Navigation, Picture, Section, StandingPage, Story, Topic
from broadsheet.plain.locales import MULTIPLE, Locale
from broadsheet.plain.urns import Kind, Urn, front_urn, key_of, make_urn

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db import models
    from wagtail.models import Page

    from broadsheet.ledger.values import Document

#: The models whose rows are subjects; every save and deletion of one ends in an act or changes nothing for readers.
SUBJECT_MODELS: Final[tuple[type[models.Model], ...]] = (
    Story,
    Section,
    StandingPage,
    Navigation,
    Front,
    Byline,
    Topic,
    Picture,
)
PAGE_MODELS: Final[tuple[type[Page], ...]] = (Story, Section, StandingPage)


@dataclass(frozen=True)
class DeskSubject:
    """One row of the desk, seen as a subject. ``row`` is one of SUBJECT_MODELS."""

    row: Any
    kind: Kind
    key: str
    locale: Locale
    section_key: str | None
    title: str
    compile: Callable[[], Document]

    @property
    def urn(self) -> Urn:
        """Return the subject's name in the ledger."""
        return make_urn(self.kind, self.key)

    @property
    def is_page(self) -> bool:
        """Return whether Wagtail knows it as a page, with ``live`` as its switch."""
        return isinstance(self.row, PAGE_MODELS)

    @property
    def page_id(self) -> int | None:
        """Return the page to lead a person to, where the subject is one."""
        return self.row.pk if self.is_page else None


def subject_of(row: Any) -> DeskSubject:  # noqa: ANN401 - a row of SUBJECT_MODELS
    """Return the row as a subject.

    Raises: TypeError for a row that is none.
    """
    if isinstance(row, Story):
        return _story(row)
    if isinstance(row, Section):
        return DeskSubject(row, "section", row.key, _locale(row), row.key, row.title, lambda: compile_section(row))
    if isinstance(row, StandingPage):
        key = row.subject_key.hex
        return DeskSubject(row, "page", key, _locale(row), None, row.title, lambda: compile_standing_page(row))
    if isinstance(row, Navigation):
        return DeskSubject(
            row, "navigation", NAVIGATION_KEY, _locale(row), None, str(row), lambda: compile_navigation(row)
        )
    if isinstance(row, Front):
        section = row.section.key if row.section is not None else None
        key = key_of(front_urn(section or ""))
        return DeskSubject(row, "front", key, _locale(row), section, str(row), lambda: compile_front(row))
    if isinstance(row, Byline | Topic | Picture):
        return _of_every_language(row)
    msg = f"{type(row).__name__} is no subject of the ledger."
    raise TypeError(msg)


def _story(story: Story) -> DeskSubject:
    section = story.section
    return DeskSubject(
        story,
        "story",
        story.subject_key.hex,
        _locale(story),
        section.key if section else None,
        story.title,
        lambda: compile_story(story),
    )


def _of_every_language(row: Byline | Topic | Picture) -> DeskSubject:
    key = row.subject_key.hex
    if isinstance(row, Topic):
        return DeskSubject(row, "topic", key, MULTIPLE, None, row.name, lambda: compile_topic(row))
    if isinstance(row, Byline):
        return DeskSubject(row, "byline", key, MULTIPLE, None, row.name, lambda: compile_byline(row))
    return DeskSubject(row, "picture", key, MULTIPLE, None, row.title, lambda: compile_picture(row))


def _locale(row: Page | Navigation | Front) -> Locale:
    return Locale(row.locale.language_code)
