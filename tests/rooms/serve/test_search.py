"""What readers find, and how it looks: the real server over a folder put as the press puts it."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote

import brotli
import pytest
from lxml import html

from broadsheet.serve.headers import CONTENT_SECURITY_POLICY
from tests.rooms.serve.reading import Reader, answers, free_port, wait_for
from tests.rooms.serve.searched import VI, SearchedPaper, Searcher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> SearchedPaper:
    """Some stories of two languages, and many about the tide."""
    paper = SearchedPaper(tmp_path_factory.mktemp("searched") / "pressed")
    paper.publish("Gặp riêng ở Đà Nẵng", "Hai bên gặp nhau.", locale=VI)
    paper.publish("Ferry strike", "The captains met.", standfirst="No boat leaves.", bylines=("Lan Nguyễn",))
    paper.publish("Harbour news", "A ferry strike was called off.", section="sea", section_title="Sea")
    paper.publish("Strike at the mill", "The ferry runs.", bylines=("Minh Trần", "RT"), topics=("Đồng Hới", "Rice"))
    paper.publish("习近平主席访问河内", "国家主席。洪水", locale=VI)
    paper.publish("أخبار المدرسة", "إلى المدينة")
    paper.publish("<b>Bold & bad</b>", '<script>alert("x")</script> quay')
    for number in range(1, 26):
        paper.publish(f"Tide {number}", f"The tide is {number}.")
    return paper


@pytest.fixture(scope="module")
def searcher(paper: SearchedPaper) -> Iterator[Searcher]:
    """A reader of the server, once every story is in the index."""
    port = free_port()
    command = [sys.executable, "-m", "broadsheet", "serve", "--folder", str(paper.store.folder), "--port", str(port)]
    environment = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "error"}
    process = subprocess.Popen([*command, "--workers", "2"], env=environment)
    try:
        wait_for(lambda: process.poll() is not None or answers(port))
        searcher = Searcher(Reader(port))
        wait_for(searcher.is_ready)
        yield searcher
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0


ASKED: list[tuple[str, dict[str, str], list[str]]] = [
    ("gap rieng", {"locale": "vi"}, ["Gặp riêng ở Đà Nẵng"]),
    ("DA NANG", {"locale": "vi"}, ["Gặp riêng ở Đà Nẵng"]),
    ("主席", {"locale": "vi"}, ["习近平主席访问河内"]),
    ("国家主席", {"locale": "vi"}, ["习近平主席访问河内"]),
    ("水", {"locale": "vi"}, ["习近平主席访问河内"]),
    ("席主", {"locale": "vi"}, []),
    ("المدرسه", {}, ["أخبار المدرسة"]),
    ("الي", {}, ["أخبار المدرسة"]),
    ("dong hoi", {}, ["Strike at the mill"]),
    ("da nang", {}, []),
    ("da nang", {"language": "all"}, ["Gặp riêng ở Đà Nẵng"]),
    ("da nang", {"language": "vi"}, ["Gặp riêng ở Đà Nẵng"]),
    ("ferry strike", {}, ["Ferry strike", "Strike at the mill", "Harbour news"]),
    ('"ferry strike"', {}, ["Ferry strike", "Harbour news"]),
    ("“ferry strike", {}, ["Ferry strike", "Harbour news"]),
    ("strike boat", {}, ["Ferry strike"]),
    ("strike", {"order": "date"}, ["Strike at the mill", "Harbour news", "Ferry strike"]),
    ("strike", {"section": "sea"}, ["Harbour news"]),
    ("strike", {"by": "lan nguyen"}, ["Ferry strike"]),
    ("", {"by": "tran"}, ["Strike at the mill"]),
    ("nguyen", {}, ["Ferry strike"]),
    ("ferry", {"from": "2026-03-01", "to": "2026-03-01"}, ["Ferry strike", "Strike at the mill", "Harbour news"]),
    ("ferry", {"to": "2026-02-28"}, []),
    ("tide", {"from": "2026-03-02", "order": "date", "page": "1"}, [f"Tide {number}" for number in range(25, 16, -1)]),
    ("minh rt", {}, ["Strike at the mill"]),
    ('"tran rt"', {}, []),
    ("nowhere", {}, []),
    ("", {}, []),
]


def test_what_is_found(searcher: Searcher) -> None:
    assert [(query, fields, searcher.found(query, **fields)) for query, fields, _ in ASKED] == ASKED


def test_hits_are_marked_in_the_text_as_it_was_printed(searcher: Searcher) -> None:
    page = searcher.page("gap rieng", locale="vi")
    assert [mark.text_content() for mark in page.xpath("//h2//mark")] == ["Gặp", "riêng"]
    page = searcher.page('"quoc" 主席', locale="vi")
    assert page.xpath("//mark") == []
    page = searcher.page("主席", locale="vi")
    assert {mark.text_content() for mark in page.xpath("//mark")} == {"主席"}
    assert page.xpath("//article/@lang") == ["vi"]
    page = searcher.page("ferry")
    assert page.xpath("//h2/a/@href")[0].startswith("/en/news/2026/03/04/")
    assert page.xpath("//article//time/@datetime")[0] == "2026-03-01T02:00:00+07:00"


def test_nothing_a_story_says_becomes_markup(searcher: Searcher) -> None:
    page = searcher.page("quay")
    assert page.xpath("//main//script | //article//b") == []
    assert page.xpath("//article//h2")[0].text_content() == "<b>Bold & bad</b>"
    assert page.xpath("//p[@class='standfirst']")[0].text_content() == '<script>alert("x")</script> quay'


def test_pages_are_turned_on_and_back_without_a_hit_twice(searcher: Searcher) -> None:
    seen: list[str] = []
    address: str | None = "/en/search/?q=tide"
    pages = []
    while address is not None:
        page = searcher.page_at(address)
        pages.append(address)
        seen += [each.text_content() for each in page.xpath("//article//h2")]
        address = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert seen == [f"Tide {number}" for number in range(25, 0, -1)]
    assert len(pages) == 3
    assert searcher.page_at(pages[1]).xpath("//a[@rel='prev']/@href") == ["/en/search/?q=tide"]


def test_the_form_says_again_what_was_asked(searcher: Searcher) -> None:
    fields = {
        "section": "sea",
        "language": "vi",
        "by": 'Lan "',
        "from": "2026-01-02",
        "to": "2026-01-03",
        "order": "date",
    }
    page = searcher.page('a "b" <c>', **fields)
    assert page.xpath("//input[@name='q']/@value") == ['a "b" <c>']
    assert page.xpath("//input[@name='by']/@value") == ['Lan "']
    assert page.xpath("//select/option[@selected]/@value") == ["sea", "vi", "date"]
    assert page.xpath("//input[@type='date']/@value") == ["2026-01-02", "2026-01-03"]
    assert page.xpath("//details/@open")
    assert page.xpath("//p[@role='status']")[0].text_content() == "No story found."
    plain = searcher.page()
    assert plain.xpath("//select/option[@selected]/@value") == ["en"]
    assert not plain.xpath("//details/@open")
    assert not plain.xpath("//p[@role='status']")
    assert "[[" not in searcher.ask("ferry").body.decode()
    assert "<!--" not in searcher.ask("ferry").body.decode()


def test_an_answer_is_kept_by_nobody_and_found_by_no_search_engine(searcher: Searcher) -> None:
    for reply in (searcher.ask("ferry"), searcher.ask()):
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["x-robots-tag"] == "noindex"
        assert reply.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert reply.headers["content-type"] == "text/html; charset=utf-8"
        assert reply.headers["content-length"] == str(len(reply.body))
    head = searcher.reader.ask("/en/search/?q=ferry", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(searcher.ask("ferry").body))
    assert searcher.reader.ask("/en/search/", method="POST").status == 405


def test_a_browser_gets_the_page_compressed(searcher: Searcher) -> None:
    plain = searcher.ask("ferry").body
    small = searcher.reader.ask("/en/search/?q=ferry", accept_encoding="gzip, br")
    older = searcher.reader.ask("/en/search/?q=ferry", accept_encoding="gzip")
    assert (small.headers["content-encoding"], brotli.decompress(small.body)) == ("br", plain)
    assert (older.headers["content-encoding"], gzip.decompress(older.body)) == ("gzip", plain)
    assert {small.headers["vary"], older.headers["vary"]} == {"accept-encoding"}


def test_only_a_language_of_the_paper_can_be_searched(searcher: Searcher) -> None:
    moved = searcher.reader.ask("/en/search?q=ferry")
    assert (moved.status, moved.headers["location"]) == (301, "/en/search/?q=ferry")
    assert searcher.reader.ask("/fr/search/?q=ferry").status == 404
    assert searcher.reader.ask("/en/search/more/").status == 404
    for path in ("/_search/en/results.html", f"/_search/en/{2:032x}.json", "/_search/", "/_search/en/"):
        assert searcher.reader.ask(path).status == 404


ANYTHING = [
    *("NEAR/2 AND OR NOT", "ferry AND", "ferry NOT strike", "* * *", "ferry*", "^ferry", "h-ferry", "section-sea"),
    *('"', '""', '"" ""', "'", "\\", "words:ferry", "{a b}: c", "ferry + strike", "(", ")", "a" * 10_000),
    *("\0", "ferry\0strike", "\u202eyrref", "\ud800", "\ufffe", "%", "%00", "%zz", "ﷺ", "½", "\u0301", "🚢"),
    *(" ".join(["AND"] * 2000), " ".join(["NEAR("] * 500), '"ferry" ' * 500, "( " * 3000, "a* " * 1000),
    *("the " * 60, "水" * 500, '<img src=x onerror="alert(1)">', "</title><script>alert(1)</script>"),
]


def test_anything_may_be_asked(searcher: Searcher) -> None:
    for query in ANYTHING:
        reply = searcher.reader.ask(f"/en/search/?q={quote(query, errors='replace')}")
        assert reply.status == 200, query
        page = html.document_fromstring(reply.body.decode())
        assert not page.xpath("//main//script | //main//img"), query
        (again,) = page.xpath("//input[@name='q']/@value")
        assert len(again) <= 200
        assert not set(again) & set("\0\u202e\ufffe")


ODD = [
    *("q=%", "q=%ff%fe", "q", "&&&", "q=a&" * 200, "page=0", "page=-1", "page=999999999999999999", "page=x", "from=x"),
    *("from=0001-01-01", "to=9999-12-31", "from=2026-02-30", "section=../..", "section=" + "a" * 5000),
    *("language=xx", "language=mul", "order=random", "by=%00", "q=a;b=c", "\xff"),
]


def test_an_odd_address_is_answered_as_far_as_it_makes_sense(searcher: Searcher) -> None:
    for query in ODD:
        assert searcher.reader.ask(f"/en/search/?{query}").status == 200, query


@pytest.mark.shared
def test_no_naughty_string_breaks_the_search(searcher: Searcher, shared_data: Path) -> None:
    strings = json.loads((shared_data / "text" / "blns.json").read_text(encoding="utf-8"))
    for text in strings:
        reply = searcher.reader.ask(f"/en/search/?q={quote(text, errors='replace')}")
        assert reply.status == 200, text
        assert not html.document_fromstring(reply.body.decode()).xpath("//main//script | //iframe | //main//img"), text
