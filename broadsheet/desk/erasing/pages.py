"""An erased story or standing page at the desk: an empty row that keeps its address and its place, so that nothing that refers to it breaks."""

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
    StandingPage,
    Story,
)
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from collections.abc import Collection

#: What says which one it was, and where: its ledger name, its place in the tree, its address and its dates.
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


def empty_page(page: Story | StandingPage) -> None:
    """Empty the row and everything the desk keeps beside it. The caller holds the row."""
    model = type(page)
    never_released = {} if page.first_released_at else {"url_slug": ""}
    own = emptied(model, kept=KEPT) | never_released | {"removed_by": Act.ERASE.value}
    model.objects.filter(pk=page.pk).update(**own, **_OF_PAGE)
    for relation in get_all_child_relations(model):
        relation.related_model.objects.filter(**{relation.field.name: page.pk}).delete()
    for beside in (CorrectionNote, DeskNotice, Appointment, PreviewLink):
        beside.objects.filter(page=page).delete()
    WorkflowState.objects.for_instance(page).delete()
    Revision.page_revisions.filter(object_id=str(page.pk)).delete()
    # The log of a copy tells what it was copied from.
    PageLogEntry.objects.filter(data__page__id=page.pk).update(data={})
    forget_what_wagtail_wrote(page)
    if isinstance(page, Story):
        PictureShown.objects.filter(story=page).delete()
        ListedByline.objects.filter(listed=page.pk).delete()
        keep_listed(page.pk)
