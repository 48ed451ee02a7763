"""What an item becomes at this paper: the decisions, without the database.

Must never be lenient where a reader could be misled: what is held back, masked, dated ahead or in another language
is refused with a sentence that says so.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import make_slug
from broadsheet.wire.bodies import read_body
from broadsheet.wire.bylines import Signature, split_by
from broadsheet.wire.dates import written_time
from broadsheet.wire.errors import ItemRefused
from broadsheet.wire.items import Association, Item, Named
from broadsheet.wire.reports import Note
from broadsheet.wire.texts import leaked_mask
from broadsheet.wire.values import BodyBlock

if TYPE_CHECKING:
    from broadsheet.plain.configuration import Configuration

_STORIES: Final = frozenset({"", "text", "composite"})
_PICTURES: Final = frozenset({"", "picture", "graphic"})
_LEADS: Final = ("lead", "main", "feature", "hero")
_SECTION_KEY_CHARACTERS: Final = 40
NAME_CHARACTERS: Final = 200
PLACE_CHARACTERS: Final = 120
SOURCE_CHARACTERS: Final = 300


class SectionName(msgspec.Struct, frozen=True):
    """A section as the archive names it; ``key`` may still belong to the site itself."""

    key: str
    title: str


class Draft(msgspec.Struct, frozen=True):
    """A story to be. ``pictures`` begins with the lead; ``published_at`` is UTC."""

    uri: str
    version: str
    locale: Locale
    section: SectionName
    headline: str
    standfirst: str
    published_at: datetime
    body: tuple[BodyBlock, ...]
    bylines: tuple[Signature, ...]
    place: str
    sources: tuple[Named, ...]
    pictures: tuple[Association, ...]
    #: Whose pictures are, where they do not say it themselves.
    credit: str
    notes: tuple[Note, ...]


def draft_of(item: Item, *, configuration: Configuration, default_section: str, now: datetime) -> Draft:
    """Return the story the item becomes. ``default_section`` is a key, "" for none.

    Raises: ItemRefused, BodyRefused.
    """
    _check_usable(item, now=now)
    _check_masks(item)
    locale, language_note = _locale(item.language, configuration)
    written = written_time(item.created, zone=configuration.paper.zone)
    if written.moment > now:
        msg = f"The item is dated ahead, {item.created}."
        raise ItemRefused(msg)
    if not item.headline:
        msg = "The item has no headline."
        raise ItemRefused(msg)
    body = read_body(item)
    if not body.blocks:
        msg = "The item has no body text."
        raise ItemRefused(msg)
    said = [Note(kind="date", sentence=written.assumed)] if written.assumed else []
    signed = split_by(item.by, language=locale)
    return Draft(
        uri=item.uri,
        version=item.version,
        locale=locale,
        section=_section(item, default_section),
        headline=item.headline,
        standfirst=item.standfirst,
        published_at=written.moment,
        body=body.blocks,
        bylines=tuple(signature for signature in signed if len(signature.name) <= NAME_CHARACTERS),
        place=item.located if len(item.located) <= PLACE_CHARACTERS else "",
        sources=tuple(source for source in item.sources if len(source.name) <= SOURCE_CHARACTERS),
        pictures=_pictures(item),
        credit=item.credit,
        notes=(*body.notes, *language_note, *said, *_left_out(item), *_too_long(item, signed)),
    )


def section_key(name: str) -> str:
    """Return the key a section of that name gets: a slug that starts with a letter, at most 40 characters."""
    slug = make_slug(name, fallback="section")
    key = slug if slug[0].isalpha() else f"s-{slug}"
    return key[:_SECTION_KEY_CHARACTERS].rstrip("-")


def _check_usable(item: Item, *, now: datetime) -> None:
    if item.kind not in _STORIES:
        msg = f"The item is of type “{item.kind}”; stories are text or composite."
        raise ItemRefused(msg)
    if item.pub_status not in {"", "usable"}:
        msg = f"Its sender marked the item “{item.pub_status}”."
        raise ItemRefused(msg)
    if item.embargoed_until and written_time(item.embargoed_until, zone="UTC").moment > now:
        msg = f"The item is under embargo until {item.embargoed_until}."
        raise ItemRefused(msg)


def _check_masks(item: Item) -> None:
    texts = [item.headline, item.standfirst, item.by, item.located, item.credit, item.created]
    texts += [body.value for body in item.bodies]
    texts += [named.name for named in (*item.subjects, *item.sources)]
    for association in item.associations:
        texts += [association.headline, association.caption, association.alt, association.by, association.credit]
        texts.append(association.copyright)
    if mask := leaked_mask(texts):
        msg = f"The item holds the placeholder {mask} where a fact belongs."
        raise ItemRefused(msg)


def _locale(language: str, configuration: Configuration) -> tuple[Locale, tuple[Note, ...]]:
    """Return the paper's language for the item's: the same, or the same without its region."""
    codes = {str(code).lower(): code for code in (line.code for line in configuration.languages)}
    wanted = language.replace("_", "-").lower()
    if wanted in codes:
        return codes[wanted], ()
    general = wanted.partition("-")[0]
    if general in codes:
        return codes[general], (Note(kind="language", sentence=f"Its language {language} was taken as {general}."),)
    if not wanted and len(codes) == 1:
        (only,) = codes.values()
        return only, (Note(kind="language", sentence=f"It names no language; it was taken to be {only}."),)
    msg = (
        f"The paper has no language {language}; add it to broadsheet.toml." if wanted else "The item names no language."
    )
    raise ItemRefused(msg)


def _section(item: Item, default_section: str) -> SectionName:
    named = next((subject.name for subject in item.subjects if subject.name), "")
    if named:
        return SectionName(key=section_key(named), title=named)
    if default_section:
        return SectionName(key=default_section, title=default_section.replace("-", " ").capitalize())
    msg = "The item names no subject to find its section by; give one for such items with --section."
    raise ItemRefused(msg)


def _pictures(item: Item) -> tuple[Association, ...]:
    """Return the pictures, the one meant to lead first."""
    found = [association for association in item.associations if association.kind in _PICTURES]
    return tuple(sorted(found, key=lambda association: not association.name.lower().startswith(_LEADS)))


def _too_long(item: Item, signed: tuple[Signature, ...]) -> list[Note]:
    """Note what is longer than a page prints: no name or place is, so it is something else."""
    found = [signature.name for signature in signed if len(signature.name) > NAME_CHARACTERS]
    found += [source.name for source in item.sources if len(source.name) > SOURCE_CHARACTERS]
    found += [item.located] if len(item.located) > PLACE_CHARACTERS else []
    return [Note(kind="too long", sentence="A name or place was too long to be one.", text=text) for text in found]


def _left_out(item: Item) -> list[Note]:
    notes = [Note(kind="field", sentence=f"“{name}” has no place in a story yet.") for name in item.extras]
    if others := "; ".join(subject.name for subject in item.subjects[1:]):
        notes.append(Note(kind="subject", sentence="Only the first subject gave the section.", text=others))
    notes += [
        Note(kind=association.kind, sentence=f"A part of type {association.kind} was left out.", text=association.uri)
        for association in item.associations
        if association.kind not in _PICTURES
    ]
    return notes
