"""What the desk answers when there is no room left: whatever was begun is undone as a whole, and the person is told."""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from collections.abc import Iterator

#: RFC 4918, section 11.5: Insufficient Storage.
_STATUS: Final = 507
_FILES: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
#: PostgreSQL's code for a full disk (its manual, appendix A).
_POSTGRESQL: Final = "53100"
_SENTENCE: Final = (
    "There is no room left on the paper's disk. Nothing of this was kept, and nothing has changed for readers. "
    "Your words are still in the form: go back, keep the window open, and tell whoever runs the paper."
)


def is_full_disk(error: BaseException) -> bool:
    """Return whether the error, or one that led to it, says that database or files have no room left."""
    return any(_says_so(each) for each in _chain(error))


def answer_full_disk(request: HttpRequest) -> HttpResponse:
    """Return the sentence as a page, or as JSON to a script. Asks no database: it may not answer either."""
    if "json" in request.headers.get("accept", "") or request.headers.get("x-requested-with") == "XMLHttpRequest":
        answer = {"success": False, "error_code": "full_disk", "error_message": _SENTENCE}
        return JsonResponse(answer, status=_STATUS)
    return HttpResponse(render_to_string("desk/full_disk.html", {"sentence": _SENTENCE}), status=_STATUS)


def _says_so(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _FILES
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(error, "sqlstate", None) == _POSTGRESQL


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
