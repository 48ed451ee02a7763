"""Reading the ledger. The number of queries of each read never grows with what the ledger holds.

A reader is for one piece of work in one thread: it keeps decoded documents, which never change under their digest.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from django.db import connections

from broadsheet.ledger.chaining import GENESIS
from broadsheet.ledger.documents import decode_document, decode_removal
from broadsheet.ledger.erasing import erased_among
from broadsheet.ledger.errors import BadDocument, DocumentErased, UnknownSubject
from broadsheet.ledger.models import Address, Current, LedgerDocument, Placement, Release
from broadsheet.ledger.records import bytes_of, record_of
from broadsheet.ledger.values import UNTIL_RESTORED, Act, Document, Placed, ReleaseRecord, Removal, Standing, State
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import Kind, Urn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from broadsheet.plain.slugs import Slug

#: Decoded documents kept by a reader; a story takes some 20 kB, so this is some 20 MB at most.
_KEPT_DOCUMENTS: Final = 1_000
_BATCH: Final = 500


class LedgerReader:
    """All reads of the ledger room, over the database connection of that name."""

    def __init__(self, alias: str = "default") -> None:
        self._alias = alias
        self._kept: OrderedDict[str, Document] = OrderedDict()

    def current(self, subject: Urn, locale: Locale) -> Standing | None:
        """Return where the subject stands in that locale, or None where it never was released there."""
        row = Current.objects.using(self._alias).filter(subject=subject, locale=locale).first()
        return self._standings([row])[0] if row else None

    def record(self, number: int) -> ReleaseRecord:
        """Return the release of that number.

        Raises: UnknownSubject.
        """
        row = Release.objects.using(self._alias).filter(number=number).first()
        if row is None:
            msg = f"The ledger has no release {number}."
            raise UnknownSubject(msg)
        return record_of(row)

    def last_number(self) -> int:
        """Return the number of the last release; 0 when there is none."""
        return self.chain_end()[0]

    def chain_end(self) -> tuple[int, str]:
        """Return number and digest of the last release; 0 and the digest before release 1 when there is none."""
        row = Release.objects.using(self._alias).order_by("-number").values_list("number", "digest").first()
        return row or (0, GENESIS)

    def placed(
        self, *, list_name: str, locale: Locale, limit: int | None, span: tuple[datetime, datetime] | None = None
    ) -> tuple[Placed, ...]:
        """Return the subjects in that list, newest first, those of one moment by subject.

        Shapes: ``span`` takes only those from its first moment until before its second.
        """
        rows = self._members(list_name, locale)
        if span is not None:
            rows = rows.filter(sort_at__gte=span[0], sort_at__lt=span[1])
        ordered = rows.order_by("-sort_at", "subject")[:limit]
        return tuple(Placed(subject=Urn(row.subject), sort_at=row.sort_at) for row in ordered)

    def newest(self, *, list_name: str, locale: Locale, before: datetime | None = None) -> datetime | None:
        """Return the latest moment in that list, the latest before the given one; None where there is none."""
        rows = self._members(list_name, locale)
        rows = rows if before is None else rows.filter(sort_at__lt=before)
        return rows.order_by("-sort_at").values_list("sort_at", flat=True).first()

    def oldest(self, *, list_name: str, locale: Locale, since: datetime | None = None) -> datetime | None:
        """Return the earliest moment in that list, the earliest from the given one on; None where there is none."""
        rows = self._members(list_name, locale)
        rows = rows if since is None else rows.filter(sort_at__gte=since)
        return rows.order_by("sort_at").values_list("sort_at", flat=True).first()

    def filled(self, asked: Sequence[tuple[str, datetime, datetime]], *, locale: Locale) -> tuple[bool, ...]:
        """Return for each whether that list has a member from the first moment until before the second.

        Each is one look into the index, however many members lie there; a query for each few hundred.
        """
        numbered = [(number, *each) for number, each in enumerate(asked)]
        found: set[int] = set()
        for start in range(0, len(numbered), _BATCH):
            found.update(self._filled(numbered[start : start + _BATCH], locale))
        return tuple(number in found for number in range(len(numbered)))

    def _filled(self, asked: Sequence[tuple[int, str, datetime, datetime]], locale: Locale) -> list[int]:
        used = connections[self._alias]
        kept = used.ops.adapt_datetimefield_value
        values = [value for number, name, since, until in asked for value in (number, name, kept(since), kept(until))]
        rows = ", ".join(["(%s, %s, %s, %s)"] * len(asked))
        with used.cursor() as cursor:
            cursor.execute(
                f"WITH asked(number, list_name, since, until) AS (VALUES {rows})"  # noqa: S608 - no value stands in it
                " SELECT number FROM asked WHERE EXISTS (SELECT 1 FROM ledger_placement placement"
                " WHERE placement.locale = %s AND placement.list_name = asked.list_name"
                " AND placement.sort_at >= asked.since AND placement.sort_at < asked.until)",
                [*values, locale],
            )
            return [number for (number,) in cursor.fetchall()]

    def standings_of(self, subjects: Iterable[Urn], locale: Locale) -> tuple[Standing, ...]:
        """Return where each of the subjects stands in that locale, in the order asked; two queries a few hundred.

        Those that were never released there are left out.
        """
        wanted = list(subjects)
        found: dict[Urn, Standing] = {}
        for start in range(0, len(wanted), _BATCH):
            rows = Current.objects.using(self._alias).filter(subject__in=wanted[start : start + _BATCH], locale=locale)
            found |= {standing.subject: standing for standing in self._standings(list(rows))}
        return tuple(found[subject] for subject in wanted if subject in found)

    def corrected(
        self, locale: Locale, *, limit: int | None = None, span: tuple[datetime, datetime] | None = None
    ) -> tuple[Urn, ...]:
        """Return the subjects the newest corrections in that language were made to, each once, whatever became of them.

        Shapes: ``limit`` counts corrections; ``span`` takes those from its first moment until before its second.
        """
        rows = Release.objects.using(self._alias).filter(act=Act.CORRECT, locale=locale)
        if span is not None:
            rows = rows.filter(released_at__gte=span[0], released_at__lt=span[1])
        subjects = rows.order_by("-number").values_list("subject", flat=True)[:limit]
        return tuple(Urn(subject) for subject in dict.fromkeys(subjects))

    def _members(self, list_name: str, locale: Locale) -> QuerySet[Placement]:
        return Placement.objects.using(self._alias).filter(locale=locale, list_name=list_name)

    def editions(self, edition_key: str) -> tuple[Standing, ...]:
        """Return the released versions of one story, by locale."""
        rows = Current.objects.using(self._alias).filter(edition_key=edition_key, state=State.RELEASED)
        return tuple(self._standings(list(rows.order_by("locale", "subject")))) if edition_key else ()

    def subject_at(self, *, locale: Locale, slug: Slug) -> Urn | None:
        """Return the story or standing page that has this slug reserved, whether readers see it or not."""
        row = Address.objects.using(self._alias).filter(locale=locale, slug=slug).first()
        return Urn(row.subject) if row else None

    def standings(self, kind: Kind, locale: Locale | None = None) -> Iterator[Standing]:
        """Yield every subject of the kind, released or withdrawn, in no promised order."""
        rows = Current.objects.using(self._alias).filter(kind=kind).order_by("id")
        if locale is not None:
            rows = rows.filter(locale=locale)
        after = 0
        while batch := list(rows.filter(id__gt=after)[:_BATCH]):
            yield from self._standings(batch)
            after = batch[-1].pk

    def released_among(self, subjects: Iterable[tuple[Urn, Locale]]) -> frozenset[tuple[Urn, Locale]]:
        """Return those of the subjects readers see in that locale; a query for each few hundred asked about."""
        wanted, found = list(subjects), set()
        rows = Current.objects.using(self._alias).filter(state=State.RELEASED)
        for start in range(0, len(wanted), _BATCH):
            urns, locales = zip(*wanted[start : start + _BATCH], strict=True)
            some = rows.filter(subject__in=urns, locale__in=set(locales))
            found |= {(Urn(urn), Locale(locale)) for urn, locale in some.values_list("subject", "locale")}
        return frozenset(found.intersection(wanted))

    def versions(self, subject: Urn, locale: Locale) -> tuple[ReleaseRecord, ...]:
        """Return every release of the subject in that locale, oldest first; empty where there is none."""
        rows = Release.objects.using(self._alias).filter(subject=subject, locale=locale)
        return tuple(record_of(row) for row in rows.order_by("version"))

    def locales(self, subject: Urn) -> tuple[Locale, ...]:
        """Return the locales the subject was ever released in, sorted."""
        rows = Current.objects.using(self._alias).filter(subject=subject).order_by("locale")
        return tuple(Locale(locale) for locale in rows.values_list("locale", flat=True))

    def document(self, digest: str) -> Document:
        """Return the document of that digest.

        Raises: BadDocument when there is none, or its bytes cannot be read.
        """
        return self._documents_of([digest])[digest]

    def envelope(self, digest: str) -> bytes:
        """Return the bytes of that digest as they were kept (``documents``).

        Raises: BadDocument.
        """
        row = LedgerDocument.objects.using(self._alias).filter(digest=digest).first()
        if row is None:
            raise self._lost(digest)
        return bytes_of(row)

    def _lost(self, digest: str) -> BadDocument:
        erasure = erased_among([digest], alias=self._alias).get(digest)
        if erasure is not None:
            return DocumentErased(f"This version was {erasure.sentence()}.")
        return BadDocument(f"The ledger has no document {digest}.")

    def _standings(self, rows: Sequence[Current]) -> list[Standing]:
        documents = self._documents_of(row.document_digest for row in rows if row.state == State.RELEASED)
        removals = self._removals_of({row.document_digest for row in rows if row.state in UNTIL_RESTORED})
        return [
            Standing(
                subject=Urn(row.subject),
                locale=Locale(row.locale),
                state=State(row.state),
                version=row.version,
                number=row.number,
                document_digest=row.document_digest,
                first_released_at=row.first_released_at,
                last_released_at=row.last_released_at,
                document=documents[row.document_digest] if row.state == State.RELEASED else None,
                removal=removals.get(row.document_digest),
            )
            for row in rows
        ]

    def _removals_of(self, digests: set[str]) -> dict[str, Removal | None]:
        """Return what was said with each of these documents; asks the database only where one was killed."""
        rows = LedgerDocument.objects.using(self._alias).filter(digest__in=digests) if digests else ()
        return {row.digest: decode_removal(bytes_of(row)) for row in rows}

    def _documents_of(self, digests: Iterable[str]) -> dict[str, Document]:
        """Return every one of these documents, asking the database once for those not kept."""
        wanted = set(digests)
        found = {digest: self._kept[digest] for digest in wanted & self._kept.keys()}
        if missing := wanted - found.keys():
            rows = LedgerDocument.objects.using(self._alias).filter(digest__in=missing)
            found |= {row.digest: decode_document(bytes_of(row)) for row in rows}
        if lost := wanted - found.keys():
            raise self._lost(min(lost))
        for digest, document in found.items():
            self._kept[digest] = document
            self._kept.move_to_end(digest)
        while len(self._kept) > _KEPT_DOCUMENTS:
            self._kept.popitem(last=False)
        return found
