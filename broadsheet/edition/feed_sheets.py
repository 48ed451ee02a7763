"""Feeds: the newest stories for programs, as Atom and RSS; those of the paper with their full text.

Source: RFC 4287; RSS 2.0 of the RSS Advisory Board, with ``content:encoded`` for full text.
"""

from __future__ import annotations

import uuid
from email.utils import format_datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from broadsheet.edition import assets, names
from broadsheet.edition.addresses import HomeSheet, path_of, story_path
from broadsheet.edition.front_sheets import named_front
from broadsheet.edition.genres import genre_label
from broadsheet.edition.machine_pages import FeedEntry, FeedPage, RssItem, RssPage
from broadsheet.edition.moments import iso_time
from broadsheet.edition.stories import GatheredStory, StoryGatherer, changed_at
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


class WholeStory(NamedTuple):
    """A story with all its text, and its section where that is out."""

    story: StoryDocument
    section: SectionLine | None
    gathered: GatheredStory


def feed_sheet(work: Work) -> Gathered:
    """Return the Atom feed. It is as old as its newest change, so that the same stories give the same bytes."""
    paper, stories = work.paper, _newest(work)
    page = FeedPage(
        locale=work.locale,
        base_url=paper.base_url,
        url=paper.base_url + work.path,
        home_url=paper.base_url + path_of(HomeSheet(work.locale)),
        paper=paper.name,
        description=next(each.description for each in paper.languages if each.locale == work.locale),
        logo=assets.theme_path(assets.LOGO),
        updated_iso=iso_time(max((changed_at(each.story) for each in stories), default=paper.since), paper.zone),
        entries=tuple(_entry(work, each) for each in stories),
    )
    return work.sheet("atom.xml", page, rank=Rank.FEED, form=Form.FILE, files=_files(stories))


def rss_sheet(work: Work, front: Front) -> Gathered | None:
    """Return the RSS feed of a front: of the whole paper with full text, of a part of it with summaries."""
    named = named_front(work, front)
    if named is None:
        return None
    is_whole = isinstance(front, HomeSheet)
    stories = _newest(work) if is_whole else ()
    items = (_item(work, each) for each in stories) if is_whole else _summaries(work, named)
    page = RssPage(
        locale=work.locale,
        base_url=work.paper.base_url,
        url=work.paper.base_url + work.path,
        page_url=work.paper.base_url + path_of(front),
        title=work.titled(named.title) if named.title else work.paper.name,
        description=named.line or named.title or work.paper.name,
        items=tuple(items),
    )
    return work.sheet("rss.xml", page, rank=Rank.FEED, form=Form.FILE, files=_files(stories))


def entry_id(story: Urn, locale: Locale) -> str:
    """Return the entry's id for ever: a UUID of the subject, the same wherever the paper's address moves to."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{story}:{locale}").urn


def _newest(work: Work) -> tuple[WholeStory, ...]:
    listed: tuple[Urn, ...] = work.read(names.list_fact(work.locale, names.NEWEST))
    found: list[StoryDocument | None] = [work.read(names.story_fact(work.locale, story)) for story in listed]
    sections: tuple[SectionLine, ...] = work.read(names.sections_fact(work.locale))
    by_key = {section.key: section for section in sections}
    return tuple(
        WholeStory(
            story=story,
            section=by_key.get(key_of(story.section)),
            gathered=StoryGatherer(read=work.read, paper=work.paper, story=story, prefix=work.paper.base_url).gather(),
        )
        for story in found
        if story is not None
    )


def _files(stories: Iterable[WholeStory]) -> tuple[SheetPath, ...]:
    return tuple(dict.fromkeys(path for each in stories for path in each.gathered.files))


def _entry(work: Work, whole: WholeStory) -> FeedEntry:
    story = whole.story
    return FeedEntry(
        id=entry_id(story.subject, story.locale),
        url=work.paper.base_url + path_of(story_path(story)),
        updated_iso=iso_time(changed_at(story), work.paper.zone),
        section=whole.section,
        story=whole.gathered.text,
    )


def _item(work: Work, whole: WholeStory) -> RssItem:
    story = whole.story
    return RssItem(
        id=entry_id(story.subject, story.locale),
        url=work.paper.base_url + path_of(story_path(story)),
        title=story.headline,
        published=_rss_time(story.published_at, work.paper.zone),
        section=whole.section.title if whole.section is not None else "",
        summary=story.standfirst,
        story=whole.gathered.text,
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
