"""The demo, as a person meets it: start, look, log in, stop, start again."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
import urllib.parse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.newsday.running import Paper
from tests.rooms.serve.reading import answers, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    paper = Paper(tmp_path_factory.mktemp("demo"))
    paper.start()
    yield paper
    if paper.process is not None and paper.process.poll() is None:
        paper.stop()


class Page(NamedTuple):
    """What the desk answered."""

    status: int
    cookie: str
    body: str


def _ask_desk(paper: Paper, path: str, *, cookie: str = "", form: dict[str, str] | None = None) -> Page:
    body = urllib.parse.urlencode(form) if form else None
    headers = {"cookie": cookie, "content-type": "application/x-www-form-urlencoded"}
    with closing(http.client.HTTPConnection("127.0.0.1", paper.desk_port, timeout=60)) as connection:
        connection.request("POST" if form else "GET", path, body=body, headers=headers)
        with connection.getresponse() as response:
            cookies = response.getheader("set-cookie") or ""
            return Page(response.status, cookies.split(";")[0], response.read().decode())


def _log_in(paper: Paper, login: str, password: str) -> int:
    page = _ask_desk(paper, "/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "username": login, "password": password}
    return _ask_desk(paper, "/login/", cookie=page.cookie, form=form).status


def test_both_addresses_and_every_log_in_are_printed_and_true(paper: Paper) -> None:
    assert f"http://127.0.0.1:{paper.desk_port}/" in paper.printed
    assert f"http://127.0.0.1:{paper.site_port}/" in paper.printed
    log_ins = re.findall(r"^  [\w ]+: +(\w+) / (\S+)$", paper.printed, re.MULTILINE)
    assert [login for login, _ in log_ins] == [
        "reporter",
        "editor",
        "chief",
        "photo",
        "inspector",
        "admin",
        "publisher",
    ]
    assert [_log_in(paper, login, password) for login, password in log_ins] == [302] * 7
    assert _log_in(paper, "reporter", "wrong") == 200


def test_the_site_stands_complete_when_the_addresses_are_printed(paper: Paper) -> None:
    pages = paper.pages()
    assert sum(path.count("/") == 7 for path in pages) >= 8, "stories"
    assert b"The Harbour Post" in pages["/en/"]
    assert paper.reader.ask("/").headers["location"] == "/en/"
    assert paper.reader.ask("/nowhere/").status == 404


def test_the_desk_has_its_stylesheets_and_shows_nothing_else_of_the_data_folder(paper: Paper) -> None:
    page = _ask_desk(paper, "/login/").body
    sheets = re.findall(r'href="(/static/[^"]+\.css[^"]*)"', page)
    assert sheets
    assert all(_ask_desk(paper, sheet).status == 200 for sheet in sheets)
    for path in (
        "/static/../paper.sqlite3",
        "/static/%2e%2e/paper.sqlite3",
        "/static//etc/passwd",
        "/static/..%2f.env",
    ):
        assert _ask_desk(paper, path).status in {400, 404}


def test_a_second_start_on_the_same_ports_is_one_clear_sentence(paper: Paper) -> None:
    command = [sys.executable, "-m", "broadsheet", "demo"]
    ended = subprocess.run(command, env=paper.environment(), capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 2
    assert f"Port {paper.desk_port} on 127.0.0.1 cannot be used" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_it_stops_cleanly_and_is_there_again_as_it_was(paper: Paper) -> None:
    before = paper.pages()
    children = list(paper.programs().values())
    assert len(children) == 5
    assert paper.stop(signal.SIGTERM) == 0
    wait_for(lambda: not any(Path(f"/proc/{child}/cmdline").exists() for child in children))
    assert not answers(paper.site_port)
    assert not answers(paper.desk_port)
    paper.start()
    assert paper.pages() == before
