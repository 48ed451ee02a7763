"""The difference between two versions of a subject, word by word."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404

from broadsheet.desk.inspecting import differences, title_of
from broadsheet.desk.screens.ledger.access import ledger_screen, script_of, show, way_to
from broadsheet.desk.screens.ledger.asking import NUMBER
from broadsheet.desk.screens.ledger.printing import print_spans
from broadsheet.desk.screens.ledger.release import record_or_404
from broadsheet.ledger.history import LedgerHistory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from broadsheet.desk.inspecting.differences import BlockDifference, Difference, TextDifference
    from broadsheet.ledger.values import ReleaseRecord


class ShownText(NamedTuple):
    """A field of a document or block as HTML, both versions in one."""

    name: str
    words: SafeString
    is_whole: bool


class ShownBlock(NamedTuple):
    """A block: what became of it, in a word for the style and in words for a person, and its fields."""

    fate: str
    name: str
    told: str
    texts: list[ShownText]


class Stretch(NamedTuple):
    """Blocks in a row that changed, or that did not and are folded away."""

    is_changed: bool
    blocks: list[ShownBlock]


@ledger_screen
def ledger_differences(request: HttpRequest) -> HttpResponse:
    """Show what differs. Raises: Http404 when the two are not versions of one subject in one language."""
    history = LedgerHistory()
    old, new = _asked(request, history)
    documents = history.readable({old.document_digest, new.document_digest})
    before, after = documents.get(old.document_digest), documents.get(new.document_digest)
    found = differences(before, after) if before and after and type(before) is type(after) else None
    erased = history.erased({old.document_digest, new.document_digest} - documents.keys())
    title = title_of(after) if after else str(new.subject)
    return show(
        request,
        "differences",
        title=f"Version {old.version} and version {new.version}",
        way=[way_to(new, title)],
        old=old,
        new=new,
        old_and_new=[old, new],
        heading=title,
        script=script_of(new.locale),
        found=found,
        erasure=next(iter(erased.values()), None),
        told=_told(found) if found else [],
        texts=[_text(text) for text in found.fields if text.is_changed] if found else [],
        unchanged=[text.name for text in found.fields if not text.is_changed and text.spans] if found else [],
        stretches=_stretches(found.blocks) if found else [],
    )


def _asked(request: HttpRequest, history: LedgerHistory) -> tuple[ReleaseRecord, ReleaseRecord]:
    """Return the two releases, the earlier one first; where only the newer is named, the version before it."""
    numbers = [text for text in (request.GET.get("old", ""), request.GET.get("new", "")) if NUMBER.fullmatch(text)]
    if not numbers:
        msg = "Choose two versions to compare."
        raise Http404(msg)
    records = [record_or_404(history, int(number)) for number in numbers]
    if len(records) == 1:
        earlier, _later = history.versions_beside(records[0])
        if earlier is None:
            msg = f"Release {records[0].number} is the first version; there is none before it."
            raise Http404(msg)
        records.append(earlier)
    old, new = sorted(records, key=lambda record: record.number)
    if (old.subject, old.locale) != (new.subject, new.locale):
        msg = f"Releases {old.number} and {new.number} are not versions of one subject in one language."
        raise Http404(msg)
    return old, new


def _told(found: Difference) -> list[str]:
    """Return the difference in a few words: which fields, how many blocks of each fate."""
    changed = [text.name for text in found.fields if text.is_changed]
    told = [f"{', '.join(changed)} changed"] if changed else []
    for fate, words in (("changed", "changed"), ("inserted", "added"), ("deleted", "removed"), ("moved", "moved")):
        if count := sum(block.fate == fate for block in found.blocks):
            told.append(f"{count} {'block' if count == 1 else 'blocks'} of the body {words}")
    return told


def _stretches(blocks: Sequence[BlockDifference]) -> list[Stretch]:
    groups = groupby(blocks, key=lambda block: block.fate != "same")
    return [Stretch(is_changed, [_block(block) for block in group]) for is_changed, group in groups]


def _block(block: BlockDifference) -> ShownBlock:
    told = {
        "same": "",
        "changed": "changed",
        "inserted": f"added at place {block.new_place}",
        "deleted": f"removed from place {block.old_place}",
        "moved": f"moved from place {block.old_place} to place {block.new_place}",
    }[block.fate]
    if block.fate == "moved" and any(text.is_changed for text in block.fields):
        told += " and changed"
    shown = [text for text in block.fields if text.spans and (not text.name or text.is_changed)]
    return ShownBlock(block.fate, block.name, told, [_text(text) for text in shown])


def _text(text: TextDifference) -> ShownText:
    return ShownText(text.name, print_spans(text.spans), text.is_whole)
