"""What readers get from the real server."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import brotli
import pytest

from broadsheet.serve.headers import CONTENT_SECURITY_POLICY
from tests.rooms.serve.reading import PICTURE, STORY, Reader, put

if TYPE_CHECKING:
    from pathlib import Path

_STORY_PATH = "/en/news/2026/08/02/rescue/"
_PICTURE_PATH = "/pictures/ab/abcd-320.jpg"


def test_a_story_is_sent_as_it_was_pressed(reader: Reader) -> None:
    reply = reader.ask(_STORY_PATH)
    assert (reply.status, reply.body) == (200, STORY)
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["content-length"] == str(len(STORY))
    assert "content-encoding" not in reply.headers


def test_a_browser_gets_the_smaller_twin(reader: Reader) -> None:
    small = reader.ask(_STORY_PATH, accept_encoding="gzip, deflate, br")
    assert small.headers["content-encoding"] == "br"
    assert brotli.decompress(small.body) == STORY
    older = reader.ask(_STORY_PATH, accept_encoding="br;q=0, gzip;q=0.2")
    assert older.headers["content-encoding"] == "gzip"
    assert gzip.decompress(older.body) == STORY
    plain = reader.ask(_STORY_PATH)
    assert {small.headers["vary"], older.headers["vary"], plain.headers["vary"]} == {"accept-encoding"}
    assert len({small.headers["etag"], older.headers["etag"], plain.headers["etag"]}) == 3


def test_wishes_in_two_header_lines_count_together(reader: Reader) -> None:
    raw = f"GET {_STORY_PATH} HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept-encoding: gzip\r\naccept-encoding: br\r\n\r\n"
    assert reader.send(raw.encode()).headers["content-encoding"] == "br"


def test_a_file_without_twins_is_sent_as_it_is(reader: Reader, folder: Path) -> None:
    put(folder, "en/plain/index.html", b"plain")
    reply = reader.ask("/en/plain/", accept_encoding="br, gzip")
    assert (reply.body, reply.headers.get("content-encoding")) == (b"plain", None)


@pytest.mark.parametrize("coding", ["identity", "br", "gzip"])
def test_a_reader_who_has_the_page_gets_304_in_every_coding(reader: Reader, coding: str) -> None:
    first = reader.ask(_STORY_PATH, accept_encoding=coding)
    again = reader.ask(_STORY_PATH, accept_encoding=coding, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    for name in ("etag", "cache-control", "vary", "last-modified", "date"):
        assert again.headers[name] == first.headers[name] or name == "date"
    by_date = reader.ask(_STORY_PATH, if_modified_since=first.headers["last-modified"])
    assert by_date.status == 304
    assert reader.ask(_STORY_PATH, if_none_match='"another"').status == 200
    assert reader.ask(_STORY_PATH, if_match='"another"').status == 412


@pytest.mark.parametrize(
    "path",
    [_STORY_PATH, _PICTURE_PATH, "/", "/en", "/nowhere/", "/en/news/2026/08/02/killed/", "/healthz", "/empty.jpg"],
)
@pytest.mark.parametrize("coding", ["identity", "br"])
def test_head_says_what_get_says_without_the_body(reader: Reader, path: str, coding: str) -> None:
    got = reader.ask(path, accept_encoding=coding)
    head = reader.ask(path, method="HEAD", accept_encoding=coding)
    assert head.body == b""
    assert head.status == got.status
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}
    assert int(got.headers["content-length"]) == len(got.body)


def test_a_picture_can_be_had_in_parts(reader: Reader) -> None:
    whole = reader.ask(_PICTURE_PATH)
    assert whole.headers["accept-ranges"] == "bytes"
    part = reader.ask(_PICTURE_PATH, range="bytes=100-199")
    assert (part.status, part.body) == (206, PICTURE[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(PICTURE)}"
    assert part.headers["content-length"] == "100"
    assert reader.ask(_PICTURE_PATH, range="bytes=-10").body == PICTURE[-10:]
    assert reader.ask(_PICTURE_PATH, range="bytes=100-", if_range=whole.headers["etag"]).status == 206
    assert reader.ask(_PICTURE_PATH, range="bytes=100-", if_range='"other"').body == PICTURE
    assert reader.ask(_PICTURE_PATH, range="bytes=0-1,5-6").status == 200
    assert reader.ask(_PICTURE_PATH, method="HEAD", range="bytes=0-1").status == 200


def test_a_part_beyond_the_end_is_416_with_the_size(reader: Reader) -> None:
    reply = reader.ask(_PICTURE_PATH, range="bytes=999999-")
    assert reply.status == 416
    assert reply.headers["content-range"] == f"bytes */{len(PICTURE)}"


def test_a_film_too_big_for_memory_comes_whole_and_in_parts(reader: Reader, folder: Path) -> None:
    film = bytes(range(256)) * 20_000
    put(folder, "pictures/film.mp4", film)
    whole = reader.ask("/pictures/film.mp4")
    assert whole.body == film
    assert whole.headers["content-length"] == str(len(film))
    part = reader.ask("/pictures/film.mp4", range="bytes=5000000-", if_range=whole.headers["etag"])
    assert (part.status, part.body) == (206, film[5_000_000:])
    assert reader.ask("/pictures/film.mp4", method="HEAD").headers["content-length"] == str(len(film))
    assert reader.ask("/pictures/film.mp4", if_none_match=whole.headers["etag"]).status == 304


def test_a_killed_story_is_410_and_its_words_are_nowhere(reader: Reader) -> None:
    reply = reader.ask("/en/news/2026/08/02/killed/", accept_encoding="gzip")
    assert reply.status == 410
    assert gzip.decompress(reply.body) == b"withdrawn"
    for name in ("index.html", "index.html.br", "index.html.gz", "gone.html", "moved.txt"):
        found = reader.ask(f"/en/news/2026/08/02/killed/{name}")
        assert b"killed words" not in found.body
        assert found.status in {301, 404}


def test_a_moved_page_leads_on_and_the_front_door_only_for_now(reader: Reader) -> None:
    moved = reader.ask("/en/old/")
    assert (moved.status, moved.headers["location"]) == (301, _STORY_PATH)
    door = reader.ask("/")
    assert (door.status, door.headers["location"]) == (302, "/en/")


def test_a_redirect_the_press_did_not_mean_leads_nowhere(reader: Reader, folder: Path) -> None:
    for number, target in enumerate(
        (b"//evil.example/", b"/\\evil.example", b"javascript:x", b"/a\r\nset-cookie: x", b"")
    ):
        put(folder, f"en/bad{number}/moved.txt", target)
        reply = reader.ask(f"/en/bad{number}/")
        assert reply.status == 404
        assert "location" not in reply.headers
        assert "set-cookie" not in reply.headers


def test_a_page_asked_for_without_its_slash_or_by_its_file_name_leads_to_the_page(reader: Reader) -> None:
    for path in (_STORY_PATH.rstrip("/"), _STORY_PATH + "index.html"):
        reply = reader.ask(path + "?from=mail%0d%0a")
        assert (reply.status, reply.headers["location"]) == (301, _STORY_PATH + "?from=mail%0d%0a")
    assert reader.ask("/en/news").status == 404
    assert reader.ask("/en/atom.xml/").status == 404
    assert reader.ask("/en/news/index.html").status == 404


def test_a_missing_page_is_explained_in_its_own_language(reader: Reader) -> None:
    vietnamese = reader.ask("/vi/khong/co/", accept_encoding="gzip")
    assert (vietnamese.status, gzip.decompress(vietnamese.body).decode()) == (404, "không có gì")
    assert reader.ask("/en/nothing/").body == b"nothing here"
    by_name = reader.ask("/vi/404.html")
    assert (by_name.status, by_name.body.decode()) == (404, "không có gì")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_readers_can_only_read(reader: Reader, method: str) -> None:
    reply = reader.ask("/en/", method=method)
    assert reply.status == 405
    assert reply.headers["allow"] == "GET, HEAD"


def test_every_answer_carries_the_security_headers_and_our_own_name(reader: Reader) -> None:
    for path in ("/", "/en/", "/en", "/nowhere", _PICTURE_PATH, "/healthz", "/en/news/2026/08/02/killed/"):
        headers = reader.ask(path).headers
        assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["server"] == "broadsheet"
    assert reader.ask("/en/", method="POST").headers["content-security-policy"] == CONTENT_SECURITY_POLICY


def test_pages_are_asked_for_again_and_files_named_by_digest_never(reader: Reader) -> None:
    assert reader.ask("/en/").headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert reader.ask("/en/atom.xml").headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert reader.ask("/en/atom.xml").headers["content-type"] == "application/atom+xml; charset=utf-8"
    for path in ("/assets/site.0a1b2c.css", _PICTURE_PATH):
        assert reader.ask(path).headers["cache-control"] == "public, max-age=31536000, immutable"


def test_health_says_whether_the_folder_can_be_read(reader: Reader, folder: Path) -> None:
    healthy = reader.ask("/healthz")
    assert (healthy.status, json.loads(healthy.body)) == (200, {"status": "ok"})
    assert healthy.headers["cache-control"] == "no-store"
    folder.rename(folder.with_name("elsewhere"))
    assert reader.ask("/healthz").status == 503
    assert reader.ask("/en/").status == 404
    folder.with_name("elsewhere").rename(folder)
    assert reader.ask("/healthz").status == 200
    assert reader.ask("/en/").status == 200
