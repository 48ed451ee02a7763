"""What tells one version of a subject from the next at a glance, for whoever chooses one to restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.ledger.values import (
    BylineDocument,
    Document,
    FrontEntry,
    LinkEntry,
    NavigationDocument,
    NavigationEntry,
    PageDocument,
    PictureDocument,
    SectionDocument,
    SectionsEntry,
    StoryDocument,
    SubjectEntry,
)
from broadsheet.plain.urns import key_of

if TYPE_CHECKING:
    from broadsheet.ledger.queries import LedgerReader
    from broadsheet.plain.locales import Locale


def told_apart(document: Document, reader: LedgerReader) -> str:
    """Return the words; of a navigation its entries by name, those of the menu and those of the foot."""
    match document:
        case StoryDocument():
            return f"“{document.headline}”"
        case PictureDocument():
            return f"“{document.caption}”, credit “{document.credit}”"
        case PageDocument() | SectionDocument():
            return f"“{document.title}”"
        case BylineDocument():
            return f"“{document.name}”"
        case NavigationDocument(locale=locale):
            menu, foot = (
                ", ".join(_name(entry, locale, reader) for entry in entries) or "empty"
                for entries in (document.menu, document.footer)
            )
            return f"menu: {menu}; foot: {foot}"
        case _:
            return ""


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
