"""An erased story at the desk: an empty row that keeps its address and its place, so that nothing that refers to it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from modelcluster.models import get_all_child_relations
from wagtail.models import PageLogEntry, Revision, WorkflowState

from broadsheet.desk.erasing.rows import ERASED_TITLE, emptied, forget_what_wagtail_wrote
from broadsheet.desk.listing import keep_listed
from broadsheet.desk.models import (
    Appointment,
    CorrectionNote,
    DeskNotice,
    ListedByline,
    PictureShown,
    PreviewLink,
    Story,
)
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from collections.abc import Collection

#: What says which story it was, and where: its ledger name, its place in the tree, its address and its dates.
KEPT: Final[Collection[str]] = frozenset(
    {
        "subject_key",
        "section",
        "published_at",
        "first_released_at",
        "first_section_key",
        "first_day",
        "url_slug",
        "import_source_id",
    }
)
#: The words and switches of Wagtail's own part of the row; the rest is tree, language, owner and dates.
_OF_PAGE: Final = {
    "title": ERASED_TITLE,
    "draft_title": ERASED_TITLE,
    "seo_title": "",
    "search_description": "",
    "live": False,
    "has_unpublished_changes": False,
    "live_revision": None,
    "latest_revision": None,
    "latest_revision_created_at": None,
}


def empty_story(story: Story) -> None:
    """Empty the row and everything the desk keeps beside it. The caller holds the row."""
    never_released = {} if story.first_released_at else {"url_slug": ""}
    own = emptied(Story, kept=KEPT) | never_released | {"removed_by": Act.ERASE.value}
    Story.objects.filter(pk=story.pk).update(**own, **_OF_PAGE)
    for relation in get_all_child_relations(Story):
        relation.related_model.objects.filter(**{relation.field.name: story.pk}).delete()
    PictureShown.objects.filter(story=story).delete()
    for beside in (CorrectionNote, DeskNotice, Appointment, PreviewLink):
        beside.objects.filter(page=story).delete()
    WorkflowState.objects.for_instance(story).delete()
    Revision.page_revisions.filter(object_id=str(story.pk)).delete()
    # The log of a copy tells what it was copied from.
    PageLogEntry.objects.filter(data__page__id=story.pk).update(data={})
    forget_what_wagtail_wrote(story)
    ListedByline.objects.filter(listed=story.pk).delete()
    keep_listed(story.pk)
