"""The facts of what has a name, and in each language a front of its own: bylines; topics, people and places."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from broadsheet.edition import names
from broadsheet.edition.addresses import front_of, path_of
from broadsheet.edition.calendars import EVER
from broadsheet.edition.reading import paper_locales, released
from broadsheet.edition.values import AuthorLine, BylineLine, TopicEntry, TopicLine
from broadsheet.ledger.values import BylineDocument, State, TopicDocument
from broadsheet.plain.folding import without_accents
from broadsheet.plain.locales import MULTIPLE, Locale
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import Urn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.edition.reading import Reader
    from broadsheet.plain.urns import Kind

Named = TypeVar("Named", BylineDocument, TopicDocument)
Entry = TypeVar("Entry", AuthorLine, TopicEntry)


def byline_line(about: str, reader: Reader) -> BylineLine | None:
    """Return the byline in one language."""
    locale, subject = _subject(about)
    standing = reader.current(subject, MULTIPLE)
    if standing is not None and standing.state is State.ERASED:
        # The stories it signed keep the name in their documents, and print it no more.
        return BylineLine(subject=subject, key=Slug(""), name="", is_agency=False, path="", is_erased=True)
    byline = released(subject, MULTIPLE, reader)
    if not isinstance(byline, BylineDocument):
        return None
    return BylineLine(
        subject=subject,
        key=byline.key,
        name=byline.names.get(locale, byline.name),
        is_agency=byline.is_agency,
        path=_path(byline, locale, reader),
    )


def topic_line(about: str, reader: Reader) -> TopicLine | None:
    """Return the topic in one language, None while readers cannot have it. No story has another name of it."""
    locale, subject = _subject(about)
    topic = released(subject, MULTIPLE, reader)
    if not isinstance(topic, TopicDocument):
        return None
    name = topic.names.get(locale, topic.name)
    return TopicLine(subject=subject, key=topic.key, name=name, kind=topic.kind, path=_path(topic, locale, reader))


def topic_about(about: str, reader: Reader) -> str:
    """Return what is said of the topic in one language. No story reads it, so that it changes without one of them."""
    locale, subject = _subject(about)
    topic = released(subject, MULTIPLE, reader)
    return topic.descriptions.get(locale, "") if isinstance(topic, TopicDocument) else ""


def with_key(kind: Kind, about: str, reader: Reader) -> Urn | None:
    """Return the byline or topic that has that key in its address."""
    placed = reader.placed(list_name=names.key_list(kind, Slug(about)), locale=MULTIPLE, limit=1)
    return placed[0].subject if placed else None


def authors(about: str, reader: Reader) -> tuple[AuthorLine, ...]:
    """Return everybody who has a story in that language, by name."""
    locale = Locale(about)
    bylines = [each.document for each in reader.standings("byline") if isinstance(each.document, BylineDocument)]
    return _by_name(
        AuthorLine(byline.names.get(locale, byline.name), path_of(front_of(byline, locale)))
        for byline in _with_stories(bylines, locale, reader)
    )


def topics(about: str, reader: Reader) -> tuple[TopicEntry, ...]:
    """Return every topic, person and place a story in that language is about, by name."""
    locale = Locale(about)
    found = [each.document for each in reader.standings("topic") if isinstance(each.document, TopicDocument)]
    return _by_name(
        TopicEntry(topic.names.get(locale, topic.name), path_of(front_of(topic, locale)), topic.kind)
        for topic in _with_stories(found, locale, reader)
    )


def _path(named: BylineDocument | TopicDocument, locale: Locale, reader: Reader) -> str:
    """Return the address of the front in that language; empty while it has no story."""
    is_there = locale in paper_locales(reader) and bool(
        reader.placed(list_name=names.list_of(named.subject), locale=locale, limit=1)
    )
    return path_of(front_of(named, locale)) if is_there else ""


def _with_stories(named: list[Named], locale: Locale, reader: Reader) -> list[Named]:
    filled = reader.filled([(names.list_of(each.subject), *EVER) for each in named], locale=locale)
    return [each for each, has_stories in zip(named, filled, strict=True) if has_stories]


def _by_name(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return them as a reader looks for them, whatever accents they have."""
    return tuple(sorted(entries, key=lambda entry: (without_accents(entry.name), entry.name, entry.path)))


def _subject(about: str) -> tuple[Locale, Urn]:
    locale, _, urn = about.partition(":")
    return Locale(locale), Urn(urn)
