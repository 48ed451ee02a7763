"""Navigations as documents, and what keeps one from being released."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotReady, Problem
from broadsheet.desk.models import Section, StandingPage
from broadsheet.ledger.arrangements import (
    FrontEntry,
    LinkEntry,
    NavigationDocument,
    NavigationEntry,
    SectionsEntry,
    SubjectEntry,
)
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import Urn, make_urn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wagtail.blocks import StreamValue
    from wagtail.models import Page

    from broadsheet.desk.models import Navigation

#: One in each language, of the same name.
NAVIGATION_KEY: Final = "site"
_NAMED_BY_TARGET: Final = ("section", "page")


def compile_navigation(navigation: Navigation) -> NavigationDocument:
    """Return the navigation. What it leads to need not be out: readers get the link when it is.

    Raises: NotReady naming every entry that leads nowhere, or into another language.
    """
    problems = tuple(problem for name in ("menu", "footer") for problem in _problems(navigation, name))
    if problems:
        raise NotReady(problems)
    return NavigationDocument(
        subject=make_urn("navigation", NAVIGATION_KEY),
        locale=Locale(navigation.locale.language_code),
        menu=tuple(_entries(navigation.menu)),
        footer=tuple(_entries(navigation.footer)),
    )


def _problems(navigation: Navigation, name: str) -> Iterator[Problem]:
    for place, child in enumerate(getattr(navigation, name), start=1):
        if child.block_type in _NAMED_BY_TARGET:
            target: Page | None = child.value["target"]
            if target is None:
                yield Problem(
                    name, f"Entry {place} leads to a page that is no longer there. Choose another, or remove it."
                )
            elif target.locale_id != navigation.locale_id:
                language = navigation.locale.get_display_name()
                sentence = f"Entry {place}, “{target.title}”, is in another language. Choose the one in {language}."
                yield Problem(name, sentence)
        elif child.block_type == "link" and not one_line(child.value["label"]):
            yield Problem(name, f"Entry {place} has no name.")


def _entries(stream: StreamValue) -> Iterator[NavigationEntry]:
    for child in stream:
        match child.block_type:
            case "sections":
                yield SectionsEntry()
            case "front":
                yield FrontEntry(label=one_line(child.value["label"]))
            case "link":
                yield LinkEntry(url=child.value["url"].strip(), label=one_line(child.value["label"]))
            case _:
                yield SubjectEntry(target=_urn(child.value["target"]), label=one_line(child.value["label"]))


def _urn(target: Page) -> Urn:
    page = target.specific
    if isinstance(page, Section):
        return make_urn("section", page.key)
    assert isinstance(page, StandingPage)  # noqa: S101 - the choosers offer nothing else
    return make_urn("page", page.subject_key.hex)
