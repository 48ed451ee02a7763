"""In which lists a released document stands. Registered with the ledger, which keeps the rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from broadsheet.edition.names import NEWEST, key_list, list_of
from broadsheet.ledger.values import BylineDocument, Document, StoryDocument, TopicDocument

#: Lists of one member need no order, but every placement has a moment.
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


class ListProjector:
    """Places stories by the moment they were published, and bylines and topics by the key in their address."""

    def placements(self, document: Document) -> tuple[tuple[str, datetime], ...]:
        """Return (list name, sort_at) of each list, each list once."""
        match document:
            case StoryDocument(section=section, bylines=bylines, topics=topics, published_at=published_at):
                names = [NEWEST, *map(list_of, (section, *(use.byline for use in bylines), *topics))]
                return tuple((name, published_at) for name in dict.fromkeys(names))
            case BylineDocument(key=key):
                return ((key_list("byline", key), _ANY_TIME),)
            case TopicDocument(key=key):
                return ((key_list("topic", key), _ANY_TIME),)
            case _:
                return ()
