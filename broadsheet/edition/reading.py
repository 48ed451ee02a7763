"""What the edition asks the ledger: the queries of ``ledger.queries.LedgerReader`` that facts are computed with.

And the one thing it asks a clock: ``now``, the moment a reader was opened. Facts depend on it by the paper's day only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

from broadsheet.edition.values import PAPER_URN
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Document, PaperDocument, Placed, Standing, State
from broadsheet.plain.locales import MULTIPLE
from broadsheet.press.values import FactName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from broadsheet.plain.locales import Locale
    from broadsheet.plain.slugs import Slug
    from broadsheet.plain.urns import Kind, Urn


#: As many as the ledger's reader keeps documents: a full press reads the whole paper by one reader.
_KEPT_STANDINGS: Final = 1_000

#: Gives the value a kept fact had when last pressed: the state *before*.
Stored = Callable[[FactName], Any]


class Reader(Protocol):
    """One snapshot of the ledger: the real one, or one with unsaved documents laid over it (``overlays``)."""

    @property
    def now(self) -> datetime:
        """Return the moment it was opened (UTC)."""

    def current(self, subject: Urn, locale: Locale) -> Standing | None:
        """Return where the subject stands in that locale, None where it never was released."""

    def document(self, digest: str) -> Document:
        """Return a document by its digest."""

    def placed(
        self, *, list_name: str, locale: Locale, limit: int | None, span: tuple[datetime, datetime] | None = None
    ) -> tuple[Placed, ...]:
        """Return the members of a list, newest first; those of a time only."""

    def newest(self, *, list_name: str, locale: Locale, before: datetime | None = None) -> datetime | None:
        """Return the latest moment in a list, the latest before the given one."""

    def oldest(self, *, list_name: str, locale: Locale, since: datetime | None = None) -> datetime | None:
        """Return the earliest moment in a list, the earliest from the given one on."""

    def filled(self, asked: Sequence[tuple[str, datetime, datetime]], *, locale: Locale) -> tuple[bool, ...]:
        """Return for each whether that list has a member from the first moment until before the second."""

    def standings_of(self, subjects: Iterable[Urn], locale: Locale) -> tuple[Standing, ...]:
        """Return where each of the subjects stands, in the order asked."""

    def corrected(
        self, locale: Locale, *, limit: int | None = None, span: tuple[datetime, datetime] | None = None
    ) -> tuple[Urn, ...]:
        """Return the subjects the newest corrections in a language were made to, each once, whatever became of them."""

    def editions(self, edition_key: str) -> tuple[Standing, ...]:
        """Return the released versions of a story or standing page, by locale."""

    def subject_at(self, *, locale: Locale, slug: Slug) -> Urn | None:
        """Return whose address ends in that slug, what was withdrawn too."""

    def standings(self, kind: Kind, locale: Locale | None = None) -> Iterator[Standing]:
        """Yield every subject of a kind, in any state."""


class ClockedReader(LedgerReader):
    """One snapshot of the ledger, and the moment at which it was opened. Of use for as long as the snapshot lasts.

    Where a subject stands is asked once: the paper is needed by nearly every fact, a story by a dozen, and within a
    snapshot nothing moves.
    """

    def __init__(self, alias: str = "default", *, now: datetime) -> None:
        super().__init__(alias)
        self.now = now
        self._stood: dict[tuple[Urn, Locale], Standing | None] = {}

    def current(self, subject: Urn, locale: Locale) -> Standing | None:
        """Return where the subject stands in that locale, None where it never was released."""
        asked = (subject, locale)
        if asked not in self._stood:
            if len(self._stood) >= _KEPT_STANDINGS:
                del self._stood[next(iter(self._stood))]
            self._stood[asked] = super().current(subject, locale)
        return self._stood[asked]


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


def paper_locales(reader: Reader) -> tuple[Locale, ...]:
    """Return the languages of the paper; empty before the paper itself is released."""
    paper = released(PAPER_URN, MULTIPLE, reader)
    return tuple(language.locale for language in paper.languages) if isinstance(paper, PaperDocument) else ()


def paper_zone(reader: Reader) -> str:
    """Return the paper's zone; UTC before the paper itself is released."""
    paper = released(PAPER_URN, MULTIPLE, reader)
    return paper.zone if isinstance(paper, PaperDocument) else "UTC"
