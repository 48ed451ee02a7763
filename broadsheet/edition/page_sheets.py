"""A standing page, and the page that stands in its place once it is withdrawn or killed. Both read settled facts only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition import names
from broadsheet.edition.bodies import BodyGatherer
from broadsheet.edition.frames import Head, source_first
from broadsheet.edition.pages import StandingPage
from broadsheet.edition.stories import shown_corrections
from broadsheet.edition.structured import web_page
from broadsheet.edition.tombstones import tombstone
from broadsheet.ledger.values import PageDocument, State
from broadsheet.press.values import Gathered, Rank

if TYPE_CHECKING:
    from broadsheet.edition.gathering import Work
    from broadsheet.edition.values import EditionLine, PagePlace
    from broadsheet.plain.slugs import Slug
    from broadsheet.plain.urns import Urn


def page_sheet(work: Work, slug: Slug) -> Gathered | None:
    """Return the standing page with that slug, its tombstone, or None where none ever stood there."""
    subject: Urn | None = work.read(names.address_fact(work.locale, slug))
    place: PagePlace | None = work.read(names.page_place_fact(work.locale, subject)) if subject is not None else None
    if subject is None or place is None or place.path != work.path:
        return None
    page: PageDocument | None = work.read(names.page_fact(work.locale, subject))
    if place.state is not State.RELEASED or page is None:
        return _gone_sheet(work, kill_notice=place.kill_notice)
    return _released_sheet(work, page)


def _released_sheet(work: Work, page: PageDocument) -> Gathered:
    body = BodyGatherer(read=work.read, paper=work.paper, locale=work.locale, prefix=work.link_prefix)
    shown = body.gather(page.body)
    editions: tuple[EditionLine, ...] = work.read(names.editions_fact(page.edition_key))
    head = Head(
        path=work.path,
        title=work.titled(page.title),
        description=page.standfirst or page.title,
        versions=source_first(editions),
    )
    frame = work.frame(head)
    corrections = shown_corrections(page.corrections, zone=work.paper.zone, locale=work.locale)
    values = StandingPage(
        frame=frame,
        title=page.title,
        standfirst=page.standfirst,
        body=shown,
        corrections=corrections,
        structured=web_page(page=page, corrections=corrections, frame=frame, paper=work.paper),
    )
    return work.sheet("page.html", values, rank=Rank.STORY, files=body.files)


def _gone_sheet(work: Work, *, kill_notice: str) -> Gathered:
    said = work.say("This page was killed") if kill_notice else work.say("This page is no longer available")
    return tombstone(work, said=said, kill_notice=kill_notice)
