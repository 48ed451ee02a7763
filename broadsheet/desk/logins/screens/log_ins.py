"""Where somebody is logged in, and the buttons that end it: one's own, and for administrators those of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name

from broadsheet.desk.logins.actions.log_ins import end_log_in, end_log_ins
from broadsheet.desk.logins.actions.second_factor import remove_second_factor
from broadsheet.desk.logins.permissions import may_keep_log_ins
from broadsheet.desk.logins.queries import has_second_factor, log_ins_of
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class OwnLogInsView(View):
    """The person's own log-ins; POST ends one, or all but this one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        account = {"url": reverse("wagtailadmin_account"), "label": "Account"}
        return _screen(request, user=request.user, trail=[account], title="Where you are logged in")

    def post(self, request: HttpRequest) -> HttpResponse:
        """End what was asked for, and show what is left."""
        _end(request, user=request.user, but=request.session.session_key)
        return redirect("desk_log_ins")


class LogInsOfView(View):
    """Somebody else's log-ins and second factor, for whoever looks after users."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show them."""
        user = self.user_for(request, pk)
        trail = [
            {"url": reverse("wagtailusers_users:index"), "label": "Users"},
            {"url": reverse("wagtailusers_users:edit", args=[pk]), "label": get_user_display_name(user)},
        ]
        return _screen(request, user=user, trail=trail, title=f"Log-ins of {get_user_display_name(user)}")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End log-ins, or take the second factor away from somebody who lost it."""
        user = self.user_for(request, pk)
        if "remove-second-factor" in request.POST:
            if remove_second_factor(user=user, by=request.user):
                messages.success(request, "The second factor is removed. The log-in asks for the password alone now.")
        else:
            _end(request, user=user, but=None)
        return redirect("desk_log_ins_of", pk)

    def user_for(self, request: HttpRequest, pk: int) -> Any:  # noqa: ANN401 - any user model
        """Return the user. Raises: Http404; PermissionDenied."""
        user = get_object_or_404(get_user_model(), pk=pk)
        if not may_keep_log_ins(request.user, user):
            raise PermissionDenied
        return user


def _end(request: HttpRequest, *, user: Any, but: str | None) -> None:  # noqa: ANN401 - any user model
    asked = request.POST.get("end", "")
    if asked == "all":
        ended = end_log_ins(user=user, by=request.user, but=but)
    else:
        ended = end_log_in(user=user, by=request.user, number=int(asked) if asked.isascii() and asked.isdigit() else 0)
    if ended:
        messages.success(request, "That log-in is ended." if ended == 1 else f"{ended} log-ins are ended.")
    else:
        messages.success(request, "There was nothing left to end.")


def _screen(request: HttpRequest, *, user: Any, trail: list[dict[str, str]], title: str) -> HttpResponse:  # noqa: ANN401
    is_own = user == request.user
    context = {
        "log_ins": log_ins_of(user, now=utc_now()),
        "this_session": request.session.session_key,
        "is_own": is_own,
        "has_second_factor": not is_own and has_second_factor(user),
        "breadcrumbs_items": [*trail, {"url": "", "label": "Log-ins"}],
        "header_title": title,
        "header_icon": "key",
    }
    return render(request, "desk/logins/log_ins.html", context)
