"""The Atom feed of a language: the newest stories with their full text.  Source: RFC 4287."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from broadsheet.edition import assets, names
from broadsheet.edition.addresses import HomeSheet, path_of
from broadsheet.edition.facts import story_path
from broadsheet.edition.moments import iso_time
from broadsheet.edition.pages import FeedEntry, FeedPage
from broadsheet.edition.stories import StoryGatherer, changed_at
from broadsheet.plain.urns import Urn, key_of
from broadsheet.press.values import Form, Gathered, Rank, SheetPath

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.edition.gathering import Work
    from broadsheet.edition.values import SectionLine
    from broadsheet.ledger.values import StoryDocument


def feed_sheet(work: Work) -> Gathered:
    """Return the feed. It is as old as its newest change, so that the same stories give the same bytes."""
    paper = work.paper
    listed: tuple[Urn, ...] = work.read(names.list_fact(work.locale, names.NEWEST))
    found: list[StoryDocument | None] = [work.read(names.story_fact(work.locale, story)) for story in listed]
    stories = [story for story in found if story is not None]
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


def entry_id(story: StoryDocument) -> str:
    """Return the entry's id for ever: a UUID of the subject, the same wherever the paper's address moves to."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{story.subject}:{story.locale}").urn


def _entries(work: Work, stories: Iterable[StoryDocument], files: list[SheetPath]) -> Iterable[FeedEntry]:
    sections: tuple[SectionLine, ...] = work.read(names.sections_fact(work.locale))
    by_key = {section.key: section for section in sections}
    base_url = work.paper.base_url
    for story in stories:
        gathered = StoryGatherer(read=work.read, paper=work.paper, story=story, prefix=base_url).gather()
        files.extend(gathered.files)
        yield FeedEntry(
            id=entry_id(story),
            url=base_url + path_of(story_path(story)),
            updated_iso=iso_time(changed_at(story), work.paper.zone),
            section=by_key.get(key_of(story.section)),
            story=gathered.text,
        )
