"""A document as an item of ninjs 3.1, the form in which partners receive it. Pure.

Source: IPTC ninjs 3.1, https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec

from broadsheet.ledger.arrangements import FrontDocument, NavigationDocument
from broadsheet.ledger.bodies import pictures_in
from broadsheet.ledger.body_html import body_html
from broadsheet.ledger.values import (
    BylineDocument,
    Correction,
    Document,
    ErasureDocument,
    Genre,
    PageDocument,
    PaperDocument,
    PictureDocument,
    RedirectsDocument,
    Removal,
    SectionDocument,
    State,
    StoryDocument,
    TopicDocument,
)
from broadsheet.plain.locales import MULTIPLE, Locale
from broadsheet.plain.times import to_utc
from broadsheet.plain.urns import key_of, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.ledger.blocks import Block, PictureUse

#: A JSON object of the schema above.
Item = dict[str, Any]

_STANDARD: Final = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
_PUB_STATUS: Final = {
    State.RELEASED: "usable",
    State.WITHDRAWN: "withheld",
    State.KILLED: "canceled",
    State.TAKEN_DOWN: "canceled",
    # As after a withdrawal: partners are told nothing.
    State.ERASED: "withheld",
}
_GENRES: Final[dict[Genre, str]] = {
    "news": "News",
    "analysis": "Analysis",
    "opinion": "Opinion",
    "interview": "Interview",
    "photo-essay": "Photo essay",
    "sponsored": "Sponsored content",
}
#: Said to partners, whose desks read English, before the paper's own words.
_KILL: Final = "KILL: do not publish this; delete it where you hold it."


class Edition(msgspec.Struct, frozen=True):
    """What the item says of itself: which version, where it stands, and since when."""

    version: int
    state: State
    first_released_at: datetime
    released_at: datetime


def ninjs_item(document: Document, *, edition: Edition, removal: Removal | None = None) -> Item:
    """Return the whole item; parts that would be empty are left out.

    What was killed or taken down is a notice without the text: nobody is to receive that once more.
    """
    item: Item = {
        "uri": document.subject,
        "standard": _STANDARD,
        "version": str(edition.version),
        "pubStatus": _PUB_STATUS[edition.state],
        "firstCreated": _moment(edition.first_released_at),
        "versionCreated": _moment(edition.released_at),
        "language": document.locale,
        **(_own_parts(document) if _PUB_STATUS[edition.state] != "canceled" else _kill_notice(document, removal)),
    }
    return {name: value for name, value in item.items() if value not in ("", [])}


def _own_parts(document: Document) -> Item:
    match document:
        case StoryDocument():
            parts = _story(document)
        case PageDocument():
            parts = _page(document)
        case PictureDocument():
            parts = _picture(document)
        case SectionDocument():
            parts = _component(document.title, document.description)
        case NavigationDocument() | FrontDocument() | RedirectsDocument():
            parts = _component(kind_of(document.subject).title(), "")
        case BylineDocument():
            forms = [{"role": locale, "value": name} for locale, name in sorted(document.names.items())]
            parts = {**_component(document.name, ""), "headlines": forms}
        case TopicDocument():
            forms = [{"role": locale, "value": name} for locale, name in sorted(document.names.items())]
            about = [{"role": locale, "value": words} for locale, words in sorted(document.descriptions.items())]
            parts = {**_component(document.name, ""), "headlines": forms, "descriptions": about}
        case PaperDocument():
            lines = [
                {"role": line.locale, "value": line.description} for line in document.languages if line.description
            ]
            parts = {**_component(document.name, ""), "descriptions": lines}
        case ErasureDocument():
            parts = {"type": _type_of(document)}
    return parts


def _kill_notice(document: Document, removal: Removal | None) -> Item:
    return {"type": _type_of(document), "edNote": f"{_KILL} {removal.words if removal else ''}".strip()}


def _type_of(document: Document) -> str:
    return {"story": "text", "page": "text", "picture": "picture"}.get(kind_of(document.subject), "component")


def _component(title: str, description: str) -> Item:
    return {"type": "component", "title": title, "descriptions": _described(summary=description)}


def _story(story: StoryDocument) -> Item:
    return {
        "type": "text",
        "representationType": "full",
        "contentCreated": _moment(story.published_at),
        "edNote": _corrections(story.corrections),
        "headlines": [{"role": "main", "contentType": "text/plain", "value": story.headline}],
        "descriptions": _described(summary=story.standfirst),
        "bodies": [{"role": "main", "contentType": "text/html", "value": body_html(story.body)}],
        "by": ", ".join(use.name for use in story.bylines),
        "people": [{"name": use.name, "rel": "author", "uri": use.byline} for use in story.bylines],
        "infoSources": [
            {"name": source.name, **({"uri": source.url} if source.url else {})} for source in story.sources
        ],
        "genres": [{"name": _GENRES[story.genre], "literal": story.genre}],
        "subjects": [
            {"name": key_of(story.section), "rel": "section", "uri": story.section},
            *({"rel": "topic", "uri": topic} for topic in story.topics),
        ],
        "located": story.dateline.place if story.dateline else "",
        "associations": [_association(name, use, story.locale) for name, use in _pictures(story.lead, story.body)],
        "altIds": [
            {"role": "edition", "value": story.edition_key},
            {"role": "slug", "value": story.address.slug},
        ],
    }


def _corrections(corrections: tuple[Correction, ...]) -> str:
    return "\n".join(f"CORRECTION: {correction.words}" for correction in corrections)


def _page(page: PageDocument) -> Item:
    return {
        "type": "text",
        "representationType": "full",
        "contentCreated": _moment(page.published_at),
        "edNote": _corrections(page.corrections),
        "headlines": [{"role": "main", "contentType": "text/plain", "value": page.title}],
        "descriptions": _described(summary=page.standfirst),
        "bodies": [{"role": "main", "contentType": "text/html", "value": body_html(page.body)}],
        "associations": [_association(name, use, page.locale) for name, use in _pictures(None, page.body)],
        "altIds": [{"role": "edition", "value": page.edition_key}, {"role": "slug", "value": page.slug}],
    }


def _pictures(lead: PictureUse | None, body: tuple[Block, ...]) -> Iterator[tuple[str, PictureUse]]:
    if lead is not None:
        yield "main", lead
    yield from ((f"body-{place}", use) for place, use in enumerate(pictures_in(body), start=1))


def _association(name: str, use: PictureUse, locale: Locale) -> Item:
    item = {
        "name": name,
        "rel": "main" if name == "main" else "body",
        "uri": use.picture,
        "type": "picture",
        "language": locale,
        "descriptions": _described(caption=use.caption, alt=use.alt),
    }
    return {key: value for key, value in item.items() if value != []}


def _picture(picture: PictureDocument) -> Item:
    return {
        "type": "picture",
        "language": picture.text_locale if picture.text_locale != MULTIPLE else "",
        "by": picture.credit,
        "copyrightNotice": picture.copyright,
        "usageTerms": " ".join(filter(None, (picture.licence, picture.usage))),
        "descriptions": _described(caption=picture.caption, alt=picture.alt),
        "renditions": [
            {
                "name": "original",
                "contentType": picture.media_type,
                "width": picture.width_px,
                "height": picture.height_px,
                "poi": {
                    "x": round(picture.focal_x * picture.width_px),
                    "y": round(picture.focal_y * picture.height_px),
                },
            },
        ],
    }


def _described(**texts: str) -> list[dict[str, str]]:
    return [{"role": role, "contentType": "text/plain", "value": text} for role, text in texts.items() if text]


def _moment(moment: datetime) -> str:
    return to_utc(moment).isoformat().replace("+00:00", "Z")
