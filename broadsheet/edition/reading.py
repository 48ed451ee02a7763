"""What the edition asks the ledger: the queries of ``ledger.queries.LedgerReader`` that facts are computed with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from broadsheet.ledger.values import Document, ErasureDocument, Placed, Standing, State, StoryDocument

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
        """Return the released versions of a story, by locale."""

    def story_at(self, *, locale: Locale, slug: Slug) -> Urn | None:
        """Return whose address ends in that slug, withdrawn stories too."""

    def standings(self, kind: Kind, locale: Locale | None = None) -> Iterator[Standing]:
        """Yield every subject of a kind, in any state."""


def last_story(standing: Standing, reader: Reader) -> StoryDocument | ErasureDocument | None:
    """Return the story as last released, also when it is withdrawn now; None where the subject is no story.

    Of one that was erased there is only the erasure: nothing but its address is left.
    """
    released = standing.state is State.RELEASED
    document = standing.document if released else reader.document(standing.document_digest)
    return document if isinstance(document, StoryDocument | ErasureDocument) else None
