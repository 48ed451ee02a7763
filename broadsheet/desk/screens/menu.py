"""The menu and the home screen, trimmed to what a newsroom uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.site_summary import SummaryItem

from broadsheet.desk.models import ListedStory
from broadsheet.desk.permissions import is_inspector, may_see_ledger
from broadsheet.desk.screens.ledger.access import ICON
from broadsheet.desk.status import StoryStatus

if TYPE_CHECKING:
    from django.http import HttpRequest

#: Wagtail's own entries: the page tree stands behind the lists of stories and sections, and there are no documents.
_HIDDEN: Final = frozenset({"explorer", "documents", "snippets", "help"})


def keep_newsroom_items(request: HttpRequest, items: list[MenuItem]) -> None:
    """Take Wagtail's words out of the menu, and put pictures where an editor looks for them."""
    items[:] = [item for item in items if item.name not in _HIDDEN]
    if is_inspector(request.user):
        items[:] = [item for item in items if isinstance(item, LedgerMenuItem)]
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


class LedgerMenuItem(MenuItem):
    """The ledger, for those who may see it."""

    def __init__(self) -> None:
        super().__init__("Ledger", reverse_lazy("ledger_list"), name="ledger", icon_name=ICON, order=140)

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person may see the ledger."""
        return may_see_ledger(request.user)


class LedgerSearch(SearchArea):
    """The search box beside the menu, which for an inspector looks in the ledger; it shows the first area only."""

    def __init__(self) -> None:
        super().__init__("Ledger", reverse_lazy("ledger_list"), name="ledger", icon_name=ICON, order=0)

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person is an inspector; everybody else looks for stories."""
        return is_inspector(request.user)


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
        return {"count": ListedStory.objects.filter(status=self.status).count(), "status": self.status}
