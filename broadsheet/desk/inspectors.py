"""What inspectors are kept to: the ledger's screens and their own account. Everything else at the desk is refused.

Wagtail opens many addresses to everybody who may enter: choosers, the page tree, reports, locks. So an inspector's
requests are let through by a list of what is allowed, and an address nobody thought of is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import redirect, render

from broadsheet.desk.permissions import is_inspector

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

#: Answered without a log-in as well, or about one's own log-in only.
_OWN: Final = frozenset(
    {
        "desk_account",
        "desk_log_in",
        "desk_log_in_code",
        "desk_log_ins",
        "desk_second_factor",
        "desk_ask_for_letter",
        "desk_new_password",
        "wagtailadmin_logout",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
        "desk_health",
        "desk_shared_preview",
    }
)
_LEDGER: Final = frozenset(
    {"ledger_list", "ledger_subject", "ledger_release", "ledger_envelope", "ledger_differences", "desk_picture"}
)
_REFUSED: Final = 403


class InspectorMiddleware:
    """Refuses an inspector every screen but those of the ledger; whoever logs in comes to the ledger first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: Any, _kwargs: Any) -> HttpResponse | None:  # noqa: ANN401
        """Return the refusal, or None to let the request through."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _OWN or not is_inspector(request.user):
            return None
        is_reading = request.method in {"GET", "HEAD"}
        if is_reading and name in _LEDGER:
            return None
        if is_reading and name == "wagtailadmin_home":
            return redirect("ledger_list")
        return render(request, "desk/ledger/refused.html", status=_REFUSED)
