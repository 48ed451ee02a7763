"""The desk's Content-Security-Policy: what its pages may load and run, as strict as Wagtail's editor can bear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

#: Wagtail 8 starts its choosers, date fields and repeated rows by inline script elements and sets styles on elements, so
#: both stay allowed. Handlers in attributes (onerror, onclick) never run, which is how pasted markup would attack, and
#: nothing is loaded from or sent to another host.
DESK_POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; script-src-attr 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; frame-src 'self'; object-src 'none'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
_HEADER: Final = "Content-Security-Policy"


class ContentPolicyMiddleware:
    """Adds the policy to every answer that does not bring a stricter one of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer with a policy."""
        response = self.get_response(request)
        response.setdefault(_HEADER, DESK_POLICY)
        return response
