"""Which subjects the desk's own links lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.desk.compiling.rich_text import page_ids
from broadsheet.desk.models import StandingPage, Story
from broadsheet.plain.urns import Urn, make_urn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def link_targets(sources: Iterable[str]) -> tuple[Mapping[int, Urn], frozenset[int]]:
    """Return the stories and standing pages these rich texts link to by page id, and the ids that are neither (any more)."""
    wanted = page_ids(sources)
    if not wanted:
        return {}, frozenset()
    stories = Story.objects.filter(pk__in=wanted).values_list("pk", "subject_key")
    found = {page: make_urn("story", key.hex) for page, key in stories}
    if wanted - found.keys():
        pages = StandingPage.objects.filter(pk__in=wanted - found.keys()).values_list("pk", "subject_key")
        found |= {page: make_urn("page", key.hex) for page, key in pages}
    return found, wanted - found.keys()
