"""In which lists a released document stands. Registered with the ledger, which keeps the rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from broadsheet.edition.names import NEWEST, byline_key_list, byline_list, section_list
from broadsheet.ledger.values import BylineDocument, Document, StoryDocument

#: Lists of one member need no order, but every placement has a moment.
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


class ListProjector:
    """Places stories by the moment they were published, and bylines by the key in their address."""

    def placements(self, document: Document) -> tuple[tuple[str, datetime], ...]:
        """Return (list name, sort_at) of each list, each list once."""
        match document:
            case StoryDocument(section=section, bylines=bylines, published_at=published_at):
                names = [NEWEST, section_list(section), *(byline_list(use.byline) for use in bylines)]
                return tuple((name, published_at) for name in dict.fromkeys(names))
            case BylineDocument(key=key):
                return ((byline_key_list(key), _ANY_TIME),)
            case _:
                return ()
