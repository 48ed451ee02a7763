"""Where the head and the foot of every page lead: what the navigation says, without what readers cannot have now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.edition.addresses import HomeSheet, PageSheet, SectionSheet, path_of
from broadsheet.edition.reading import Reader, released
from broadsheet.edition.values import NavigationLine, NavigationLines, SectionLine
from broadsheet.ledger.arrangements import (
    FrontEntry,
    LinkEntry,
    NavigationDocument,
    NavigationEntry,
    SectionsEntry,
    SubjectEntry,
)
from broadsheet.ledger.values import PageDocument, SectionDocument
from broadsheet.plain.urns import make_urn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.plain.locales import Locale
    from broadsheet.plain.urns import Urn

#: One in each language, of the same name.
NAVIGATION_URN: Final = make_urn("navigation", "site")
_OUTSIDE: Final = "https://"


def navigation_lines(locale: Locale, reader: Reader) -> NavigationLines:
    """Return the links of a language. Without a navigation: all sections above, all standing pages below."""
    navigation = released(NAVIGATION_URN, locale, reader)
    if not isinstance(navigation, NavigationDocument):
        return NavigationLines(menu=_all_sections(locale, reader), footer=_all_pages(locale, reader))
    return NavigationLines(
        menu=tuple(_lines(navigation.menu, locale, reader)), footer=tuple(_lines(navigation.footer, locale, reader))
    )


def section_lines(locale: Locale, reader: Reader) -> tuple[SectionLine, ...]:
    """Return the released sections of a language, in their own order."""
    documents = (standing.document for standing in reader.standings("section", locale))
    sections = [document for document in documents if isinstance(document, SectionDocument)]
    return tuple(SectionLine(s.key, s.title) for s in sorted(sections, key=lambda s: (s.order, s.key)))


def _lines(entries: Iterable[NavigationEntry], locale: Locale, reader: Reader) -> Iterator[NavigationLine]:
    for entry in entries:
        match entry:
            case SectionsEntry():
                yield from _all_sections(locale, reader)
            case FrontEntry(label=label):
                yield NavigationLine(text=label, path=path_of(HomeSheet(locale)))
            case SubjectEntry(target=target, label=label):
                yield from _subject(target, label, locale, reader)
            # The desk takes nothing else; a ledger that says something else must not run in a reader's browser.
            case LinkEntry(url=url, label=label) if url.startswith(_OUTSIDE):
                yield NavigationLine(text=label, url=url)


def _subject(target: Urn, label: str, locale: Locale, reader: Reader) -> Iterator[NavigationLine]:
    """Yield the link, nothing while readers cannot have what it leads to."""
    document = released(target, locale, reader)
    if isinstance(document, SectionDocument):
        yield NavigationLine(text=label or document.title, path=path_of(SectionSheet(locale, document.key)))
    elif isinstance(document, PageDocument):
        yield _page_line(document, label)


def _all_sections(locale: Locale, reader: Reader) -> tuple[NavigationLine, ...]:
    return tuple(
        NavigationLine(text=section.title, path=path_of(SectionSheet(locale, section.key)))
        for section in section_lines(locale, reader)
    )


def _all_pages(locale: Locale, reader: Reader) -> tuple[NavigationLine, ...]:
    documents = (standing.document for standing in reader.standings("page", locale))
    pages = [document for document in documents if isinstance(document, PageDocument)]
    return tuple(_page_line(page) for page in sorted(pages, key=lambda page: (page.title, page.slug)))


def _page_line(page: PageDocument, label: str = "") -> NavigationLine:
    return NavigationLine(text=label or page.title, path=path_of(PageSheet(page.locale, page.slug)))
