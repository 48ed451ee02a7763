"""Which facts a change of a subject may have changed: the one hand-written part of the press, one function per subject.

A fact too many costs one computation; a fact too few leaves a page stale. ``tests/oracles`` looks for the latter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition import names
from broadsheet.edition.arranging import fronts_with
from broadsheet.edition.calendar_touched import by_corrections, by_place, whole_calendar
from broadsheet.edition.environment import TEMPLATES
from broadsheet.edition.facts import compute
from broadsheet.edition.reading import paper_locales, paper_zone, released
from broadsheet.edition.redirects import by_redirects
from broadsheet.edition.values import THE_HOUSE, BylineLine, PagePlace, PaperLine, Place, TopicLine
from broadsheet.ledger.values import BylineDocument, TopicDocument
from broadsheet.plain.locales import MULTIPLE, Locale
from broadsheet.plain.urns import Urn, key_of, kind_of
from broadsheet.press.values import THE_DAY, FactName, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.edition.reading import Reader, Stored


def touched_facts(subject: Subject, *, stored: Stored, reader: Reader) -> frozenset[FactName]:
    """Return every fact a change of this subject may have changed; empty for subjects no sheet shows."""
    if subject == THE_HOUSE:
        return frozenset(by_the_house())
    if subject == THE_DAY:
        return frozenset(map(names.window_fact, paper_locales(reader)))
    return frozenset(_by_subject(subject, stored, reader))


def _by_subject(subject: Subject, stored: Stored, reader: Reader) -> Iterable[FactName]:
    urn, locale = Urn(subject.name), Locale(subject.locale)
    facts: Iterable[FactName] = ()
    match kind_of(urn):
        case "story":
            facts = by_story(urn, locale, stored=stored, reader=reader)
        case "page":
            facts = by_page(urn, locale, stored=stored, reader=reader)
        case "navigation":
            facts = [names.navigation_fact(locale)]
        case "front":
            facts = [names.front_fact(locale, urn), names.strip_fact(locale)]
        case "section":
            facts = by_section(urn, locale)
        case "byline" | "topic":
            facts = by_named(urn, stored=stored, reader=reader)
        case "picture":
            facts = [names.picture_fact(urn)]
        case "redirects":
            facts = by_redirects(urn, stored=stored, reader=reader)
        case "paper":
            facts = by_paper(stored=stored, reader=reader)
    return facts


def by_the_house() -> Iterator[FactName]:
    """Yield what changes with the product itself: templates, their words, the stylesheet."""
    yield names.RENDERER
    yield from map(names.template_fact, TEMPLATES)


def by_story(story: Urn, locale: Locale, *, stored: Stored, reader: Reader) -> Iterator[FactName]:
    """Yield what shows the story, and every list it stands in now or stood in before."""
    place_name = names.place_fact(locale, story)
    yield place_name
    yield names.story_fact(locale, story)
    yield names.card_fact(locale, story)
    yield names.list_fact(locale, names.NEWEST)
    yield names.window_fact(locale)
    for front in fronts_with(story, locale, reader):
        yield from (names.front_fact(locale, front), names.strip_fact(locale))
    places: tuple[Place | None, ...] = (stored(place_name), compute(place_name, reader))
    for place in places:
        if place is not None:
            yield from _around(place, locale, stored, reader)
            yield from by_place(place, locale, stored=stored, reader=reader)
            yield from by_corrections(place, locale, stored=stored, reader=reader)


def _around(place: Place, locale: Locale, stored: Stored, reader: Reader) -> Iterator[FactName]:
    yield names.address_fact(locale, place.slug)
    yield names.editions_fact(place.edition_key)
    yield from (names.list_fact(locale, names.list_of(subject)) for subject in place.among)
    for named in (*place.bylines, *place.topics):
        # It has a front in a language from its first story there to its last.
        name = names.line_fact(locale, named)
        yield name
        before, after = stored(name), compute(name, reader)
        if (before.path if before else "") != (after.path if after else ""):
            yield _index_fact(locale, named)


def by_page(page: Urn, locale: Locale, *, stored: Stored, reader: Reader) -> Iterator[FactName]:
    """Yield what shows the standing page, links to it in the foot of every page of the language among it."""
    place_name = names.page_place_fact(locale, page)
    yield place_name
    yield names.page_fact(locale, page)
    yield names.navigation_fact(locale)
    places: tuple[PagePlace | None, ...] = (stored(place_name), compute(place_name, reader))
    for place in places:
        if place is not None:
            yield names.address_fact(locale, place.slug)
            yield names.editions_fact(place.edition_key)
            yield from by_corrections(place, locale, stored=stored, reader=reader)


def by_section(section: Urn, locale: Locale) -> Iterator[FactName]:
    """Yield the section's front, its months, and the navigation on every page of the language."""
    yield names.section_fact(locale, key_of(section))
    yield names.shelf_fact(locale, names.list_of(section))
    yield names.sections_fact(locale)
    yield names.navigation_fact(locale)


def by_named(named: Urn, *, stored: Stored, reader: Reader) -> Iterator[FactName]:
    """Yield the byline or topic in every language, and the addresses it has and had."""
    kind = kind_of(named)
    for locale in paper_locales(reader):
        name = names.line_fact(locale, named)
        yield name
        yield names.shelf_fact(locale, names.list_of(named))
        yield _index_fact(locale, named)
        if kind == "topic":
            yield names.about_fact(locale, named)
        before: BylineLine | TopicLine | None = stored(name)
        if before is not None:
            yield names.key_fact(kind, before.key)
    document = released(named, MULTIPLE, reader)
    if isinstance(document, BylineDocument | TopicDocument):
        yield names.key_fact(kind, document.key)


def _index_fact(locale: Locale, named: Urn) -> FactName:
    """Return the list of all bylines or all topics, as this is one of them."""
    return names.authors_fact(locale) if kind_of(named) == "byline" else names.topics_fact(locale)


def by_paper(*, stored: Stored, reader: Reader) -> Iterator[FactName]:
    """Yield the paper, all that stands in a language it has begun or given up, and in another zone every list of days.

    That is every story of the language: the whole archive is asked once, on the day the languages change.
    """
    yield names.PAPER
    before: PaperLine | None = stored(names.PAPER)
    was = set(before.locales) if before is not None else set()
    locales = set(paper_locales(reader))
    for locale in sorted(was ^ locales):
        yield from _whole_language(locale, stored=stored, reader=reader)
    for locale in sorted(was ^ locales if before is not None and before.zone == paper_zone(reader) else was | locales):
        yield from whole_calendar(locale, stored=stored, reader=reader)


def _whole_language(locale: Locale, *, stored: Stored, reader: Reader) -> Iterator[FactName]:
    for standing in reader.standings("section", locale):
        yield names.section_fact(locale, key_of(standing.subject))
    for standing in reader.standings("byline"):
        yield names.line_fact(locale, standing.subject)
    for standing in reader.standings("topic"):
        # What was said of it meanwhile touched the languages of the paper alone.
        yield from (names.line_fact(locale, standing.subject), names.about_fact(locale, standing.subject))
    for standing in reader.standings("page", locale):
        yield from _place_and_versions(names.page_place_fact(locale, standing.subject), stored, reader)
    for standing in reader.standings("story", locale):
        yield from _place_and_versions(names.place_fact(locale, standing.subject), stored, reader)


def _place_and_versions(place_name: FactName, stored: Stored, reader: Reader) -> Iterator[FactName]:
    yield place_name
    places: tuple[Place | PagePlace | None, ...] = (stored(place_name), compute(place_name, reader))
    yield from (names.editions_fact(place.edition_key) for place in places if place is not None)
