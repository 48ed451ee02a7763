"""The table of the list of stories: what its lines say, worked out once and drawn by one template.

Wagtail draws each cell by a template of its own, and a menu of buttons for each line; for a list that is opened a
hundred times a day that costs more than reading it (decision 0022).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from wagtail.admin.ui.components import Component

from broadsheet.desk.appointments import appointments_of
from broadsheet.desk.assignees import name_of_person
from broadsheet.desk.status import StoryStatus
from broadsheet.desk.story_lines import steps_of
from broadsheet.desk.story_list import Order, open_with

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from wagtail.admin.models import EditingSession

    from broadsheet.desk.models import Story

#: Bylines named in a line; the others are counted.
_NAMED: Final = 2


@dataclass(frozen=True)
class StoryRow:
    """What one line says.

    ``appointed``: what the clock will do, in words. ``open_with``: who has the story open, and whether they are away
    from the keyboard.
    """

    story: Story
    may_edit: bool
    status: StoryStatus
    bylines: str
    assignee: str
    due_at: datetime | None
    is_late: bool
    appointed: str
    open_with: Sequence[tuple[str, bool]]


def rows_of(stories: Sequence[Story], *, user: Any, now: datetime) -> list[StoryRow]:  # noqa: ANN401 - any user model
    """Return the lines of these stories. The number of queries does not depend on how many they are."""
    steps, sessions, appointed = frozenset(steps_of(user)), open_with(stories), appointments_of(stories, now=now)
    return [
        _row(
            story,
            now=now,
            may_edit=_may_edit(story, user, steps),
            appointed=appointed.get(story.pk, ""),
            others=[session for session in sessions.get(story.pk, ()) if session.user_id != user.pk],
        )
        for story in stories
    ]


def _row(
    story: Any,  # noqa: ANN401 - a Story with its line
    *,
    now: datetime,
    may_edit: bool,
    appointed: str,
    others: Sequence[EditingSession],
) -> StoryRow:
    line = story.listed
    return StoryRow(
        story=story,
        may_edit=may_edit,
        # The one place where the list says where a story stands.
        status=StoryStatus(line.status),
        bylines=_signed([use.byline.name for use in line.bylines.all()]),
        assignee=name_of_person(story.assignee) if story.assignee else "",
        due_at=line.due_at,
        is_late=line.due_at is not None and line.due_at < now,
        appointed=appointed,
        open_with=[(name_of_person(session.user), session.is_idle) for session in others],
    )


def _may_edit(story: Any, user: Any, steps: Collection[int]) -> bool:  # noqa: ANN401 - any user model
    """Return what the story's own tester says, which would ask for its approval again, line by line."""
    story._current_workflow_states = []  # noqa: SLF001 - where Wagtail keeps what it has read of an approval
    tester = story.permissions_for_user(user)
    return tester.can_edit() or (story.listed.task_id in steps and not tester.outside)


def _signed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


class StoryTable(Component):
    """The lines, in the look of Wagtail's lists."""

    template_name = "desk/story_table.html"

    def __init__(self, rows: Sequence[StoryRow], *, order: Order, addresses: Mapping[Order, str]) -> None:
        self.rows, self.order, self.addresses = rows, order, addresses

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ANN401 - Wagtail's signature
        """Return what the template draws."""
        return {
            "rows": self.rows,
            "by_deadline": self.order is Order.DUE,
            "by_change_url": self.addresses[Order.CHANGED],
            "by_deadline_url": self.addresses[Order.DUE],
            "user": parent_context["request"].user,
        }
