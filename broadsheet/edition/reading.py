"""What the edition asks the ledger: the queries of ``ledger.queries.LedgerReader`` that facts are computed with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from broadsheet.ledger.values import Document, Placed, Standing, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.plain.locales import Locale
    from broadsheet.plain.slugs import Slug
    from broadsheet.plain.urns import Kind, Urn


class Reader(Protocol):
    """One snapshot of the ledger: the real one, or one with unsaved documents laid over it (``drafts``)."""

    def current(self, subject: Urn, locale: Locale) -> Standing | None:
        """Return where the subject stands in that locale, None where it never was released."""

    def document(self, digest: str) -> Document:
        """Return a document by its digest."""

    def placed(self, *, list_name: str, locale: Locale, limit: int | None) -> tuple[Placed, ...]:
        """Return the members of a list, newest first."""

    def editions(self, edition_key: str) -> tuple[Standing, ...]:
        """Return the released versions of a story or standing page, by locale."""

    def subject_at(self, *, locale: Locale, slug: Slug) -> Urn | None:
        """Return whose address ends in that slug, what was withdrawn too."""

    def standings(self, kind: Kind, locale: Locale | None = None) -> Iterator[Standing]:
        """Yield every subject of a kind, in any state."""


def released(subject: Urn, locale: Locale, reader: Reader) -> Document | None:
    """Return the document readers see, None where there is none."""
    standing = reader.current(subject, locale)
    return standing.document if standing is not None and standing.state is State.RELEASED else None


def last_document(standing: Standing, reader: Reader) -> Document | None:
    """Return the document as last released, also when its subject is withdrawn now.

    Of one that was erased there is only the erasure: nothing but its address is left.
    """
    if standing.state is State.RELEASED:
        return standing.document
    return reader.document(standing.document_digest)
