"""The desk's Content-Security-Policy: what its pages may load and run, as strict as Wagtail's editor can bear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

#: Wagtail's editor sets styles on elements, so inline styles stay allowed; scripts come from the desk's own files.
DESK_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
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
