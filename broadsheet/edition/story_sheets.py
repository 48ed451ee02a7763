"""A story's page, and the page that stands in its place once it is withdrawn. Both read settled facts only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition import names
from broadsheet.edition.addresses import HomeSheet, LatestSheet, SectionSheet, path_of
from broadsheet.edition.frames import Head, source_first
from broadsheet.edition.pages import Link, StoryPage
from broadsheet.edition.stories import StoryGatherer
from broadsheet.edition.structured import news_article
from broadsheet.edition.tombstones import tombstone
from broadsheet.ledger.values import State, StoryDocument
from broadsheet.plain.urns import Urn, key_of
from broadsheet.press.values import Gathered, Rank

if TYPE_CHECKING:
    from broadsheet.edition.gathering import Work
    from broadsheet.edition.values import EditionLine, Place, SectionFront
    from broadsheet.plain.slugs import Slug


def story_sheet(work: Work, slug: Slug) -> Gathered | None:
    """Return the page of the story with that slug, its tombstone, or None where no story ever stood there."""
    subject: Urn | None = work.read(names.address_fact(work.locale, slug))
    place: Place | None = work.read(names.place_fact(work.locale, subject)) if subject is not None else None
    if subject is None or place is None or place.path != work.path:
        return None
    story: StoryDocument | None = work.read(names.story_fact(work.locale, subject))
    if place.state is not State.RELEASED or story is None:
        return _gone_sheet(work, kill_notice=place.kill_notice)
    return _released_sheet(work, story)


def _released_sheet(work: Work, story: StoryDocument) -> Gathered:
    gathered = StoryGatherer(read=work.read, paper=work.paper, story=story, prefix=work.link_prefix).gather()
    editions: tuple[EditionLine, ...] = work.read(names.editions_fact(story.edition_key))
    key = key_of(story.section)
    section: SectionFront | None = work.read(names.section_fact(work.locale, key))
    head = Head(
        path=work.path,
        title=work.titled(story.headline),
        description=story.standfirst or story.headline,
        versions=source_first(editions),
        og_type="article",
        picture=gathered.lead,
        picture_alt=story.lead.alt if story.lead else "",
    )
    frame = work.frame(head)
    page = StoryPage(
        frame=frame,
        story=gathered.text,
        section=Link(section.title, path_of(SectionSheet(work.locale, key))) if section is not None else None,
        latest=path_of(LatestSheet(SectionSheet(work.locale, key) if section is not None else HomeSheet(work.locale))),
        structured=news_article(
            story=gathered.text,
            frame=frame,
            paper=work.paper,
            picture=gathered.lead,
            section=section.title if section is not None else "",
        ),
    )
    return work.sheet("story.html", page, rank=Rank.STORY, files=gathered.files)


def _gone_sheet(work: Work, *, kill_notice: str) -> Gathered:
    said = work.say("This story was killed") if kill_notice else work.say("This story is no longer available")
    return tombstone(work, said=said, kill_notice=kill_notice)
