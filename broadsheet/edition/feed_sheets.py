"""Feeds: the newest stories for programs, as Atom and RSS; those of the paper with their full text.

Source: RFC 4287; RSS 2.0 of the RSS Advisory Board, with ``content:encoded`` for full text.
"""

from __future__ import annotations

import uuid
from email.utils import format_datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from broadsheet.edition import assets, names
from broadsheet.edition.addresses import HomeSheet, path_of, story_path
from broadsheet.edition.front_sheets import named_front
from broadsheet.edition.genres import genre_label
from broadsheet.edition.machine_pages import FeedEntry, FeedPage, RssItem, RssPage
from broadsheet.edition.moments import iso_time
from broadsheet.edition.stories import StoryGatherer, changed_at
from broadsheet.plain.times import to_utc
from broadsheet.plain.urns import Urn, key_of
from broadsheet.press.values import Form, Gathered, Rank, SheetPath

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from broadsheet.edition.addresses import Front
    from broadsheet.edition.front_sheets import NamedFront
    from broadsheet.edition.gathering import Work
    from broadsheet.edition.values import Card, SectionLine
    from broadsheet.ledger.values import StoryDocument
    from broadsheet.plain.locales import Locale


def feed_sheet(work: Work) -> Gathered:
    """Return the Atom feed. It is as old as its newest change, so that the same stories give the same bytes."""
    paper, stories = work.paper, _newest(work)
    files: list[SheetPath] = []
    page = FeedPage(
        locale=work.locale,
        base_url=paper.base_url,
        url=paper.base_url + work.path,
        home_url=paper.base_url + path_of(HomeSheet(work.locale)),
        paper=paper.name,
        title=paper.name,
        description=next(each.description for each in paper.languages if each.locale == work.locale),
        logo=assets.theme_path(assets.LOGO),
        updated_iso=iso_time(max(map(changed_at, stories), default=paper.since), paper.zone),
        entries=tuple(_entries(work, stories, files)),
    )
    return work.sheet("atom.xml", page, rank=Rank.FEED, form=Form.FILE, files=tuple(dict.fromkeys(files)))


def rss_sheet(work: Work, front: Front) -> Gathered | None:
    """Return the RSS feed of a front: of the whole paper with full text, of a part of it with summaries."""
    named = named_front(work, front)
    if named is None:
        return None
    files: list[SheetPath] = []
    items = _whole(work, files) if isinstance(front, HomeSheet) else _summaries(work, named)
    page = RssPage(
        locale=work.locale,
        base_url=work.paper.base_url,
        url=work.paper.base_url + work.path,
        page_url=work.paper.base_url + path_of(front),
        title=work.titled(named.title) if named.title else work.paper.name,
        description=named.line or named.title or work.paper.name,
        items=tuple(items),
    )
    return work.sheet("rss.xml", page, rank=Rank.FEED, form=Form.FILE, files=tuple(dict.fromkeys(files)))


def entry_id(story: Urn, locale: Locale) -> str:
    """Return the entry's id for ever: a UUID of the subject, the same wherever the paper's address moves to."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{story}:{locale}").urn


def _newest(work: Work) -> list[StoryDocument]:
    listed: tuple[Urn, ...] = work.read(names.list_fact(work.locale, names.NEWEST))
    found: list[StoryDocument | None] = [work.read(names.story_fact(work.locale, story)) for story in listed]
    return [story for story in found if story is not None]


def _whole(work: Work, files: list[SheetPath]) -> Iterable[RssItem]:
    sections: tuple[SectionLine, ...] = work.read(names.sections_fact(work.locale))
    titles = {section.key: section.title for section in sections}
    base_url = work.paper.base_url
    for story in _newest(work):
        gathered = StoryGatherer(read=work.read, paper=work.paper, story=story, prefix=base_url).gather()
        files.extend(gathered.files)
        yield RssItem(
            id=entry_id(story.subject, story.locale),
            url=base_url + path_of(story_path(story)),
            title=story.headline,
            published=_rss_time(story.published_at, work.paper.zone),
            section=titles.get(key_of(story.section), ""),
            summary=story.standfirst,
            story=gathered.text,
        )


def _summaries(work: Work, named: NamedFront) -> Iterable[RssItem]:
    listed: tuple[Urn, ...] = work.read(names.list_fact(work.locale, named.list_name))
    for story in listed:
        card: Card | None = work.read(names.card_fact(work.locale, story))
        if card is not None:
            yield RssItem(
                id=entry_id(story, work.locale),
                url=work.paper.base_url + card.path,
                title=card.headline,
                published=_rss_time(card.published_at, work.paper.zone),
                section="",
                summary=": ".join(filter(None, (genre_label(card.genre, work.locale), card.standfirst))),
            )


def _rss_time(moment: datetime, zone: str) -> str:
    """Return the moment as RSS wants it.  Source: RFC 5322, section 3.3."""
    return format_datetime(to_utc(moment).astimezone(ZoneInfo(zone)))


def _entries(work: Work, stories: Iterable[StoryDocument], files: list[SheetPath]) -> Iterable[FeedEntry]:
    sections: tuple[SectionLine, ...] = work.read(names.sections_fact(work.locale))
    by_key = {section.key: section for section in sections}
    base_url = work.paper.base_url
    for story in stories:
        gathered = StoryGatherer(read=work.read, paper=work.paper, story=story, prefix=base_url).gather()
        files.extend(gathered.files)
        yield FeedEntry(
            id=entry_id(story.subject, story.locale),
            url=base_url + path_of(story_path(story)),
            updated_iso=iso_time(changed_at(story), work.paper.zone),
            section=by_key.get(key_of(story.section)),
            story=gathered.text,
        )
