"""Reads ninjs items of every version, 1.0 to 3.1, into one shape.

The versions differ in letter case (``versioncreated``, ``versionCreated``), in singular and plural (``person``,
``people``), and in whether a text has one field a format (``body_xhtml``) or one list (``bodies``). Source: IPTC ninjs
schemas 1.0 to 3.1. Must never refuse what can still be understood: agencies send what validates and what does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, cast

from broadsheet.plain.html import clean_inline, plain_text
from broadsheet.wire.dispatches import Dispatch, decode
from broadsheet.wire.errors import NotAnItem
from broadsheet.wire.items import Association, Item, Named, Rendition, Text
from broadsheet.wire.texts import one_line, repair

_Fields = Mapping[str, Any]

_MARKUP: Final = re.compile(r"</?(?:p|br|div|a|em|strong|b|i|ul|ol|li|h[1-6]|blockquote|span)\b[^<>]*>", re.IGNORECASE)
_MARKED_UP: Final = ("html", "xml", "nitf")
#: Fields with a meaning this paper has no place for yet; when one is filled, the report says so.
_EXTRAS: Final = (
    "people", "person", "places", "place", "organisations", "organisation", "events", "event", "objects", "object",
    "genres", "genre", "ednote", "usageterms", "rightsinfo", "trustindicators", "eventdetails", "plannedcoverage",
    "expires", "digitalsourcetype",
)  # fmt: skip


def parse_item(dispatch: Dispatch) -> Item:
    """Return the item.

    Raises: NotAnItem when the bytes are no JSON object with a uri.
    """
    value = decode(dispatch.data)
    if not isinstance(value, dict):
        msg = "This is not a news item: it is no JSON object."
        raise NotAnItem(msg)
    fields = _lowered(value)
    uri = _line(fields.get("uri"))
    if not uri:
        msg = "The item has no uri, so it could not be known again."
        raise NotAnItem(msg)
    return _item(uri, fields)


def _item(uri: str, fields: _Fields) -> Item:
    urgency = fields.get("urgency")
    return Item(
        uri=uri,
        version=_line(fields.get("version")),
        kind=_line(fields.get("type")),
        language=_line(fields.get("language")),
        pub_status=_line(fields.get("pubstatus")),
        urgency=urgency if isinstance(urgency, int) and not isinstance(urgency, bool) else None,
        headline=_headline(fields),
        standfirst=_described(fields, ("summary", "standfirst", "lead", "text", "")),
        bodies=_texts(fields, one="body", many="bodies"),
        by=_line(fields.get("by")) or _line(fields.get("byline")),
        located=_line(fields.get("located")),
        credit=_line(fields.get("copyrightholder")) or _line(fields.get("copyrightnotice")),
        created=_first_time(fields, ("contentcreated", "firstcreated", "versioncreated")),
        embargoed_until=_line(fields.get("embargoeduntil")) or _line(fields.get("embargoed")),
        subjects=_named(fields, "subjects", "subject"),
        people=_named(fields, "people", "person"),
        places=_named(fields, "places", "place"),
        sources=_named(fields, "infosources", "infosource"),
        associations=tuple(_association(part) for part in _parts(fields, "associations")),
        renditions=_renditions(fields),
        extras=tuple(name for name in _EXTRAS if fields.get(name)),
    )


def plain(text: Text) -> str:
    """Return the text on one line, without markup when it is marked up."""
    return one_line(plain_text(clean_inline(repair(text.value)))) if text.is_html else one_line(text.value)


def _headline(fields: _Fields) -> str:
    found = _texts(fields, one="headline", many="headlines")
    main = [text for text in found if text.role in {"main", ""}] or found
    return plain(main[0]) if main else _line(fields.get("title"))


def _described(fields: _Fields, roles: Iterable[str]) -> str:
    found = _texts(fields, one="description", many="descriptions")
    for role in roles:
        for text in found:
            if text.role == role and (words := plain(text)):
                return words
    return ""


def _texts(fields: _Fields, *, one: str, many: str) -> tuple[Text, ...]:
    """Read ``headline``, ``headline_role`` and ``headlines`` alike."""
    found = []
    for part in _parts(fields, many):
        value = part.get("value")
        if isinstance(value, str) and value.strip():
            role = _line(part.get("role")).lower()
            found.append(Text(value=value, role=role, is_html=_is_html(_line(part.get("contenttype")), role, value)))
    for name, value in fields.items():
        if isinstance(value, str) and value.strip() and (name == one or name.startswith(f"{one}_")):
            role = name.removeprefix(one).lstrip("_")
            found.append(Text(value=value, role=role, is_html=_is_html("", role, value)))
    return tuple(found)


def _is_html(content_type: str, role: str, value: str) -> bool:
    declared = content_type.lower() or role
    if any(word in declared for word in _MARKED_UP):
        return True
    if content_type.lower().startswith("text/plain"):
        return False
    return _MARKUP.search(value) is not None


def _association(part: _Fields) -> Association:
    return Association(
        name=_line(part.get("name")),
        kind=_line(part.get("type")),
        uri=_line(part.get("uri")),
        headline=_headline(part),
        caption=_described(part, ("caption", "main", "text", "summary", "")),
        alt=_described(part, ("alt", "alttext", "alt-text", "alternativetext", "alternative")),
        by=_line(part.get("by")) or _line(part.get("byline")),
        credit=_described(part, ("creditline", "credit")) or _line(part.get("creditline")),
        copyright=_line(part.get("copyrightnotice")) or _line(part.get("copyrightholder")),
        renditions=_renditions(part),
        other_ids=tuple(filter(None, (_line(other.get("value")) for other in _parts(part, "altids")))),
    )


def _renditions(fields: _Fields) -> tuple[Rendition, ...]:
    """Return the renditions that say where they are, widest first."""
    found = []
    for part in _parts(fields, "renditions"):
        width = part.get("width")
        href = _line(part.get("href"))
        if href:
            found.append(Rendition(href=href, width_px=width if isinstance(width, int) else 0))
    return tuple(sorted(found, key=lambda rendition: -rendition.width_px))


def _named(fields: _Fields, *names: str) -> tuple[Named, ...]:
    found = []
    for name in names:
        for part in _parts(fields, name):
            shown = _line(part.get("name")) or _line(part.get("symbol")) or _line(part.get("code"))
            uri = _line(part.get("uri"))
            if shown or uri:
                role = _line(part.get("role")) or _line(part.get("rel"))
                found.append(Named(name=shown or uri, uri=uri, role=role))
    return tuple(found)


def _parts(fields: _Fields, name: str) -> list[_Fields]:
    """Return the objects of a list, or of the map that ninjs 1.x had in its place (the key becomes the name)."""
    value = fields.get(name)
    if isinstance(value, dict):
        return [{"name": key, **_lowered(part)} for key, part in value.items() if isinstance(part, dict)]
    if isinstance(value, list):
        return [_lowered(part) for part in value if isinstance(part, dict)]
    return []


def _lowered(value: object) -> dict[str, Any]:
    return {str(key).lower(): part for key, part in cast("dict[object, Any]", value).items()}


def _first_time(fields: _Fields, names: Iterable[str]) -> str:
    for name in names:
        text = _line(fields.get(name))
        try:
            datetime.fromisoformat(text)
        except ValueError:
            continue
        return text
    return ""


def _line(value: object) -> str:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""
