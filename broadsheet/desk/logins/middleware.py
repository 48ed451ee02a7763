"""Keeps the list of log-ins as requests go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY

from broadsheet.desk.logins.actions.log_ins import keep_log_in
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class LogInsMiddleware:
    """Has a log-in written down with the first answer it gets, however it came about and whatever changed its key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; look at the session only where it was read anyway."""
        response = self.get_response(request)
        if request.session.accessed and SESSION_KEY in request.session:
            keep_log_in(request, now=utc_now())
        return response
