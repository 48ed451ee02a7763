"""The list of a person's notices, and the number of unread ones in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from broadsheet.desk.actions.notifying import take_as_read
from broadsheet.desk.permissions import is_inspector
from broadsheet.desk.queries import notices_of, unread_notices
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_ON_A_PAGE: Final = 30
#: More than anybody counts; the database stops counting there too.
_MOST: Final = 99


class NoticesMenuItem(MenuItem):
    """The notices of the person, with the number of unread ones."""

    def __init__(self) -> None:
        super().__init__("Notices", reverse_lazy("desk_notices"), name="notices", icon_name="mail", order=105)

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person can be told anything; an inspector only reads the ledger."""
        return not is_inspector(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Return the entry for this request; the item itself is shared by all of them."""
        number = unread_notices(request.user, at_most=_MOST + 1)
        shown = f"{_MOST}+" if number > _MOST else str(number)
        label = f"{self.label} ({shown})" if number else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


class NoticesView(View):
    """The person's notices, newest first; POST takes all of them as read."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of them."""
        context = {
            "notices": Paginator(notices_of(request.user), _ON_A_PAGE).get_page(request.GET.get("p")),
            "are_unread": unread_notices(request.user, at_most=1) > 0,
            "page_title": "Notices",
            "header_title": "Notices",
            "header_icon": "mail",
        }
        return render(request, "desk/notices.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take all as read, and show them."""
        take_as_read(user=request.user, now=utc_now())
        return redirect("desk_notices")


@require_safe
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the form of what one's own notice is about, which counts as read from then on. Raises: Http404."""
    notice = get_object_or_404(notices_of(request.user), pk=pk)
    if notice.read_at is None:
        take_as_read(user=request.user, now=utc_now(), number=notice.pk)
    return redirect("wagtailadmin_pages:edit", notice.page_id)
