"""What goes in and what comes out: one request, one answer. No server library in sight."""

from __future__ import annotations

from typing import NamedTuple

#: Response headers in the order they are sent; names in lower case.
Headers = list[tuple[str, str]]


class Request(NamedTuple):
    """One request, as far as finished files need it. ``path`` is percent-decoded once, and nothing else.

    A header that was not sent is ``None``; one sent in several lines is joined by commas (RFC 9110 section 5.3).
    """

    method: str
    path: str
    query: str = ""
    accept_encoding: str | None = None
    if_match: str | None = None
    if_none_match: str | None = None
    if_modified_since: str | None = None
    if_unmodified_since: str | None = None
    range: str | None = None
    if_range: str | None = None


class FilePart(NamedTuple):
    """Bytes ``start`` to ``end`` (exclusive) of an open file, for bodies too big to hold. The sender closes it."""

    descriptor: int
    start: int
    end: int


class Answer(NamedTuple):
    """One answer. For HEAD the body is already empty and ``content-length`` still that of GET."""

    status: int
    headers: Headers
    body: bytes | FilePart = b""
