"""The edge to granian: its scope becomes a Request, our Answer goes out through its protocol.

Start it with ``broadsheet serve``, or ``serve_readers`` here.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Protocol

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from broadsheet.serve.answering import Answering
from broadsheet.serve.cache import HotCache
from broadsheet.serve.errors import FolderMissing
from broadsheet.serve.folder import PressedFolder
from broadsheet.serve.headers import base_headers
from broadsheet.serve.leash import die_with_parent
from broadsheet.serve.ports import require_free_port
from broadsheet.serve.search.searching import Searching, is_search, start_follower
from broadsheet.serve.values import Answer, FilePart, Headers, Request

if TYPE_CHECKING:
    from pathlib import Path

CACHE_BYTES: Final = 64 * 1024 * 1024
#: After SIGTERM a request under way has this long to end.
STOP_SECONDS: Final = 8
#: Searches a worker lets wait; whoever comes then is asked to try again.
WAITING_SEARCHES: Final = 32

_PIECE_BYTES: Final = 256 * 1024
_LOG: Final = logging.getLogger("broadsheet.serve")


class ScopeHeaders(Protocol):
    """The request headers as granian has them; names in lower case."""

    def get_all(self, key: str) -> list[str]:
        """Return the value of each line of that header."""


class Scope(Protocol):
    """What we use of granian's scope."""

    method: str
    path: str
    query_string: str
    headers: ScopeHeaders


class Stream(Protocol):
    """The sending end of a body in pieces."""

    async def send_bytes(self, data: bytes) -> None:
        """Send one piece; wait while the reader's line is full."""


class ResponseProtocol(Protocol):
    """What we use of granian's protocol."""

    def response_empty(self, status: int, headers: Headers) -> None:
        """Answer without a body."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer with a body held in memory."""

    def response_stream(self, status: int, headers: Headers) -> Stream:
        """Begin an answer whose body follows in pieces."""


class ReaderApp:
    """The RSGI application over one pressed folder."""

    def __init__(self, *, folder: Path, cache_bytes: int) -> None:
        """Serve this folder and hold at most so many bytes of it in memory, in each worker."""
        self._answering = Answering(folder=PressedFolder(folder, cache=HotCache(limit_bytes=cache_bytes)))
        self._searching = Searching(folder)
        # One thread, so that a search needs no locks, and however many search, pages have the loop for themselves.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")
        self._searches = 0

    async def __rsgi__(self, scope: Scope, protocol: ResponseProtocol) -> None:
        """Answer one request."""
        request = _request_in(scope)
        try:
            answer = await self._search(request) if is_search(request) else None
            if answer is None:
                answer = self._answering.answer(request, now=int(time.time()))
        except OSError:
            _LOG.exception("Cannot read what %s asks for", scope.path)
            answer = _try_again()
        await _send(protocol, answer)

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """End with the worker."""
        self._thread.shutdown()
        self._searching.close()

    async def _search(self, request: Request) -> Answer | None:
        if self._searches >= WAITING_SEARCHES:
            return _try_again()
        self._searches += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._searching.answer, request)
        finally:
            self._searches -= 1


def _try_again() -> Answer:
    return Answer(HTTPStatus.SERVICE_UNAVAILABLE, base_headers(("retry-after", "5")))


async def _send(protocol: ResponseProtocol, answer: Answer) -> None:
    if isinstance(answer.body, FilePart):
        await _send_part(protocol.response_stream(answer.status, answer.headers), answer.body)
    elif answer.body:
        protocol.response_bytes(answer.status, answer.headers, answer.body)
    else:
        protocol.response_empty(answer.status, answer.headers)


async def _send_part(stream: Stream, part: FilePart) -> None:
    at = part.start
    try:
        while at < part.end:
            piece = os.pread(part.descriptor, min(_PIECE_BYTES, part.end - at), at)
            if not piece:
                return
            await stream.send_bytes(piece)
            at += len(piece)
            # A fast reader's line is never full; others want their turn all the same.
            await asyncio.sleep(0)
    finally:
        os.close(part.descriptor)


def _request_in(scope: Scope) -> Request:
    """Return granian's scope as a Request."""
    header = partial(_header, scope.headers)
    return Request(
        method=scope.method,
        path=scope.path,
        query=scope.query_string,
        accept_encoding=header("accept-encoding"),
        if_match=header("if-match"),
        if_none_match=header("if-none-match"),
        if_modified_since=header("if-modified-since"),
        if_unmodified_since=header("if-unmodified-since"),
        range=header("range"),
        if_range=header("if-range"),
    )


def _header(headers: ScopeHeaders, name: str) -> str | None:
    values = headers.get_all(name)
    return ", ".join(values) if values else None


def load_reader_app(*, folder: Path, cache_bytes: int) -> Any:  # noqa: ANN401 - granian's types know functions only
    """Return the application; called in each worker, which must not outlive the main process."""
    die_with_parent()
    return ReaderApp(folder=folder, cache_bytes=cache_bytes)


def serve_readers(*, folder: Path, host: str, port: int, workers: int, cache_bytes: int = CACHE_BYTES) -> None:
    """Serve the folder until SIGTERM or Ctrl-C; requests under way are finished first.

    Raises: FolderMissing, PortTaken.
    """
    if not folder.is_dir():
        msg = f"There is no folder {folder} to serve. The press makes it: broadsheet press all"
        raise FolderMissing(msg)
    require_free_port(host=host, port=port)
    server = Granian(
        target="broadsheet.serve.app",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.auto,
        websockets=False,
        workers=workers,
        workers_kill_timeout=STOP_SECONDS,
        respawn_failed_workers=True,
        # Its only warning at a stop is a race of its own (two threads wait for one process), and tells nothing.
        log_level=LogLevels.error,
    )
    follower = start_follower(folder)
    try:
        server.serve(target_loader=partial(load_reader_app, folder=folder, cache_bytes=cache_bytes), wrap_loader=False)
    finally:
        follower.terminate()
        follower.wait()
