"""Reading the ledger. The number of queries of each read never grows with what the ledger holds.

A reader is for one piece of work in one thread: it keeps decoded documents, which never change under their digest.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from broadsheet.ledger.chaining import GENESIS
from broadsheet.ledger.documents import decode_document, decode_removal
from broadsheet.ledger.errors import BadDocument, UnknownSubject
from broadsheet.ledger.models import Address, Current, LedgerDocument, Placement, Release
from broadsheet.ledger.records import bytes_of, record_of
from broadsheet.ledger.values import UNTIL_RESTORED, Document, Placed, ReleaseRecord, Removal, Standing, State
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import Kind, Urn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet.plain.slugs import Slug

#: Decoded documents kept by a reader; a story takes some 20 kB, so this is some 20 MB at most.
_KEPT_DOCUMENTS: Final = 1_000
_BATCH: Final = 500
#: States that come with words or a reference.


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

    def placed(self, *, list_name: str, locale: Locale, limit: int | None) -> tuple[Placed, ...]:
        """Return the subjects in that list, newest first, those of one moment by subject."""
        rows = Placement.objects.using(self._alias).filter(locale=locale, list_name=list_name)
        ordered = rows.order_by("-sort_at", "subject")[:limit]
        return tuple(Placed(subject=Urn(row.subject), sort_at=row.sort_at) for row in ordered)

    def editions(self, edition_key: str) -> tuple[Standing, ...]:
        """Return the released versions of one story, by locale."""
        rows = Current.objects.using(self._alias).filter(edition_key=edition_key, state=State.RELEASED)
        return tuple(self._standings(list(rows.order_by("locale", "subject")))) if edition_key else ()

    def story_at(self, *, locale: Locale, slug: Slug) -> Urn | None:
        """Return the story that has this slug reserved, whether readers see it or not."""
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
            msg = f"The ledger has no document {digest}."
            raise BadDocument(msg)
        return bytes_of(row)

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
            msg = f"The ledger has no document {min(lost)}."
            raise BadDocument(msg)
        for digest, document in found.items():
            self._kept[digest] = document
            self._kept.move_to_end(digest)
        while len(self._kept) > _KEPT_DOCUMENTS:
            self._kept.popitem(last=False)
        return found
