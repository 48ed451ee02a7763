"""Busy editors: each logs in at the desk over HTTP and saves a draft again and again, as a browser does."""

from __future__ import annotations

import json
import re
import threading
import uuid
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Between two saves of one editor. Wagtail's own autosave waits ten times as long: these editors are busy.
PAUSE_SECONDS: Final = 0.5
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_EMPTY_ROWS: Final = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}


class EditorRefused(Exception):
    """The desk did not take what an editor sent."""


class Editor(threading.Thread):
    """One editor with one story."""

    def __init__(self, *, port: int, login: str, password: str, page_id: int) -> None:
        """Take who works on which page; ``start`` begins."""
        super().__init__(daemon=True)
        self.saves = 0
        self.trouble: Exception | None = None
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: SimpleCookie = SimpleCookie()
        self._credentials = {"username": login, "password": password}
        self._path = f"/pages/{page_id}/edit/"
        self._done = threading.Event()

    def run(self) -> None:
        """Save until told to stop."""
        try:
            self._send("/login/", self._credentials, token=self._token("/login/"))
            token = self._token(self._path)
            while not self._done.is_set():
                self._send(self._path, _story_form(self.saves), token=token)
                self.saves += 1
                self._done.wait(PAUSE_SECONDS)
        except (OSError, EditorRefused) as error:
            self.trouble = error
        finally:
            self._connection.close()

    def stop(self) -> None:
        """Let the save under way be the last."""
        self._done.set()

    def _token(self, path: str) -> str:
        status, body = self._ask("GET", path, None)
        found = _TOKEN.search(body)
        if found is None:
            msg = f"The desk answers {status} to {path}, without a form."
            raise EditorRefused(msg)
        return found[1]

    def _send(self, path: str, form: dict[str, str], *, token: str) -> None:
        status, _ = self._ask("POST", path, urlencode({**form, "csrfmiddlewaretoken": token}))
        # A form that is taken leads on; one with mistakes comes back with 200.
        if status != 302:  # noqa: PLR2004 - said above
            msg = f"The desk answers {status} to what was sent to {path}."
            raise EditorRefused(msg)

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())
        headers = {"cookie": cookies, "content-type": "application/x-www-form-urlencoded"}
        self._connection.request(method, path, body=body, headers=headers)
        response = self._connection.getresponse()
        for value in response.headers.get_all("set-cookie") or ():
            self._cookies.load(value)
        return response.status, response.read().decode()


def set_to_work(editors: Sequence[Editor]) -> None:
    """Start them one after another and return once each has saved.  Raises: EditorRefused, OSError.

    All have one account, and the desk lets few log in to one at the same moment: it counts a try before it is made.
    """
    for editor in editors:
        editor.start()
        while not editor.saves and editor.is_alive():
            editor.join(0.05)
    raise_trouble(editors)


def raise_trouble(editors: Sequence[Editor]) -> None:
    """Raise what an editor ran into, if anyone did."""
    for editor in editors:
        if editor.trouble is not None:
            raise editor.trouble


def _story_form(number: int) -> dict[str, str]:
    """Return what the browser sends when the draft is saved for that time."""
    text = f"Draft {number}. " + "The tide was out and the boats lay on their sides. " * 30
    words = {"key": "words", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    rows = {
        f"{name}-{key}": value
        for name in ("bylines", "topics", "sources", "comments")
        for key, value in _EMPTY_ROWS.items()
    }
    return {
        **rows,
        "title": f"A draft saved {number} times",
        "body-count": "1",
        "body-0-type": "paragraph",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-id": str(uuid.uuid4()),
        "body-0-value": json.dumps({"blocks": [words], "entityMap": {}}),
    }
