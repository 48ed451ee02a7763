"""Old addresses lead on, each by a file of its own, and never hide a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet.desk.actions.redirecting import add_redirects, delete_redirects
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import NotReady
from broadsheet.desk.redirects import kept_redirects
from broadsheet.press.values import Form
from tests.factories.edition import address
from tests.factories.ledger import NOW, a_section, a_story, released, withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.rooms.edition.conftest import Paper


@pytest.fixture(autouse=True)
def _somebody() -> Iterator[None]:
    with acting_as("system:test"):
        yield


def moved(paper: Paper, path: str) -> str:
    stored = paper.read(path)
    return stored.data.decode() if stored is not None and stored.form is Form.MOVED else ""


def problems(text: str) -> list[str]:
    with pytest.raises(NotReady) as refused:
        add_redirects(text, now=NOW)
    return [problem.sentence for problem in refused.value.problems]


def test_a_redirect_is_pressed_alone_and_goes_alone(paper: Paper) -> None:
    assert add_redirects("/2014/old.html /en/news/\n/b%C3%A0i-c%C5%A9 /vi\n/feed /en/atom.xml", now=NOW) == 3
    assert sorted(paper.press()) == ["/2014/old.html/", "/bài-cũ/", "/feed/"]
    assert [moved(paper, path) for path in ("/2014/old.html/", "/bài-cũ/", "/feed/")] == [
        *("/en/news/", "/vi/", "/en/atom.xml")
    ]
    assert add_redirects("/2014/old.html /vi/news/", now=NOW) == 1
    assert paper.press() == ["/2014/old.html/"]
    assert moved(paper, "/2014/old.html/") == "/vi/news/"
    assert add_redirects("/2014/old.html /vi/news/", now=NOW) == 0
    assert delete_redirects(["/feed/", "/nothing/"], now=NOW) == 1
    assert paper.press() == ["/feed/"]
    assert paper.read("/feed/") is None
    assert list(kept_redirects()) == ["/2014/old.html/", "/bài-cũ/"]


def test_a_page_that_comes_to_an_old_address_stands_there_and_the_redirect_waits_behind_it(paper: Paper) -> None:
    released(sport := a_section("sport"))
    paper.press()
    withdrawn(sport)
    paper.press()
    add_redirects("/en/sport/ /en/news/", now=NOW)
    paper.press()
    assert moved(paper, "/en/sport/") == "/en/news/"
    released(sport)
    paper.press()
    assert moved(paper, "/en/sport/") == ""
    withdrawn(sport)
    paper.press()
    assert moved(paper, "/en/sport/") == "/en/news/"


def test_every_line_that_cannot_be_taken_is_named_and_then_none_is(paper: Paper) -> None:
    story, gone = a_story(), a_story()
    for document in (story, gone):
        released(document)
    withdrawn(gone)
    paper.press()
    add_redirects("/before/ /en/", now=NOW)
    said = problems(
        "old,new\n/good/ /en/news/\n"
        f"{address(story)} /en/\n{address(gone)} /en/\n/loop/ /loop\n/chain/ /before/\n/x/ /nothing/here/\n"
        f"/y/ https://elsewhere.example/\n/z/ //elsewhere.example/\n/w/ {address(gone)}\nalone\n/good /vi/\n/q?id=3 /en/"
    )
    assert [sentence.partition(":")[0] for sentence in said] == [f"Line {number}" for number in (8, 9, 11, 13)]
    said = problems(
        f"/good/ /en/news/\n{address(story)} /en/\n{address(gone)} /en/\n/loop/ /loop\n/chain/ /before/\n"
        f"/x/ /nothing/here/\n/w/ {address(gone)}\n/good /vi/\n/a/ /b/\n/b/ /en/"
    )
    assert [sentence.partition(":")[0] for sentence in said] == [
        f"Line {number}" for number in (2, 3, 4, 5, 6, 7, 8, 9)
    ]
    assert all(sentence.endswith(".") for sentence in said)
    assert list(kept_redirects()) == ["/before/"]


def test_an_address_that_others_lead_to_cannot_lead_on(paper: Paper) -> None:
    released(sport := a_section("sport"))
    paper.press()
    add_redirects("/games/ /en/sport/", now=NOW)
    withdrawn(sport)
    paper.press()
    assert problems("/en/sport/ /en/") == [
        "Line 1: Other redirects lead to “/en/sport/”. Let those lead elsewhere first."
    ]


def test_a_spreadsheet_and_whole_addresses_of_the_paper_are_read(paper: Paper) -> None:
    paper.press()
    text = 'Old;New\n"/a b";/en/\nhttp://127.0.0.1:8000/c\t/vi/\n/d, /en/news\n\n'
    assert add_redirects(text, now=NOW) == 3
    assert kept_redirects() == {"/a b/": "/en/", "/c/": "/vi/", "/d/": "/en/news/"}


def test_ten_thousand_are_taken_at_once_into_few_releases(paper: Paper, django_assert_max_num_queries: object) -> None:
    paper.press()
    with django_assert_max_num_queries(6_000):  # type: ignore[operator]
        assert add_redirects("\n".join(f"/old/{number} /en/" for number in range(10_000)), now=NOW) == 10_000
    assert len(kept_redirects()) == 10_000
