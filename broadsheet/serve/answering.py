"""From a request to its answer. Pure but for the folder: no server library, no clock."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from broadsheet.press.values import Form
from broadsheet.serve.conditions import Condition, http_date, range_still_holds, weigh_conditions
from broadsheet.serve.errors import OutsideTheFolder, RangeNotSatisfiable
from broadsheet.serve.headers import ASK_AGAIN, MediaType, base_headers, cache_control, media_type
from broadsheet.serve.negotiation import acceptable_codings
from broadsheet.serve.paths import Address, not_found_pages, parse_address, parse_old_address
from broadsheet.serve.ranges import ByteRange, parse_range
from broadsheet.serve.values import Answer, FilePart, Headers, Request

if TYPE_CHECKING:
    from broadsheet.serve.folder import PressedFolder, Representation, Sighted

HEALTH_PATH: Final = "/healthz"
_ALLOWED: Final = ("GET", "HEAD")
_PAGE_NAME: Final = Form.PAGE.value
#: A file may go between the look and the read (a page withdrawn just now); then we look again and see what came.
_LOOKS: Final = 3
#: Where a pressed ``moved.txt`` may lead: an address of ours, or a whole web address.
_TARGET: Final = re.compile(r"(?:/(?![/\\])|https?://)[!-\[\]-~]*")
_QUERY: Final = re.compile(r"[!-~]{1,2048}")


class Answering:
    """Answers requests from one pressed folder."""

    def __init__(self, *, folder: PressedFolder) -> None:
        """Answer from this folder."""
        self._folder = folder

    def answer(self, request: Request, *, now: int) -> Answer:
        """Return the answer.

        Units: ``now`` in seconds since 1970.  Raises: OSError where the disk fails.
        """
        answer = self._answer_get(request, now)
        return answer if request.method != "HEAD" else answer._replace(body=b"")

    def _answer_get(self, request: Request, now: int) -> Answer:
        if request.method not in _ALLOWED:
            return _words(HTTPStatus.METHOD_NOT_ALLOWED, ("allow", ", ".join(_ALLOWED)))
        if request.path == HEALTH_PATH:
            return self._health()
        for _ in range(_LOOKS):
            try:
                return self._answer_address(request, now)
            except FileNotFoundError:
                continue
            except OutsideTheFolder:
                break
        return _words(HTTPStatus.NOT_FOUND)

    def _health(self) -> Answer:
        readable = self._folder.is_readable()
        body = json.dumps({"status": "ok" if readable else "the pressed folder cannot be read"}).encode()
        headers = base_headers(("content-type", "application/json"), ("cache-control", "no-store"), _length(len(body)))
        return Answer(HTTPStatus.OK if readable else HTTPStatus.SERVICE_UNAVAILABLE, headers, body)

    def _answer_address(self, request: Request, now: int) -> Answer:
        address = parse_address(request.path)
        if address is None:
            return self._moved_from(request)
        if address.name == _PAGE_NAME:
            return self._lead_to(Address(address.folder_path, ""), request)
        sighted = self._folder.look_up(address)
        if sighted is None:
            return self._lead_to(Address(address.path + "/", ""), request) if address.name else self._not_found(request)
        if sighted.form is Form.MOVED:
            return self._moved(sighted, request)
        if sighted.form is Form.GONE:
            return self._send_error_page(sighted, request, HTTPStatus.GONE)
        return self._send(sighted, request, now)

    def _lead_to(self, page: Address, request: Request) -> Answer:
        """Redirect to the page where one exists at that address, its tombstone included."""
        sighted = self._folder.look_up(page)
        if sighted is None:
            return self._not_found(request)
        # An old address leads on at once, however it is written.
        return self._moved(sighted, request) if sighted.form is Form.MOVED else lead_on(page.path, request)

    def _moved_from(self, request: Request) -> Answer:
        """Redirect from an old address in letters that no page of ours has."""
        old = parse_old_address(request.path)
        sighted = self._folder.sight(old.folder_path + Form.MOVED.value, form=Form.MOVED) if old is not None else None
        return self._moved(sighted, request) if sighted is not None else self._not_found(request)

    def _moved(self, sighted: Sighted, request: Request) -> Answer:
        target = (self._folder.represent(sighted).body or b"").decode("ascii", errors="replace").strip()
        if not _TARGET.fullmatch(target):
            return self._not_found(request)
        # The front door leads to the paper's first language today, and may lead to another tomorrow.
        status = HTTPStatus.FOUND if request.path == "/" else HTTPStatus.MOVED_PERMANENTLY
        return _redirect(status, target)

    def _not_found(self, request: Request) -> Answer:
        for file in not_found_pages(request.path):
            page = self._folder.sight(file)
            if page:
                return self._send_error_page(page, request, HTTPStatus.NOT_FOUND)
        return _words(HTTPStatus.NOT_FOUND)

    def _send_error_page(self, sighted: Sighted, request: Request, status: HTTPStatus) -> Answer:
        coding, twin = self._folder.sight_twin(sighted, acceptable_codings(request.accept_encoding))
        form = self._folder.represent(twin)
        headers = base_headers(
            ("content-type", media_type(sighted.file).name),
            ("cache-control", ASK_AGAIN),
            *_negotiated(media_type(sighted.file), coding),
            _length(form.size),
        )
        return Answer(status, headers, self._bytes_of(form, request, ByteRange(0, form.size)))

    def _send(self, sighted: Sighted, request: Request, now: int) -> Answer:
        media = media_type(sighted.file)
        codings = acceptable_codings(request.accept_encoding) if media.has_twins else ("identity",)
        coding, chosen = self._folder.sight_twin(sighted, codings)
        form = self._folder.represent(chosen)
        headers = base_headers(
            ("cache-control", cache_control(sighted.file)),
            ("etag", form.etag),
            ("last-modified", http_date(form.modified_at)),
            *_negotiated(media, coding),
        )
        condition = weigh_conditions(request, etag=form.etag, modified_at=form.modified_at)
        if condition is Condition.NOT_MODIFIED:
            return Answer(HTTPStatus.NOT_MODIFIED, headers)
        if condition is Condition.FAILED:
            return _words(HTTPStatus.PRECONDITION_FAILED)
        return self._send_body(
            form, request, [*headers, ("content-type", media.name)], in_parts=media.in_parts, now=now
        )

    def _send_body(
        self, form: Representation, request: Request, headers: Headers, *, in_parts: bool, now: int
    ) -> Answer:
        part = None
        if in_parts:
            headers.append(("accept-ranges", "bytes"))
            try:
                part = _part_wanted(request, form, now)
            except RangeNotSatisfiable:
                return _words(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, ("content-range", f"bytes */{form.size}"))
        if part is None:
            body = self._bytes_of(form, request, ByteRange(0, form.size))
            return Answer(HTTPStatus.OK, [*headers, _length(form.size)], body)
        said = ("content-range", f"bytes {part.start}-{part.end - 1}/{form.size}")
        headers += [said, _length(part.end - part.start)]
        return Answer(HTTPStatus.PARTIAL_CONTENT, headers, self._bytes_of(form, request, part))

    def _bytes_of(self, form: Representation, request: Request, part: ByteRange) -> bytes | FilePart:
        if form.body is not None:
            return form.body[part.start : part.end]
        if request.method == "HEAD":
            return b""
        return FilePart(self._folder.open(form.sighted), part.start, part.end)


def lead_on(path: str, request: Request) -> Answer:
    """Return the answer that leads to that path for good, with all that was asked behind it."""
    query = f"?{request.query}" if _QUERY.fullmatch(request.query) else ""
    return _redirect(HTTPStatus.MOVED_PERMANENTLY, path + query)


def _part_wanted(request: Request, form: Representation, now: int) -> ByteRange | None:
    if request.range is None or request.method != "GET":
        return None
    if not range_still_holds(request.if_range, etag=form.etag, modified_at=form.modified_at, now=now):
        return None
    return parse_range(request.range, size=form.size)


def _negotiated(media: MediaType, coding: str) -> Headers:
    vary = [("vary", "accept-encoding")] if media.has_twins else []
    return vary if coding == "identity" else [*vary, ("content-encoding", coding)]


def _length(size: int) -> tuple[str, str]:
    return ("content-length", str(size))


def _redirect(status: HTTPStatus, target: str) -> Answer:
    return Answer(status, base_headers(("location", target), ("cache-control", ASK_AGAIN), _length(0)))


def _words(status: HTTPStatus, *more: tuple[str, str]) -> Answer:
    """Return an answer of a few plain words, for what no page was pressed for."""
    body = f"{status.phrase}\n".encode()
    headers = base_headers(("content-type", "text/plain; charset=utf-8"), ("cache-control", ASK_AGAIN), *more)
    return Answer(status, [*headers, _length(len(body))], body)
