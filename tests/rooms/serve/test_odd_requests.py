"""What nobody may get, whatever they send."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rooms.serve.reading import Reader


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/en/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%ef%bc%8e%ef%bc%8e/secret.txt",
        "/away/secret.txt",
        "/en/leak.txt",
        "/en/hidden.txt",
        "/en/loop.txt",
        "/en/.draft.html",
        "/en/%2edraft.html",
        "/.git/config",
        "/en/index.html%00.jpg",
        "//secret.txt",
        "/./en/",
        "secret.txt",
        "http://reader.example/../secret.txt",
        "/" + "a" * 300 + "/",
        "/" + "a/" * 900,
    ],
)
def test_nothing_outside_or_hidden_is_served(reader: Reader, target: str) -> None:
    reply = reader.send(f"GET {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode())
    assert b"secret" not in reply.body
    assert reply.status in {400, 404}


@pytest.mark.shared
def test_no_known_traversal_reads_the_file_beside_the_folder(reader: Reader, folder: Path, shared_data: Path) -> None:
    names = ("secret.txt", str(folder.parent / "secret.txt").lstrip("/"), "etc/passwd")
    for line in (shared_data / "security" / "lists" / "traversal.txt").read_text(encoding="utf-8").splitlines():
        for name in names:
            target = quote(line.replace("{FILE}", name), safe="/%\\?#.:;=&+~!*'(),@[]{}|")
            reply = reader.send(f"GET {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode())
            assert b"secret words" not in reply.body, target
            assert b"root:" not in reply.body, target
            assert reply.status in {400, 404, 414, 431}, target


@pytest.mark.shared
def test_no_known_open_redirect_leads_off_the_site(reader: Reader, shared_data: Path) -> None:
    for line in (shared_data / "security" / "lists" / "open-redirect.txt").read_text(encoding="utf-8").splitlines():
        for target in (line, "/" + line, "/en" + line, "/en/?next=" + line):
            safe = quote(target, safe="/%\\?#.:;=&+~!*'(),@[]{}|")
            reply = reader.send(f"GET {safe} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode())
            location = reply.headers.get("location", "/en/")
            assert location.startswith("/"), target
            assert not location.startswith(("//", "/\\")), target


def test_requests_over_one_connection_are_answered_in_order(reader: Reader) -> None:
    asked = b"HEAD /en/ HTTP/1.1\r\nhost: x\r\n\r\nPOST /en/ HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello"
    asked += b"GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    raw = reader.send(asked).raw
    assert re.findall(rb"HTTP/1.1 (\d+)", raw) == [b"200", b"405", b"404"]


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /en/ HTTP/1.1\r\nhost: x\r\nrange: bytes=0-5\r\nif-range: \xff\xfe\r\nconnection: close\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nhost: x\r\naccept-encoding: \xc3\xa9\r\nif-none-match: \xff\r\nconnection: close\r\n\r\n",
        b"GET /en?\xc3\xa9 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"GET /en/ HTTP/1.0\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nhost: x\r\nif-modified-since: Sat, 99 Foo 99999\r\nconnection: close\r\n\r\n",
    ],
)
def test_broken_headers_break_nothing(reader: Reader, raw: bytes) -> None:
    assert reader.send(raw).status in {200, 206, 301}
    assert reader.ask("/en/").status == 200
