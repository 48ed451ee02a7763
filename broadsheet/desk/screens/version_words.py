"""What tells one version of a subject from the next at a glance, for whoever chooses one to restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.ledger.arrangements import (
    FrontDocument,
    FrontEntry,
    LinkEntry,
    NavigationDocument,
    NavigationEntry,
    SectionsEntry,
    SubjectEntry,
)
from broadsheet.ledger.values import (
    BylineDocument,
    Document,
    PageDocument,
    PictureDocument,
    SectionDocument,
    StoryDocument,
    TopicDocument,
)
from broadsheet.plain.urns import Urn, key_of

if TYPE_CHECKING:
    from broadsheet.ledger.queries import LedgerReader
    from broadsheet.plain.locales import Locale


def told_apart(document: Document, reader: LedgerReader) -> str:
    """Return the words; of a navigation its entries by name, those of the menu and those of the foot; of a front its slots."""
    match document:
        case StoryDocument():
            words = f"“{document.headline}”"
        case PictureDocument():
            words = f"“{document.caption}”, credit “{document.credit}”"
        case PageDocument() | SectionDocument():
            words = f"“{document.title}”"
        case BylineDocument() | TopicDocument():
            words = f"“{document.name}”"
        case NavigationDocument(locale=locale):
            menu, foot = (
                ", ".join(_name(entry, locale, reader) for entry in entries) or "empty"
                for entries in (document.menu, document.footer)
            )
            words = f"menu: {menu}; foot: {foot}"
        case FrontDocument(locale=locale, layout=layout):
            slots = ", ".join(_headline(pin.story, locale, reader) for pin in document.slots) or "empty"
            words = f"{layout}: {slots}{f'; strip: “{document.strip.words}”' if document.strip else ''}"
        case _:
            words = ""
    return words


def _headline(story: Urn, locale: Locale, reader: LedgerReader) -> str:
    """Return the headline readers last had; the key where they never did."""
    standing = reader.current(story, locale)
    document = reader.document(standing.document_digest) if standing is not None else None
    return f"“{document.headline}”" if isinstance(document, StoryDocument) else key_of(story)


def _name(entry: NavigationEntry, locale: Locale, reader: LedgerReader) -> str:
    match entry:
        case SectionsEntry():
            return "all sections"
        case FrontEntry(label=label):
            return label or "front page"
        case LinkEntry(label=label):
            return label
        case SubjectEntry(label=label):
            return label or _title(entry, locale, reader)


def _title(entry: SubjectEntry, locale: Locale, reader: LedgerReader) -> str:
    """Return what it leads to as readers last had it; its key where they never did."""
    standing = reader.current(entry.target, locale)
    document = reader.document(standing.document_digest) if standing is not None else None
    return document.title if isinstance(document, PageDocument | SectionDocument) else key_of(entry.target)
