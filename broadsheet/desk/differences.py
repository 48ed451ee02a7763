"""Which parts of a story differ between two documents, in the words of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from broadsheet.ledger.values import StoryDocument

_PARTS: Final = {
    "headline": "headline",
    "standfirst": "standfirst",
    "body": "body",
    "bylines": "bylines",
    "lead": "lead picture",
    "dateline": "dateline",
    "section": "section",
    "sources": "sources",
    "edition_key": "language versions",
    "updated_at": "time of the update",
    "corrections": "corrections",
}


def changed_parts(before: StoryDocument, after: StoryDocument) -> tuple[str, ...]:
    """Return the parts that are not the same, in the order of the form."""
    return tuple(words for name, words in _PARTS.items() if getattr(before, name) != getattr(after, name))
