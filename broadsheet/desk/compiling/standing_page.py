"""Standing pages as documents, and what keeps one from being released."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from broadsheet.desk.body_pictures import pictures_of
from broadsheet.desk.compiling.body import compile_body, rich_texts
from broadsheet.desk.compiling.corrections import corrections_of
from broadsheet.desk.compiling.links import link_targets
from broadsheet.desk.compiling.picture import draft_picture
from broadsheet.desk.compiling.readiness import body_problems
from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotAddressed, NotReady, Problem
from broadsheet.desk.validators import HEADLINE_LENGTH
from broadsheet.ledger.values import PageDocument, PictureDocument, Purpose
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug, make_slug
from broadsheet.plain.times import to_utc
from broadsheet.plain.urns import Urn, make_urn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from broadsheet.desk.models import StandingPage
    from broadsheet.ledger.blocks import Block


class PageDraft(NamedTuple):
    """An unreleased standing page as a document, with the pictures it shows. It names no topics."""

    document: PageDocument
    pictures: Mapping[Urn, PictureDocument]
    topics: tuple[()] = ()


def compile_standing_page(page: StandingPage) -> PageDocument:
    """Return the page as it is to be released; the act has written ``url_slug`` and ``published_at`` before.

    Raises: NotReady naming everything that is missing; NotAddressed.
    """
    if problems := tuple(_problems(page)):
        raise NotReady(problems)
    if not (page.url_slug and page.published_at):
        raise NotAddressed
    return _document(page, slug=Slug(page.url_slug), published_at=page.published_at)


def compile_page_draft(page: StandingPage, *, now: datetime) -> PageDraft:
    """Return the page as it would be released at that moment (UTC), whatever is missing in it."""
    slug = Slug(page.url_slug) if page.url_slug else make_slug(page.title, fallback=page.subject_key.hex)
    document = _document(page, slug=slug, published_at=page.published_at or now)
    shown = pictures_of(page.body)
    pictures = {make_urn("picture", picture.subject_key.hex): draft_picture(picture) for picture in shown}
    return PageDraft(document=document, pictures=pictures)


def _problems(page: StandingPage) -> Iterator[Problem]:
    title = one_line(page.title)
    if not title:
        yield Problem("title", "The page has no title.")
    if len(title) > HEADLINE_LENGTH:
        yield Problem(
            "title", f"The title has {len(title)} characters; {HEADLINE_LENGTH} is the most a page can carry."
        )
    _targets, astray = link_targets(rich_texts(page.body))
    yield from body_problems(page.body, blocks=_blocks(page), astray=astray, locale=_locale_of(page), what="page")


def _document(page: StandingPage, *, slug: Slug, published_at: datetime) -> PageDocument:
    return PageDocument(
        subject=make_urn("page", page.subject_key.hex),
        locale=_locale_of(page),
        edition_key=page.translation_key.hex,
        slug=slug,
        title=one_line(page.title),
        published_at=to_utc(published_at),
        purpose=cast("Purpose", page.purpose),
        standfirst=one_line(page.standfirst),
        body=_blocks(page),
        corrections=corrections_of(page),
    )


def _locale_of(page: StandingPage) -> Locale:
    return Locale(page.locale.language_code)


def _blocks(page: StandingPage) -> tuple[Block, ...]:
    targets, _astray = link_targets(rich_texts(page.body))
    return tuple(compile_body(page.body, locale=_locale_of(page), targets=targets, seed=page.subject_key))
