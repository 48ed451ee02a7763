"""Documents of the ledger written back into the desk's rows: what compiling does, the other way round.

Keeps what belongs to the row and not to a text: the place in the tree, the address, which versions it is tied to.
Does not save.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec
from wagtail.models import Locale

from broadsheet.desk.body_stream import stream_of
from broadsheet.desk.errors import CannotRestore
from broadsheet.desk.front_stream import write_front_back
from broadsheet.desk.models import (
    Byline,
    BylineName,
    Picture,
    StandingPage,
    Story,
    StoryByline,
    StorySource,
    StoryTopic,
    Topic,
    TopicName,
    put_in_order,
)
from broadsheet.desk.navigation_stream import write_navigation_back
from broadsheet.ledger.arrangements import FrontDocument, NavigationDocument
from broadsheet.ledger.bodies import markup_in, pictures_in, with_markup
from broadsheet.ledger.values import (
    BylineDocument,
    Document,
    PageDocument,
    PictureDocument,
    SectionDocument,
    StoryDocument,
    TopicDocument,
)
from broadsheet.plain.html import SafeHtml
from broadsheet.plain.urns import Urn, key_of, make_urn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.ledger.blocks import Block

#: Where the focal point lies while nobody has chosen one.
_MIDDLE: Final = 0.5
_LINK: Final = re.compile(r'<a href="(urn:broadsheet:(?:story|page):[a-z0-9-]+)">(.*?)</a>', re.DOTALL)


def write_back(row: Any, document: Document) -> None:  # noqa: ANN401 - a row of SUBJECT_MODELS
    """Put what the document says into the row.

    Raises: CannotRestore when the desk no longer has a picture the document shows or a page it leads to, or the
    picture's file was another.
    """
    match document:
        case StoryDocument():
            _story(row, document)
        case PageDocument():
            _page(row, document)
        case NavigationDocument():
            write_navigation_back(row, document)
        case FrontDocument():
            write_front_back(row, document)
        case SectionDocument():
            row.title = row.draft_title = document.title
            row.description, row.order = document.description, document.order
        case BylineDocument():
            _byline(row, document)
        case TopicDocument():
            _topic(row, document)
        case PictureDocument():
            _picture(row, document)


def as_it_stands(document: Document, row: Any) -> Document:  # noqa: ANN401 - as write_back
    """Return the document with what belongs to the row as it is now: its section and its versions, without what was erased of its bylines and topics."""
    if isinstance(document, PageDocument):
        return msgspec.structs.replace(document, edition_key=row.translation_key.hex)
    if not isinstance(document, StoryDocument):
        return document
    erased = Byline.objects.filter(is_erased=True, subject_key__in=[key_of(use.byline) for use in document.bylines])
    gone = {make_urn("byline", key.hex) for key in erased.values_list("subject_key", flat=True)}
    return msgspec.structs.replace(
        document,
        section=make_urn("section", row.section.key),
        edition_key=row.translation_key.hex,
        bylines=tuple(use for use in document.bylines if use.byline not in gone),
        topics=tuple(_topics_now(document)),
    )


def _story(story: Any, document: StoryDocument) -> None:  # noqa: ANN401 - a Story; its rows below are set like fields
    pictures = _pictures((document.lead, *document.body), title=document.headline)
    story.title = story.draft_title = document.headline
    story.standfirst, story.genre = document.standfirst, document.genre
    story.body = _stream(document.body, pictures)
    lead = document.lead
    story.lead_picture = pictures[lead.picture] if lead else None
    story.lead_caption, story.lead_alt = (lead.caption, lead.alt) if lead else ("", "")
    dateline = document.dateline
    story.dateline_place, story.dateline_day = (dateline.place, dateline.day) if dateline else ("", None)
    story.shown_updated_at, story.show_as_updated = document.updated_at, False
    signing = Byline.objects.in_bulk([key_of(use.byline) for use in document.bylines], field_name="subject_key")
    signing = {key.hex: byline for key, byline in signing.items()}
    story.bylines = put_in_order(
        StoryByline(byline=signing[key_of(use.byline)], role=use.role)
        for use in document.bylines
        if key_of(use.byline) in signing
    )
    story.topics = put_in_order(StoryTopic(topic=topic) for topic in _topics_now(document).values())
    story.sources = put_in_order(
        StorySource(name=source.name, url=source.url, language=source.locale or "") for source in document.sources
    )


def _topics_now(document: StoryDocument) -> dict[Urn, Topic]:
    """Return those topics of the story the desk still has, in order."""
    rows = Topic.objects.filter(is_erased=False).in_bulk(map(key_of, document.topics), field_name="subject_key")
    found = {make_urn("topic", key.hex): topic for key, topic in rows.items()}
    return {urn: found[urn] for urn in document.topics if urn in found}


def _page(page: StandingPage, document: PageDocument) -> None:
    page.title = page.draft_title = document.title
    page.standfirst, page.purpose = document.standfirst, document.purpose
    page.body = _stream(document.body, _pictures(document.body, title=document.title))


def _stream(body: tuple[Block, ...], pictures: Mapping[Urn, Picture]) -> list[dict[str, Any]]:
    pages = _linked_pages(body)
    shown = {
        block.id: {"picture": pictures[block.picture].pk, "caption": block.caption, "alt": block.alt}
        for block in pictures_in(body)
    }
    return stream_of((_with_page_links(block, pages) for block in body), pictures=shown)


def _pictures(blocks: tuple[Block | None, ...], *, title: str) -> Mapping[Urn, Picture]:
    wanted = {use.picture for use in pictures_in(blocks)}
    rows = Picture.objects.in_bulk([key_of(urn) for urn in wanted], field_name="subject_key")
    found = {make_urn("picture", key.hex): picture for key, picture in rows.items()}
    if wanted - found.keys():
        msg = f"“{title}” showed a picture the desk no longer has, so this version cannot be restored."
        raise CannotRestore(msg)
    return found


def _linked_pages(body: tuple[Block, ...]) -> Mapping[str, int]:
    named = {urn for block in body for markup in markup_in(block) for urn, _words in _LINK.findall(markup)}
    keys = [key_of(Urn(urn)) for urn in named]
    stories = Story.objects.filter(subject_key__in=keys).values_list("subject_key", "pk")
    pages = StandingPage.objects.filter(subject_key__in=keys).values_list("subject_key", "pk")
    return {
        **{make_urn("story", key.hex): pk for key, pk in stories},
        **{make_urn("page", key.hex): pk for key, pk in pages},
    }


def _with_page_links(block: Block, pages: Mapping[str, int]) -> Block:
    """Return the block with links to stories and pages as the editor keeps them; one the desk no longer has loses its link."""

    def linked(markup: SafeHtml) -> SafeHtml:
        return SafeHtml(_LINK.sub(lambda match: _page_link(match, pages), markup))

    return with_markup(block, linked)


def _page_link(match: re.Match[str], pages: Mapping[str, int]) -> str:
    page = pages.get(match[1])
    return f'<a linktype="page" id="{page}">{match[2]}</a>' if page else match[2]


def _byline(byline: Any, document: BylineDocument) -> None:  # noqa: ANN401 - a Byline; its names are set like a field
    byline.key, byline.name, byline.is_agency = document.key, document.name, document.is_agency
    languages = {
        language.language_code: language for language in Locale.objects.filter(language_code__in=document.names)
    }
    byline.names = [BylineName(locale=language, name=document.names[code]) for code, language in languages.items()]


def _topic(topic: Any, document: TopicDocument) -> None:  # noqa: ANN401 - a Topic; its names are set like a field
    topic.name, topic.kind = document.name, document.kind
    codes = document.names.keys() | document.descriptions.keys()
    topic.names = [
        TopicName(
            locale=language,
            name=document.names.get(language.language_code, ""),
            description=document.descriptions.get(language.language_code, ""),
        )
        for language in Locale.objects.filter(language_code__in=codes)
    ]


def _picture(picture: Picture, document: PictureDocument) -> None:
    if picture.original_digest != document.original:
        msg = f"“{picture.title}” was another file then. Upload that file again to bring it back."
        raise CannotRestore(msg)
    for name in ("credit", "creator", "copyright", "licence", "usage", "caption", "alt", "text_locale"):
        setattr(picture, name, getattr(document, name))
    is_chosen = (document.focal_x, document.focal_y) != (_MIDDLE, _MIDDLE)
    picture.focal_point_x = round(document.focal_x * picture.width) if is_chosen else None
    picture.focal_point_y = round(document.focal_y * picture.height) if is_chosen else None
