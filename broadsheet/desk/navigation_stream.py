"""A released navigation written back into its row: what compiling does, the other way round. Does not save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.desk.errors import CannotRestore
from broadsheet.desk.models import Section, StandingPage
from broadsheet.ledger.arrangements import FrontEntry, LinkEntry, NavigationDocument, NavigationEntry, SectionsEntry
from broadsheet.plain.urns import Urn, key_of, kind_of

if TYPE_CHECKING:
    from broadsheet.desk.models import Navigation


def write_navigation_back(navigation: Navigation, document: NavigationDocument) -> None:
    """Put what the document says into the row.

    Raises: CannotRestore when it leads to what the desk no longer has.
    """
    navigation.menu = [_entry(entry, navigation) for entry in document.menu]
    navigation.footer = [_entry(entry, navigation) for entry in document.footer]


def _entry(entry: NavigationEntry, navigation: Navigation) -> tuple[str, Any]:
    match entry:
        case SectionsEntry():
            return "sections", None
        case FrontEntry(label=label):
            return "front", {"label": label}
        case LinkEntry(url=url, label=label):
            return "link", {"url": url, "label": label}
        case _:
            target = _target(entry.target, navigation)
            return ("section" if isinstance(target, Section) else "page"), {"target": target, "label": entry.label}


def _target(urn: Urn, navigation: Navigation) -> Section | StandingPage:
    key = key_of(urn)
    found: Section | StandingPage | None
    if kind_of(urn) == "section":
        found = Section.objects.filter(locale=navigation.locale, key=key).first()
    else:
        found = StandingPage.objects.filter(locale=navigation.locale, subject_key=key).first()
    if found is None:
        msg = "That version leads to a page the desk no longer has. Put the navigation together again on its screen."
        raise CannotRestore(msg)
    return found
