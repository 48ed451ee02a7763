"""Walks the whole ledger and says in words what was tampered with. Reads one snapshot and holds one batch in memory.

A ledger cut off at its end, by somebody who also removed the documents and the rows of ``Current``, shows against the
run log of the press: each run noted number and digest of the last release it read. Who cuts that too is found out only
by what noted them elsewhere: a deposit package, a backup.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from django.db import transaction
from django.db.models import Exists, OuterRef

from broadsheet.ledger.chaining import GENESIS, chain_digest
from broadsheet.ledger.documents import decode_document
from broadsheet.ledger.erasing import Erasure, erasures
from broadsheet.ledger.errors import BadDocument
from broadsheet.ledger.guards import missing_guards
from broadsheet.ledger.models import Current, ErasedDocument, LedgerDocument, Placement, Release
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.rebuilding import BATCH, Derived, derive, rows_by_place, subject_batches
from broadsheet.ledger.records import bytes_of, record_of
from broadsheet.ledger.values import Act
from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import Urn
from broadsheet.press.run_log import GUARDED as RUN_LOG
from broadsheet.press.run_log import noted_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from broadsheet.ledger.rebuilding import Place
    from broadsheet.ledger.values import Document, ReleaseRecord
    from broadsheet.press.run_log import Noted

Part = Literal["guards", "row", "order", "missing", "document", "erased", "current", "lists", "run log"]

#: How far from its place a row is looked for when the order was changed.
_SEARCH: Final = 50
_CURRENT_COLUMNS: Final = (
    "kind",
    "state",
    "version",
    "number",
    "document_digest",
    "edition_key",
    "first_released_at",
    "last_released_at",
)


class Damage(msgspec.Struct, frozen=True):
    """One thing that is not as it was written. ``number`` is the release it is about, where it is about one."""

    part: Part
    sentence: str
    number: int | None = None


class _Link(msgspec.Struct, frozen=True):
    """The end of the chain as far as it was walked."""

    number: int
    digest: str


class _Erased:
    """What the erasures in the chain destroyed, each by its own intact document; not by the table of the guard."""

    def __init__(self, found: Iterator[Erasure]) -> None:
        self.all = list(found)
        self._by_digest = {digest: each for each in self.all for digest in each.document.erased}
        self._by_place = {(each.document.subject, each.document.locale): each for each in self.all}

    def of(self, row: Release) -> Erasure | None:
        """Return the later erasure of the same subject that names the row's document."""
        found = self._by_digest.get(row.document_digest)
        is_own = found is not None and (found.document.subject, found.document.locale) == (row.subject, row.locale)
        return found if found is not None and is_own and found.number > row.number else None

    def before(self, row: Release) -> Erasure | None:
        """Return the erasure after which the row should not have been written."""
        found = self._by_place.get((Urn(row.subject), Locale(row.locale)))
        return found if found is not None and found.number < row.number else None

    def named(self) -> dict[str, int]:
        """Return every digest destroyed, with the number of its erasure."""
        return {digest: each.number for digest, each in self._by_digest.items()}


def verify(*, alias: str = "snapshot", walked: Callable[[int], None] | None = None) -> Iterator[Damage]:
    """Yield every damage found; nothing when the ledger is whole.

    ``walked`` is told the number of each release once it was looked at, to show progress.
    """
    for name in (*missing_guards(alias=alias), *RUN_LOG.missing(alias=alias)):
        yield Damage("guards", f"The guard {name} is missing: the database no longer refuses changes.")
    with transaction.atomic(using=alias):
        erased = _Erased(erasures(alias=alias))
        yield from _walk_chain(alias, erased, walked)
        yield from _compare_run_log(alias)
        yield from _stray_documents(alias)
        yield from _compare_erased(erased, alias)
        for subjects in subject_batches(alias):
            yield from _compare_derived(subjects, alias)
        yield from _never_released(alias)


def verify_releases(numbers: Collection[int], *, alias: str = "default") -> dict[int, tuple[Damage, ...]]:
    """Return what is wrong with each of these releases; nothing for one that is whole.

    Looks at its row, its link to the release before and its document, not at the rest of the chain (``verify``).
    """
    wanted = set(numbers)
    read = Release.objects.using(alias).filter(number__in=wanted | {number - 1 for number in wanted})
    rows = {row.number: row for row in read}
    there = sorted(wanted & rows.keys())
    documents = _document_states([rows[number].document_digest for number in there], alias)
    subjects = {rows[number].subject for number in there}
    ended = Release.objects.using(alias).filter(act=Act.ERASE, subject__in=subjects).values_list("number", flat=True)
    erased = _Erased(erasures(alias=alias, numbers=set(ended)))
    found = {}
    for number in there:
        before = rows.get(number - 1)
        # With the one before it lost, the link is to what stood before that: the gap is the damage.
        link = _Link(before.number, before.digest) if before else _Link(max(0, number - 2), GENESIS)
        damages = [*_check_row(rows[number], link, alias), *_check_document(rows[number], documents, erased)]
        found[number] = tuple(damages)
    return found


def _walk_chain(alias: str, erased: _Erased, walked: Callable[[int], None] | None) -> Iterator[Damage]:
    link = _Link(0, GENESIS)
    rows = Release.objects.using(alias).order_by("number")
    batch = list(rows[:BATCH])
    while batch:
        documents = _document_states([row.document_digest for row in batch], alias)
        for row in batch:
            yield from _check_row(row, link, alias)
            yield from _check_document(row, documents, erased)
            link = _Link(row.number, row.digest)
            if walked:
                walked(row.number)
        batch = list(rows.filter(number__gt=link.number)[:BATCH])


def _check_row(row: Release, link: _Link, alias: str) -> Iterator[Damage]:
    gap = row.number - link.number - 1
    if gap > 0:
        lost = f"Release {link.number + 1} is" if gap == 1 else f"Releases {link.number + 1} to {row.number - 1} are"
        yield Damage("missing", f"{lost} missing: deleted from the ledger.", link.number + 1)
    try:
        record = record_of(row)
    except ValueError:
        yield _changed(row)
        return
    if chain_digest(record) != row.digest:
        number = _written_as(record, alias)
        if number is None:
            yield _changed(row)
        else:
            sentence = f"Release {row.number} ({_about(row)}) was written as release {number}: the order was changed."
            yield Damage("order", sentence, row.number)
    elif gap == 0 and row.previous_digest != link.digest:
        sentence = (
            f"Release {row.number} ({_about(row)}) is not chained to release {link.number}: "
            "the one before was replaced, or the order changed."
        )
        yield Damage("order", sentence, row.number)


def _check_document(row: Release, states: Mapping[str, str], erased: _Erased) -> Iterator[Damage]:
    about = f"release {row.number} ({_about(row)})"
    erasure, is_there = erased.of(row), row.document_digest in states
    if erasure is not None and is_there:
        yield Damage("erased", f"The document of {about} should be gone: {erasure.sentence()}.", row.number)
    elif erasure is None and (fault := states.get(row.document_digest, "is missing")):
        yield Damage("document", f"The document of {about} {fault}.", row.number)
    if (ended := erased.before(row)) is not None:
        sentence = f"R{about[1:]} was written after its subject was {ended.sentence()}."
        yield Damage("erased", sentence, row.number)


def _written_as(record: ReleaseRecord, alias: str) -> int | None:
    """Return the number the row's digest was made for, or None where no number near gives it."""
    before = Release.objects.using(alias).filter(digest=record.previous_digest).first()
    numbers: list[int] = [*range(max(1, record.number - _SEARCH), record.number + _SEARCH + 1)]
    if before is not None:
        numbers.append(before.number + 1)
    for number in numbers:
        if chain_digest(msgspec.structs.replace(record, number=number)) == record.digest:
            return number
    return None


def _changed(row: Release) -> Damage:
    return Damage("row", f"Release {row.number} ({_about(row)}) was changed after it was written.", row.number)


def _about(row: Release) -> str:
    return f"{row.subject}, {row.locale}, version {row.version}"


def _document_states(digests: list[str], alias: str) -> dict[str, str]:
    """Return what is wrong with each document that is there; an empty string for a whole one."""
    states = {}
    for row in LedgerDocument.objects.using(alias).filter(digest__in=set(digests)):
        data = bytes_of(row)
        if sha256_hex(data) != row.digest:
            states[row.digest] = "was changed after it was written"
        else:
            states[row.digest] = "" if _readable(data) else "cannot be read by this version of Broadsheet"
    return states


def _readable(data: bytes) -> Document | None:
    try:
        return decode_document(data)
    except BadDocument:
        return None


def _stray_documents(alias: str) -> Iterator[Damage]:
    used = Release.objects.filter(document_digest=OuterRef("digest"))
    strays = LedgerDocument.objects.using(alias).filter(~Exists(used)).order_by("digest")
    for digest in strays.values_list("digest", flat=True).iterator():
        yield Damage("missing", f"Document {digest} belongs to no release: the release that kept it was deleted.")


def _compare_erased(erased: _Erased, alias: str) -> Iterator[Damage]:
    """Compare what the guard of the documents lets go with what the erasures name."""
    listed = dict(ErasedDocument.objects.using(alias).values_list("digest", "number"))
    named = erased.named()
    for digest in sorted(listed.keys() | named.keys()):
        if listed.get(digest) == named.get(digest):
            continue
        if digest in named:
            sentence = (
                f"Document {digest} is named by the erasure of release {named[digest]}, and not listed as erased."
            )
        else:
            sentence = f"Document {digest} is listed as erased by release {listed[digest]}, which does not say so."
        yield Damage("erased", sentence, named.get(digest, listed.get(digest)))


def _compare_derived(subjects: list[str], alias: str) -> Iterator[Damage]:
    histories = rows_by_place(subjects, alias)
    digests = {rows[-1].document_digest for rows in histories.values()}
    documents = {
        row.digest: document
        for row in LedgerDocument.objects.using(alias).filter(digest__in=digests)
        if (document := _readable(bytes_of(row))) is not None
    }
    currents = {(row.subject, row.locale): row for row in Current.objects.using(alias).filter(subject__in=subjects)}
    placements: dict[Place, set[tuple[str, object]]] = defaultdict(set)
    for row in Placement.objects.using(alias).filter(subject__in=subjects):
        placements[row.subject, row.locale].add((row.list_name, row.sort_at))
    for place, rows in histories.items():
        try:
            expected = derive([record_of(row) for row in rows], document=documents[rows[-1].document_digest])
        except (ValueError, KeyError):
            continue  # the row or its document is damaged, which the walk has said
        yield from _compare_place(expected, currents.get(place), placements[place])


def _compare_place(expected: Derived, current: Current | None, lists: set[tuple[str, object]]) -> Iterator[Damage]:
    subject, locale, number = expected.current.subject, expected.current.locale, expected.current.number
    if current is None:
        yield Damage("current", f"Current lacks {subject} ({locale}). Rebuild it from the ledger.", number)
        return
    differing = [name for name in _CURRENT_COLUMNS if getattr(current, name) != getattr(expected.current, name)]
    if differing:
        sentence = f"Current of {subject} ({locale}) differs from the ledger in {', '.join(differing)}."
        yield Damage("current", sentence, number)
    wanted = {(row.list_name, row.sort_at) for row in expected.placements}
    if wrong := sorted({name for name, _ in wanted ^ lists}):
        sentence = f"The place of {subject} ({locale}) differs from the ledger in {', '.join(wrong)}."
        yield Damage("lists", sentence, number)


def _compare_run_log(alias: str) -> Iterator[Damage]:
    """Look whether each state of the ledger a run noted is one the chain went through."""
    end = LedgerReader(alias).last_number()
    marks = noted_marks(alias=alias)
    beyond: Noted | None = None
    while batch := list(islice(marks, BATCH)):
        rows = Release.objects.using(alias).filter(number__in=[noted.mark.number for noted in batch])
        digests = {0: GENESIS, **dict(rows.values_list("number", "digest"))}
        for noted in batch:
            number, digest = noted.mark
            if number > end:
                beyond = noted
            elif digests.get(number, digest) != digest:
                sentence = f"Release {number} was changed, or the run log: {_noting(noted)} with another digest than it has now."
                yield Damage("run log", sentence, number)
    if beyond is not None:
        first, last = end + 1, beyond.mark.number
        lost = f"Release {last} is" if first == last else f"Releases {first} to {last} are"
        yield Damage("run log", f"{lost} missing: {_noting(beyond)}, and the ledger ends with release {end}.", first)


def _noting(noted: Noted) -> str:
    return f"run {noted.run} of the press, closed {noted.at:%Y-%m-%d %H:%M:%S} UTC, noted release {noted.mark.number}"


def _never_released(alias: str) -> Iterator[Damage]:
    releases = Release.objects.filter(subject=OuterRef("subject"), locale=OuterRef("locale"))
    for row in Current.objects.using(alias).filter(~Exists(releases)).order_by("subject", "locale").iterator():
        yield Damage("current", f"Current holds {row.subject} ({row.locale}), which the ledger never released.")
    places = Placement.objects.using(alias).filter(~Exists(releases)).order_by("subject", "locale", "list_name")
    for place in places.iterator():
        sentence = f"List {place.list_name} holds {place.subject} ({place.locale}), which the ledger never released."
        yield Damage("lists", sentence)
