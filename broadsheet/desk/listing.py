"""Keeping ``ListedStory`` true: what the list knows of a story, after every save, act, approval and assignment.

It is made anew from the rows each time, so that it does not matter which way led here, and doing it twice changes
nothing. Wagtail writes three tables for what is one line of the list; see decision 0022.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, WorkflowState

from broadsheet.desk.folding import folded
from broadsheet.desk.models import Byline, ListedByline, ListedStory, Story
from broadsheet.desk.status import StoryStatus, status_of
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Where a deadline still means something.
_ON_ITS_WAY: Final = frozenset({StoryStatus.DRAFT, StoryStatus.IN_APPROVAL})
#: Everything a line of the list is made of; a story's text is not among it.
_READ: Final = (
    "draft_title",
    "title",
    "live",
    "has_unpublished_changes",
    "owner_id",
    "latest_revision_created_at",
    "first_released_at",
    "removed_by",
    "assignee_id",
    "deadline",
    "locale",
    "section",
    "latest_revision",
    "locale__language_code",
    "section__key",
    "latest_revision__user_id",
)


def keep_listed(pk: int) -> None:
    """Write down how the story stands now; nothing for one that is being deleted."""
    story = Story.objects.select_related("locale", "section", "latest_revision").only(*_READ).filter(pk=pk).first()
    if story is None:
        return
    line = _line_of(story)
    changed_at = story.latest_revision_created_at
    known = ListedStory.objects.filter(pk=pk)
    if not known.update(**line, **({"changed_at": changed_at} if changed_at else {})):
        # Below every save, so this is where the present moment is taken.
        ListedStory.objects.create(pk=pk, changed_at=changed_at or utc_now(), **line)


def keep_bylines_listed(story: Story, *, fields: Iterable[str] | None) -> None:
    """Write down who signs the story just saved, where what was saved is its newest text."""
    is_draft = fields is not None and "latest_revision" in fields
    if not is_draft:
        if fields is not None:
            return
        row = Story.objects.only("latest_revision_id", "live_revision_id").get(pk=story.pk)
        if row.latest_revision_id not in {None, row.live_revision_id}:
            return
    signing = list(dict.fromkeys(use.byline_id for use in _bylines_of(story) if use.byline_id is not None))
    kept = ListedByline.objects.filter(listed=story.pk).order_by("place")
    if signing != list(kept.values_list("byline_id", flat=True)):
        kept.delete()
        # A draft may name somebody whose row was deleted or erased meanwhile.
        known = set(Byline.objects.filter(pk__in=signing, is_erased=False).values_list("pk", flat=True))
        ListedByline.objects.bulk_create(
            ListedByline(listed_id=story.pk, byline_id=number, place=place)
            for place, number in enumerate(signing)
            if number in known
        )


def _bylines_of(story: Any) -> Any:  # noqa: ANN401 - modelcluster's relations have no types
    return story.bylines.all()


def _line_of(story: Any) -> dict[str, Any]:  # noqa: ANN401 - a Story; Wagtail's part of it has no types
    """Return the columns, but for the moment of the last change."""
    pages = ContentType.objects.get_for_model(Page)  # kept by Django; by name it would be joined each time
    approvals = WorkflowState.objects.active().filter(base_content_type=pages, object_id=str(story.pk))
    states = list(approvals.select_related("current_task_state"))
    story._current_workflow_states = states  # noqa: SLF001 - where Wagtail itself keeps them
    status, task = status_of(story), states[0].current_task_state if states else None
    return {
        "language": story.locale.language_code,
        "section_key": story.section.key if story.section else "",
        "status": status.value,
        "searched": folded(story.draft_title or story.title),
        "owner_id": story.owner_id,
        "editor_id": story.latest_revision.user_id if story.latest_revision else None,
        "assignee_id": story.assignee_id,
        "due_at": story.deadline if status in _ON_ITS_WAY else None,
        "task_id": task.task_id if status is StoryStatus.IN_APPROVAL and task is not None else None,
    }
