"""The bytes of a document: an envelope ``{"schema", "ninjs", "blocks", "refs"}`` in canonical JSON.

``blocks`` is the document itself, ``ninjs`` the same as an item partners can read, ``refs`` the subjects it names.
Where the subject was killed or taken down, ``removal`` holds what was said then, and ``blocks`` what stood before.
Bytes once kept are never rewritten: a document of an old schema is brought up to date when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from broadsheet.ledger.arrangements import FrontDocument, NavigationDocument, SubjectEntry
from broadsheet.ledger.bodies import markup_in, pictures_in
from broadsheet.ledger.errors import BadDocument
from broadsheet.ledger.values import Document, PageDocument, Removal, StoryDocument
from broadsheet.plain.canonical import canonical_bytes
from broadsheet.plain.urns import Urn

if TYPE_CHECKING:
    from broadsheet.ledger.blocks import Block

#: Takes the blocks of one old schema and returns those of a later one, ``schema`` included. Pure.
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

#: By the schema each upgrade reads. None yet: every schema is still at its first version.
UPGRADES: Final[Mapping[str, Upgrade]] = {}

Decoded = TypeVar("Decoded")

_HREF: Final = re.compile(r'href="(urn:broadsheet:[a-z]+:[a-z0-9-]+)"')


class _Envelope(msgspec.Struct, frozen=True):
    """The envelope, its parts not decoded yet: reading a document need not read its ninjs item."""

    schema: str
    ninjs: msgspec.Raw
    blocks: msgspec.Raw
    refs: tuple[str, ...]
    removal: Removal | None = None


def encode_document(document: Document, *, ninjs: Mapping[str, Any], removal: Removal | None = None) -> bytes:
    """Return the envelope of the document, its ninjs item and what was said at its removal.

    Source: RFC 8785, so the same three always give the same bytes.
    """
    blocks = msgspec.to_builtins(document, str_keys=True)
    envelope = {"schema": blocks["schema"], "ninjs": ninjs, "blocks": blocks, "refs": sorted(named_subjects(document))}
    return canonical_bytes(envelope if removal is None else envelope | {"removal": removal})


def decode_document(data: bytes, *, upgrades: Mapping[str, Upgrade] = UPGRADES) -> Document:
    """Return the document in the envelope, upgraded where its schema is an old one.

    Raises: BadDocument when the bytes are no envelope, or hold no document of a schema this version knows.
    """

    def decoded() -> Document:
        envelope = _envelope(data)
        document: Document
        if envelope.schema in upgrades:
            document = msgspec.convert(_upgraded(envelope, upgrades), type=Document)
        else:
            document = msgspec.json.decode(envelope.blocks, type=Document)
        return document

    return _decoded(decoded)


def decode_ninjs(data: bytes) -> dict[str, Any]:
    """Return the ninjs item in the envelope, as it was when the document was released.

    Raises: BadDocument.
    """
    return _decoded(lambda: msgspec.json.decode(_envelope(data).ninjs, type=dict[str, Any]))


def decode_removal(data: bytes) -> Removal | None:
    """Return what was said when the subject was taken from readers; None where nothing was.

    Raises: BadDocument.
    """
    return _decoded(lambda: _envelope(data).removal)


def named_subjects(document: Document) -> frozenset[Urn]:
    """Return the subjects the document names, itself not among them. Sections, bylines, topics and pictures name none."""
    named: Iterable[Urn] = ()
    match document:
        case StoryDocument():
            named = _named_in_story(document)
        case PageDocument(body=body):
            named = _named_in_body(body)
        case NavigationDocument(menu=menu, footer=footer):
            named = (entry.target for entry in (*menu, *footer) if isinstance(entry, SubjectEntry))
        case FrontDocument():
            named = _named_on_front(document)
    return frozenset(named) - {document.subject}


def _envelope(data: bytes) -> _Envelope:
    return msgspec.json.decode(data, type=_Envelope)


def _decoded(decode: Callable[[], Decoded]) -> Decoded:
    try:
        return decode()
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        msg = f"The document cannot be read: {error}."
        raise BadDocument(msg) from error


def _upgraded(envelope: _Envelope, upgrades: Mapping[str, Upgrade]) -> dict[str, Any]:
    blocks = msgspec.json.decode(envelope.blocks, type=dict[str, Any])
    schema = envelope.schema
    while schema in upgrades:
        blocks = upgrades[schema](blocks)
        if blocks["schema"] == schema:
            msg = f"The upgrade of {schema} leaves the schema as it was."
            raise BadDocument(msg)
        schema = blocks["schema"]
    return blocks


def _named_in_story(story: StoryDocument) -> Iterator[Urn]:
    yield story.section
    yield from (use.byline for use in story.bylines)
    yield from story.topics
    if story.lead is not None:
        yield story.lead.picture
    yield from _named_in_body(story.body)


def _named_on_front(front: FrontDocument) -> Iterator[Urn]:
    yield from (pin.story for pin in (*front.slots, *front.featured))
    if front.section is not None:
        yield front.section
    if front.strip is not None and front.strip.story is not None:
        yield front.strip.story


def _named_in_body(body: tuple[Block, ...]) -> Iterator[Urn]:
    yield from (use.picture for use in pictures_in(body))
    for block in body:
        for markup in markup_in(block):
            yield from (Urn(found) for found in _HREF.findall(markup))
