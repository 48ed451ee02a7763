"""Reading the ledger backwards: what was released, by whom and when, and any document it ever held.

Every read has a fixed number of queries and asks an index; none counts or skips rows, and none looks into documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from django.db.models import Max, Q

from broadsheet.ledger.documents import decode_document
from broadsheet.ledger.erasing import Erasure, erased_among
from broadsheet.ledger.errors import BadDocument
from broadsheet.ledger.models import Address, LedgerDocument, Release
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.records import bytes_of, record_of
from broadsheet.ledger.values import Act, Document, ReleaseRecord
from broadsheet.plain.times import UtcTime
from broadsheet.plain.urns import Urn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from broadsheet.plain.locales import Locale


class Narrowing(msgspec.Struct, frozen=True, kw_only=True):
    """Which releases are asked for; None does not narrow.

    Units: recorded from ``since``, included, to ``until``, not included.
    """

    subjects: tuple[Urn, ...] | None = None
    kind: str | None = None
    locale: str | None = None
    act: Act | None = None
    released_by: str | None = None
    since: UtcTime | None = None
    until: UtcTime | None = None


class LedgerHistory(LedgerReader):
    """The reads of whoever looks back. Documents that can no longer be read are left out, not raised."""

    def releases(
        self, narrowing: Narrowing | None = None, *, before: int | None = None, limit: int
    ) -> tuple[ReleaseRecord, ...]:
        """Return the newest such releases with a number below ``before``, newest first."""
        rows = Release.objects.using(self._alias).filter(**_conditions(narrowing or Narrowing()))
        if before is not None:
            rows = rows.filter(number__lt=before)
        return tuple(record_of(row) for row in rows.order_by("-number")[:limit])

    def versions_beside(self, record: ReleaseRecord) -> tuple[ReleaseRecord | None, ReleaseRecord | None]:
        """Return the version before this one and the one after it, of the same subject and locale."""
        rows = Release.objects.using(self._alias).filter(
            subject=record.subject, locale=record.locale, version__in=[record.version - 1, record.version + 1]
        )
        found = {row.version: record_of(row) for row in rows}
        return found.get(record.version - 1), found.get(record.version + 1)

    def release_of_digest(self, digest: str) -> ReleaseRecord | None:
        """Return the last release with this digest, its own or its document's."""
        rows = Release.objects.using(self._alias).filter(Q(digest=digest) | Q(document_digest=digest))
        row = rows.order_by("-number").first()
        return record_of(row) if row else None

    def stories_at(self, slug: str, locales: Iterable[Locale]) -> tuple[Urn, ...]:
        """Return the stories that have this end of an address reserved in one of the locales."""
        rows = Address.objects.using(self._alias).filter(locale__in=list(locales), slug=slug)
        return tuple(Urn(subject) for subject in rows.values_list("subject", flat=True))

    def readable(self, digests: Collection[str]) -> dict[str, Document]:
        """Return those of the documents that are there and can be read, by digest."""
        found: dict[str, Document] = {}
        for row in LedgerDocument.objects.using(self._alias).filter(digest__in=set(digests)):
            try:
                found[row.digest] = decode_document(bytes_of(row))
            except BadDocument:
                continue
        return found

    def erased(self, digests: Collection[str]) -> Mapping[str, Erasure]:
        """Return, of those documents that were destroyed by order, by which erasure."""
        return erased_among(digests, alias=self._alias)

    def documents_at(self, subjects: Collection[Urn], *, number: int) -> Mapping[Urn, Document]:
        """Return the document each subject had when that release was written; nothing for those not released by then.

        For subjects of one locale only: pictures, bylines.
        """
        rows = Release.objects.using(self._alias).filter(subject__in=set(subjects), number__lte=number)
        last = rows.values("subject").annotate(last=Max("number")).values_list("last", flat=True)
        digests = dict(
            Release.objects.using(self._alias).filter(number__in=list(last)).values_list("subject", "document_digest")
        )
        documents = self.readable(digests.values())
        return {Urn(subject): documents[digest] for subject, digest in digests.items() if digest in documents}


def _conditions(narrowing: Narrowing) -> dict[str, Any]:
    lookups = {"subjects": "subject__in", "since": "recorded_at__gte", "until": "recorded_at__lt"}
    asked = msgspec.structs.asdict(narrowing).items()
    return {lookups.get(name, name): value for name, value in asked if value is not None}
