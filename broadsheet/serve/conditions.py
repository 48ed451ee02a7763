"""Whether the reader already has it: entity tags and dates."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from broadsheet.serve.values import Request

_TAG: Final = re.compile(r'[ \t]*(W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?:,|$)')
_HTTP_DATE: Final = re.compile(r"[A-Za-z]{3,9},? [A-Za-z0-9 :-]{15,30}(?: GMT)?")


class Condition(Enum):
    """What the request's conditions come to."""

    SEND = "send it"
    NOT_MODIFIED = "304"
    FAILED = "412"


def weigh_conditions(request: Request, *, etag: str, modified_at: int) -> Condition:
    """Return what the conditions ask for, tags before dates.

    Units: ``modified_at`` in whole seconds since 1970.  Source: RFC 9110 section 13.2.2.
    """
    if request.if_match is not None:
        if not _names(request.if_match, etag, weakly=False):
            return Condition.FAILED
    elif request.if_unmodified_since is not None:
        since = parse_http_date(request.if_unmodified_since)
        if since is not None and modified_at > since:
            return Condition.FAILED
    if request.if_none_match is not None:
        return Condition.NOT_MODIFIED if _names(request.if_none_match, etag, weakly=True) else Condition.SEND
    if request.if_modified_since is not None:
        since = parse_http_date(request.if_modified_since)
        if since is not None and modified_at <= since:
            return Condition.NOT_MODIFIED
    return Condition.SEND


def range_still_holds(if_range: str | None, *, etag: str, modified_at: int, now: int) -> bool:
    """Return whether a part may be sent: the file is the one the reader has the rest of.

    A date counts only where the file was a second old already, else a second change could hide in the same second.
    Units: seconds since 1970.  Source: RFC 9110 sections 13.1.5 and 8.8.2.2.
    """
    if if_range is None or if_range.strip() == etag:
        return True
    return parse_http_date(if_range) == modified_at and now > modified_at


def _names(header: str, etag: str, *, weakly: bool) -> bool:
    """Return whether the list of tags names ours. A cache in front may have made our tag a weak one."""
    if header.strip() == "*":
        return True
    return any(tag == etag and (weakly or not weak) for weak, tag in _TAG.findall(header))


@lru_cache(maxsize=256)
def parse_http_date(text: str) -> int | None:
    """Return the date in seconds since 1970, or None where it is none.  Source: RFC 9110 section 5.6.7."""
    if not _HTTP_DATE.fullmatch(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp())


@lru_cache(maxsize=4096)
def http_date(seconds: int) -> str:
    """Return the moment as ``Sun, 06 Nov 1994 08:49:37 GMT``, whatever the machine's own language.

    Units: seconds since 1970.  Source: RFC 9110 section 5.6.7.
    """
    moment = datetime.fromtimestamp(seconds, UTC)
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[moment.weekday()]
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day}, {moment.day:02} {names[moment.month - 1]} {moment.year:04} {moment:%H:%M:%S} GMT"
