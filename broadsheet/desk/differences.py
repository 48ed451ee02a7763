"""Which parts of a story or standing page differ between two documents, in the words of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from broadsheet.ledger.values import PageDocument, StoryDocument

_PARTS: Final = {
    "headline": "headline",
    "title": "title",
    "standfirst": "standfirst",
    "body": "body",
    "bylines": "bylines",
    "topics": "topics",
    "lead": "lead picture",
    "dateline": "dateline",
    "section": "section",
    "sources": "sources",
    "edition_key": "language versions",
    "updated_at": "time of the update",
    "corrections": "corrections",
    "purpose": "what it is for",
}
_Text = TypeVar("_Text", "StoryDocument", "PageDocument")


def changed_parts(before: _Text, after: _Text) -> tuple[str, ...]:
    """Return the parts that are not the same, in the order of the form."""
    parts = {name: words for name, words in _PARTS.items() if hasattr(after, name)}
    return tuple(words for name, words in parts.items() if getattr(before, name) != getattr(after, name))
