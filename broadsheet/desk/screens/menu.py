"""The menu and the home screen, trimmed to what a newsroom uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wagtail.admin.site_summary import SummaryItem

from broadsheet.desk.models import Story
from broadsheet.desk.screens.stories import with_status
from broadsheet.desk.status import StoryStatus

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.admin.menu import MenuItem

#: Wagtail's own entries: the page tree stands behind the lists of stories and sections, and there are no documents.
_HIDDEN: Final = frozenset({"explorer", "documents", "snippets", "help"})


def keep_newsroom_items(items: list[MenuItem]) -> None:
    """Take Wagtail's words out of the menu, and put pictures where an editor looks for them."""
    items[:] = [item for item in items if item.name not in _HIDDEN]
    for item in items:
        if item.name == "images":
            item.label, item.order = "Pictures", 110


def keep_newsroom_panels(panels: list[Any]) -> None:
    """Keep what waits for approval, what one sent there, and what one edited last."""
    panels[:] = [panel for panel in panels if panel.name != "locked_pages"]


def keep_newsroom_summary(request: HttpRequest, items: list[Any]) -> None:
    """Count stories by where they stand, instead of pages, images and documents."""
    items[:] = [
        StatusSummary(request, status) for status in (StoryStatus.DRAFT, StoryStatus.IN_APPROVAL, StoryStatus.CHANGED)
    ]


class StatusSummary(SummaryItem):
    """How many stories stand at one status; leads to their list."""

    template_name = "desk/status_summary.html"

    def __init__(self, request: HttpRequest, status: StoryStatus) -> None:
        super().__init__(request)
        self.status = status
        self.order = 100 + list(StoryStatus).index(status)

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Return the number and the words."""
        del parent_context
        return {"count": with_status(Story.objects.all(), self.status).count(), "status": self.status}
