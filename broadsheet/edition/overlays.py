"""A few unreleased documents laid over a reader: the paper as it would be if they were out.

Previews compose from it with the very code that composes the site; so do tests, over nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition.projector import ListProjector
from broadsheet.ledger.errors import UnknownSubject
from broadsheet.ledger.values import Document, PageDocument, Placed, Standing, State, StoryDocument
from broadsheet.plain.canonical import canonical_bytes, sha256_hex
from broadsheet.plain.urns import Kind, Urn, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from broadsheet.edition.reading import Reader
    from broadsheet.plain.locales import Locale
    from broadsheet.plain.slugs import Slug


class OverlayReader:
    """Answers for its own documents as if they had been released at ``now``, and for all others as ``under`` does."""

    def __init__(self, documents: Iterable[Document], *, under: Reader | None, now: datetime) -> None:
        self._under = under
        self.now = now
        self._laid = {(each.subject, each.locale): _standing(each, now) for each in documents}

    def current(self, subject: Urn, locale: Locale) -> Standing | None:
        """Return where the subject stands in that locale."""
        laid = self._laid.get((subject, locale))
        return laid or (self._under.current(subject, locale) if self._under is not None else None)

    def document(self, digest: str) -> Document:
        """Return a document by its digest. Raises: UnknownSubject."""
        for standing in self._laid.values():
            if standing.document_digest == digest and standing.document is not None:
                return standing.document
        if self._under is None:
            raise UnknownSubject
        return self._under.document(digest)

    def placed(
        self, *, list_name: str, locale: Locale, limit: int | None, span: tuple[datetime, datetime] | None = None
    ) -> tuple[Placed, ...]:
        """Return the members of a list, newest first; those of a time only."""
        below: tuple[Placed, ...] = ()
        if self._under is not None:
            below = self._under.placed(list_name=list_name, locale=locale, limit=limit, span=span)
        kept = [placed for placed in below if (placed.subject, locale) not in self._laid]
        laid = [each for each in self._placements(list_name, locale) if span is None or _within(each.sort_at, span)]
        members = sorted([*kept, *laid], key=lambda placed: placed.subject)
        return tuple(sorted(members, key=lambda placed: placed.sort_at, reverse=True)[:limit])

    def newest(self, *, list_name: str, locale: Locale, before: datetime | None = None) -> datetime | None:
        """Return the latest moment in a list, the latest before the given one."""
        under = self._under
        below = under.newest(list_name=list_name, locale=locale, before=before) if under is not None else None
        laid = [each.sort_at for each in self._placements(list_name, locale)]
        return max([each for each in (below, *laid) if each and (before is None or each < before)], default=None)

    def oldest(self, *, list_name: str, locale: Locale, since: datetime | None = None) -> datetime | None:
        """Return the earliest moment in a list, the earliest from the given one on."""
        under = self._under
        below = under.oldest(list_name=list_name, locale=locale, since=since) if under is not None else None
        laid = [each.sort_at for each in self._placements(list_name, locale)]
        return min([each for each in (below, *laid) if each and (since is None or each >= since)], default=None)

    def filled(self, asked: Sequence[tuple[str, datetime, datetime]], *, locale: Locale) -> tuple[bool, ...]:
        """Return for each whether that list has a member from the first moment until before the second."""
        below = self._under.filled(asked, locale=locale) if self._under is not None else [False] * len(asked)
        return tuple(
            is_filled or any(since <= placed.sort_at < until for placed in self._placements(list_name, locale))
            for is_filled, (list_name, since, until) in zip(below, asked, strict=True)
        )

    def standings_of(self, subjects: Iterable[Urn], locale: Locale) -> tuple[Standing, ...]:
        """Return where each of the subjects stands, in the order asked."""
        found = (self.current(subject, locale) for subject in subjects)
        return tuple(standing for standing in found if standing is not None)

    def corrected(
        self, locale: Locale, *, limit: int | None = None, span: tuple[datetime, datetime] | None = None
    ) -> tuple[Urn, ...]:
        """Return the subjects the newest corrections in a language were made to, each once, whatever became of them."""
        below = self._under.corrected(locale, limit=limit, span=span) if self._under is not None else ()
        notes = [
            (note.at, standing.subject)
            for standing in self._laid.values()
            if standing.locale == locale and isinstance(standing.document, StoryDocument | PageDocument)
            for note in standing.document.corrections
            if span is None or _within(note.at, span)
        ]
        laid = [subject for _, subject in sorted(notes, reverse=True)[:limit]]
        return tuple(dict.fromkeys([*laid, *below]))

    def editions(self, edition_key: str) -> tuple[Standing, ...]:
        """Return the versions of a story or standing page, by locale."""
        below = self._under.editions(edition_key) if self._under is not None else ()
        kept = [standing for standing in below if (standing.subject, standing.locale) not in self._laid]
        laid = [standing for standing in self._laid.values() if _edition_key(standing) == edition_key]
        return tuple(sorted([*kept, *laid], key=lambda standing: (standing.locale, standing.subject)))

    def subject_at(self, *, locale: Locale, slug: Slug) -> Urn | None:
        """Return whose address ends in that slug; what is laid over speaks first."""
        for standing in self._laid.values():
            if standing.locale == locale and _slug(standing.document) == slug:
                return standing.subject
        return self._under.subject_at(locale=locale, slug=slug) if self._under is not None else None

    def standings(self, kind: Kind, locale: Locale | None = None) -> Iterator[Standing]:
        """Yield every subject of the kind."""
        for standing in self._under.standings(kind, locale) if self._under is not None else ():
            if (standing.subject, standing.locale) not in self._laid:
                yield standing
        for standing in self._laid.values():
            if kind_of(standing.subject) == kind and locale in (None, standing.locale):
                yield standing

    def _placements(self, list_name: str, locale: Locale) -> Iterator[Placed]:
        for standing in self._laid.values():
            if standing.document is not None and standing.locale == locale:
                for name, sort_at in ListProjector().placements(standing.document):
                    if name == list_name:
                        yield Placed(standing.subject, sort_at)


def _within(moment: datetime, span: tuple[datetime, datetime]) -> bool:
    return span[0] <= moment < span[1]


def _standing(document: Document, now: datetime) -> Standing:
    return Standing(
        subject=document.subject,
        locale=document.locale,
        state=State.RELEASED,
        version=0,
        number=0,
        document_digest=sha256_hex(canonical_bytes(document)),
        first_released_at=now,
        last_released_at=now,
        document=document,
    )


def _edition_key(standing: Standing) -> str:
    document = standing.document
    return document.edition_key if isinstance(document, StoryDocument | PageDocument) else ""


def _slug(document: Document | None) -> Slug | None:
    match document:
        case StoryDocument(address=address):
            return address.slug
        case PageDocument(slug=slug):
            return slug
        case _:
            return None
