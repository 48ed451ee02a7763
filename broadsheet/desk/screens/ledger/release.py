"""One version as a person reads it, as it was, whatever became of it since; and its bytes as they are kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.http import Http404, HttpResponse
from django.urls import reverse

from broadsheet.desk.inspecting import ERASED, fields_of, title_of
from broadsheet.desk.inspecting.fields import Field, block_fields, block_name
from broadsheet.desk.screens.ledger.access import ledger_screen, script_of, show, way_to
from broadsheet.desk.screens.ledger.listing import UNREADABLE
from broadsheet.desk.screens.ledger.printing import print_runs, subject_link
from broadsheet.ledger.blocks import PictureUse
from broadsheet.ledger.documents import decode_document, decode_ninjs, decode_removal, named_subjects
from broadsheet.ledger.errors import BadDocument, UnknownSubject
from broadsheet.ledger.handing_out import copies_holding
from broadsheet.ledger.history import LedgerHistory
from broadsheet.ledger.pictures import sizes_of
from broadsheet.ledger.values import Act, Document, PageDocument, PictureDocument, ReleaseRecord, Removal, StoryDocument
from broadsheet.ledger.verifying import verify_releases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from broadsheet.ledger.blocks import Block
    from broadsheet.plain.urns import Urn


#: Seen in how a heading looks; the difference tells it in words.
_SEEN: Final = frozenset({"Level"})
#: Fields that stand in the text itself and not in the table below it.
_READ_ABOVE: Final = (
    "Headline",
    "Title",
    "Standfirst",
    "Lead picture",
    "Caption",
    "Alternative text",
    "Sources",
    "Bylines",
)


class ShownPicture(NamedTuple):
    """A picture as it stood in the ledger when the story was released. ``url`` is empty where it had not been yet."""

    use: PictureUse
    credit: str
    url: str
    link: SafeString


class ShownBlock(NamedTuple):
    """A block of the body: its kind in a word, and its parts as HTML by name; the words themselves have none."""

    name: str
    parts: dict[str, SafeString]
    picture: ShownPicture | None


@ledger_screen
def ledger_release(request: HttpRequest, number: int) -> HttpResponse:
    """Show the version. Raises: Http404 when there is no release of that number."""
    history = LedgerHistory()
    record = record_or_404(history, number)
    before, after = history.versions_beside(record)
    document, raw, removal, fault = _read(history, record)
    erasure = history.erased([] if document else [record.document_digest]).get(record.document_digest)
    title = title_of(document) if document else ERASED if erasure else UNREADABLE
    return show(
        request,
        "release",
        title=f"Version {record.version}",
        way=[way_to(record, title)],
        record=record,
        heading=title,
        script=script_of(record.locale),
        before=before,
        after=after,
        damages=verify_releases([number])[number],
        fault=fault,
        erasure=erasure,
        copies=copies_holding(record.subject, record.locale) if record.act is Act.ERASE else (),
        raw=raw,
        removal=removal,
        compare_url=f"{reverse('ledger_differences')}?new={number}",
        **(_shown(document, history, number) if document else {}),
    )


@ledger_screen
def ledger_envelope(_request: HttpRequest, number: int) -> HttpResponse:
    """Return the document's bytes as they are kept: their SHA-256 is its digest. Raises: Http404."""
    history = LedgerHistory()
    record = record_or_404(history, number)
    try:
        data = history.envelope(record.document_digest)
    except BadDocument as error:
        raise Http404(str(error)) from error
    response = HttpResponse(data, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="release-{number}.json"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def record_or_404(history: LedgerHistory, number: int) -> ReleaseRecord:
    """Return the release of that number. Raises: Http404."""
    try:
        return history.record(number)
    except UnknownSubject as error:
        raise Http404(str(error)) from error


def _read(history: LedgerHistory, record: ReleaseRecord) -> tuple[Document | None, dict[str, str], Removal | None, str]:
    """Return the document, its JSON and its ninjs item, what was said at a removal, and the sentence that says why not."""
    raw: dict[str, str] = {}
    try:
        data = history.envelope(record.document_digest)
        raw["As it is kept"] = _pretty(data)
        raw["As partners received it (ninjs)"] = _pretty(json.dumps(decode_ninjs(data)))
        return decode_document(data), raw, decode_removal(data), ""
    except BadDocument as error:
        return None, raw, None, str(error)


def _pretty(data: bytes | str) -> str:
    try:
        return json.dumps(json.loads(data), ensure_ascii=False, indent=2)
    except ValueError:
        return data if isinstance(data, str) else data.decode(errors="replace")


def _shown(document: Document, history: LedgerHistory, number: int) -> dict[str, Any]:
    fields = {field.name: field for field in fields_of(document)}
    shown: dict[str, Any] = {"refs": [subject_link(subject) for subject in sorted(named_subjects(document))]}
    if isinstance(document, PictureDocument):
        shown["picture_url"] = _size(document)
    if isinstance(document, StoryDocument | PageDocument):
        lead = document.lead if isinstance(document, StoryDocument) else None
        uses = [lead, *document.body]
        subjects = {use.picture for use in uses if isinstance(use, PictureUse)}
        pictures = history.documents_at(subjects, number=number)
        shown["story"] = document
        shown["lead"] = _picture(lead, pictures) if lead else None
        shown["body"] = [_block(block, pictures) for block in document.body]
        for name in _READ_ABOVE:
            fields.pop(name, None)
    shown["fields"] = [(field.name, print_runs(field.runs)) for field in fields.values() if field.runs]
    return shown


def _block(block: Block, pictures: Mapping[Urn, Document]) -> ShownBlock:
    parts = {field.name: print_runs(field.runs) for field in block_fields(block) if _is_read(field)}
    picture = _picture(block, pictures) if isinstance(block, PictureUse) else None
    return ShownBlock(block_name(block), parts, picture)


def _is_read(field: Field) -> bool:
    return bool(field.text.strip()) and field.name not in _SEEN


def _picture(use: PictureUse, pictures: Mapping[Urn, Document]) -> ShownPicture:
    found = pictures.get(use.picture)
    if not isinstance(found, PictureDocument):
        return ShownPicture(use, "", "", subject_link(use.picture))
    return ShownPicture(use, found.credit, _size(found), subject_link(use.picture))


def _size(picture: PictureDocument) -> str:
    return sizes_of(picture)[0].path
