"""The screen of the redirects: for administrators; a file is taken whole or refused with every line that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from broadsheet.desk.redirects import kept_redirects
from broadsheet.press.models import Sheet
from broadsheet.press.values import Form, Rank
from tests.rooms.desk.driving import told

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

URL = "/redirects/"


@pytest.fixture
def administrator(first: Any) -> Client:
    """The browser of an administrator; the front of English stands."""
    Sheet.objects.create(path="/en/", form=Form.PAGE, rank=Rank.LIST, digest="0" * 64, run=1)
    browser = Client()
    browser.force_login(first)
    return browser


def test_an_administrator_adds_imports_finds_and_takes_away(administrator: Client) -> None:
    assert "There are none." in administrator.get(URL).content.decode()
    assert "1 on their way to readers." in told(administrator.post(URL, {"lines": "/old /en/"}, follow=True))
    file = SimpleUploadedFile("old.csv", "\ufeffold,new\r\n/tin-c%C5%A9,/en/\r\n/other,/en/\r\n".encode())
    assert "2 on their way to readers." in told(administrator.post(URL, {"lines": "", "file": file}, follow=True))
    assert kept_redirects() == {"/old/": "/en/", "/other/": "/en/", "/tin-cũ/": "/en/"}
    found = administrator.get(URL, {"q": "cũ"}).content.decode()
    assert "/tin-cũ/" in found
    assert "/other/" not in found
    assert "1 taken away." in told(administrator.post(URL, {"delete": "1", "old": ["/old/"]}, follow=True))
    assert "/old/" not in kept_redirects()


def test_a_file_with_a_wrong_line_is_refused_whole_and_what_was_typed_stays(administrator: Client) -> None:
    answer = administrator.post(URL, {"lines": "/good /en/\n/bad https://elsewhere.example/\n/worse"}).content.decode()
    assert "Line 2: “https://elsewhere.example/” is at another host" in answer
    assert "Line 3: It does not hold two addresses" in answer
    assert "/good /en/" in answer
    one_line = SimpleUploadedFile("old.csv", b"/" + b"x" * 200_000)
    assert "Line 1: It does not hold two addresses" in administrator.post(URL, {"file": one_line}).content.decode()
    latin = SimpleUploadedFile("old.csv", "/caf\xe9,/en/".encode("latin-1"))
    assert "is no text in UTF-8" in administrator.post(URL, {"file": latin}).content.decode()
    assert kept_redirects() == {}


def test_nobody_else_gets_there(newsroom: Newsroom, administrator: Client) -> None:
    for user in (newsroom.reporter, newsroom.editor, newsroom.chief, newsroom.photo, newsroom.inspector):
        for answer in (newsroom.client(user).get(URL), newsroom.client(user).post(URL, {"lines": "/old /en/"})):
            assert answer.status_code in {302, 403}
    assert kept_redirects() == {}
    assert "Redirects" in administrator.get("/").content.decode()


def test_what_was_released_stands_in_the_ledger_to_read(administrator: Client) -> None:
    administrator.post(URL, {"lines": "/old /en/"})
    assert "Redirects, shelf" in administrator.get("/ledger/").content.decode()
    assert "/old/ → /en/" in administrator.get("/ledger/releases/2/").content.decode()
