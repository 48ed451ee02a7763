"""From a request to the page of hits. Runs in one thread of its own in each worker, so pages never wait for a search."""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import sqlite3
import subprocess
import sys
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple

import brotli
import msgspec

from broadsheet.plain.locales import Locale
from broadsheet.plain.searching import SearchSheet, results_sheet_path, search_address
from broadsheet.press.values import Form
from broadsheet.serve.answering import lead_on
from broadsheet.serve.cache import HotCache
from broadsheet.serve.errors import OutsideTheFolder
from broadsheet.serve.folder import PressedFolder
from broadsheet.serve.headers import base_headers
from broadsheet.serve.negotiation import acceptable_codings
from broadsheet.serve.paths import parse_address
from broadsheet.serve.search.finding import FoundSheets, find
from broadsheet.serve.search.following import only_follower
from broadsheet.serve.search.index import (
    DAMAGED_NAME,
    FILE_NAME,
    has_format,
    index_folder,
    is_complete,
    is_damage,
    open_for_reading,
)
from broadsheet.serve.search.printing import Found, Hit, print_results
from broadsheet.serve.search.questions import parse_question
from broadsheet.serve.values import Answer, Headers, Request

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.serve.search.questions import Question

_ADDRESS: Final = re.compile(r"/([A-Za-z-]{2,16})/search/?")
_CACHE_BYTES: Final = 16 * 1024 * 1024
#: Between two looks whether somebody keeps the index.
_LOOK_SECONDS: Final = 5.0
_BROTLI_QUALITY: Final = 4
_GZIP_LEVEL: Final = 4


class _Opened(NamedTuple):
    connection: sqlite3.Connection
    inode: int


class Searching:
    """Answers questions over one pressed folder."""

    def __init__(self, folder: Path) -> None:
        """Search the stories of this folder."""
        self._path = folder
        self._file = index_folder(folder) / FILE_NAME
        self._folder = PressedFolder(folder, cache=HotCache(limit_bytes=_CACHE_BYTES))
        self._opened: _Opened | None = None
        self._looked_at = time.monotonic()
        self._follower: subprocess.Popen[bytes] | None = None

    def answer(self, request: Request) -> Answer | None:
        """Return the answer, None where nothing was pressed to print hits on.  Raises: OSError where the disk fails."""
        locale = _locale_in(request.path)
        shell = self._shell(locale)
        if shell is None:
            return None
        if not request.path.endswith("/"):
            return lead_on(search_address(locale), request)
        self._look_after_follower()
        question = parse_question(request.query, locale=locale)
        page = print_results(shell, locale=locale, question=question, found=self._found(question, locale))
        headers, body = _sent(page.encode(errors="replace"), request)
        return Answer(HTTPStatus.OK, headers, body if request.method != "HEAD" else b"")

    def close(self) -> None:
        """Let go of the index, and end what was started to keep it."""
        self._close()
        if self._follower is not None:
            self._follower.terminate()
            self._follower.wait()

    def _shell(self, locale: Locale) -> str | None:
        data = self._bytes(results_sheet_path(locale))
        return data.decode(errors="replace") if data is not None else None

    def _found(self, question: Question, locale: Locale) -> Found:
        connection = self._connection()
        if connection is None:
            return Found(is_ready=False)
        try:
            is_ready = is_complete(connection)
            sheets = find(connection, question, locale=locale) if question.is_asked else FoundSheets()
        except sqlite3.Error as error:
            self._give_up(error)
            return Found(is_ready=False)
        hits = [hit for path in sheets.paths if (hit := self._hit(path)) is not None]
        return Found(hits, has_more=sheets.has_more, is_ready=is_ready, is_whole=sheets.is_whole)

    def _hit(self, path: str) -> Hit | None:
        """Return the story, None where readers cannot have it any more, whatever the index says."""
        data = self._bytes(path)
        if data is None:
            return None
        try:
            sheet = msgspec.json.decode(data, type=SearchSheet)
        except msgspec.MsgspecError:
            return None
        address = parse_address(sheet.path)
        page = self._folder.look_up(address) if address is not None else None
        if page is None or page.form is not Form.PAGE:
            return None
        return Hit(Locale(path.split("/")[2]), sheet)

    def _bytes(self, path: str) -> bytes | None:
        sighted = self._folder.sight(path)
        if sighted is None:
            return None
        with contextlib.suppress(FileNotFoundError, OutsideTheFolder):
            return self._folder.represent(sighted).body
        return None

    def _connection(self) -> sqlite3.Connection | None:
        """Return a connection to the file that is the index now, None where there is none of our format."""
        try:
            inode = self._file.stat().st_ino
            if self._opened is None or self._opened.inode != inode:
                self._close()
                self._opened = _Opened(open_for_reading(self._file), inode)
            if has_format(self._opened.connection):
                return self._opened.connection
        except OSError:
            self._close()
        except sqlite3.Error as error:
            self._give_up(error)
        return None

    def _give_up(self, error: sqlite3.Error) -> None:
        """Close the index; where it is damaged, say so to whoever keeps it."""
        self._close()
        if is_damage(error):
            with contextlib.suppress(OSError):
                self._file.with_name(DAMAGED_NAME).touch()

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.connection.close()
            self._opened = None

    def _look_after_follower(self) -> None:
        if time.monotonic() - self._looked_at < _LOOK_SECONDS:
            return
        self._looked_at = time.monotonic()
        if (self._follower is None or self._follower.poll() is not None) and _lacks_follower(self._path):
            self._follower = start_follower(self._path)


def is_search(request: Request) -> bool:
    """Return whether the request is for a search."""
    return request.method in {"GET", "HEAD"} and _ADDRESS.fullmatch(request.path) is not None


def _lacks_follower(folder: Path) -> bool:
    try:
        with only_follower(folder) as is_free:
            return is_free
    except OSError:  # nobody could; the one the server started has said so
        return False


def start_follower(folder: Path) -> subprocess.Popen[bytes]:
    """Start the program that keeps the index of that folder; it ends at once where one runs."""
    command = [sys.executable, "-m", "broadsheet.serve.search.following", str(folder), str(os.getpid())]
    return subprocess.Popen(command)  # noqa: S603 - our own


def _locale_in(path: str) -> Locale:
    match = _ADDRESS.fullmatch(path)
    return Locale(match[1] if match else "")


def _sent(page: bytes, request: Request) -> tuple[Headers, bytes]:
    coding = acceptable_codings(request.accept_encoding)[0]
    if coding == "br":
        page = brotli.compress(page, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    elif coding == "gzip":
        page = gzip.compress(page, _GZIP_LEVEL)
    headers = base_headers(
        ("content-type", "text/html; charset=utf-8"),
        # What was found now may be killed in a second, and what somebody looked for is nobody else's.
        ("cache-control", "no-store"),
        ("x-robots-tag", "noindex"),
        ("vary", "accept-encoding"),
        *([] if coding == "identity" else [("content-encoding", coding)]),
        ("content-length", str(len(page))),
    )
    return headers, page
