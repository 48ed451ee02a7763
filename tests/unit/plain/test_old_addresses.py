"""All spellings of one old address are one, and what no page can have had is refused."""

import unicodedata

import pytest

from broadsheet.plain.errors import BadAddress
from broadsheet.plain.old_addresses import old_address, shelf_of, written_address


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("/2014/03/name", "/2014/03/name/"),
        ("/2014/03/name/", "/2014/03/name/"),
        ("/story-12.html", "/story-12.html/"),
        ("/news/index.html", "/news/"),
        ("/b%C3%A0i-c%C5%A9", "/bài-cũ/"),
        (unicodedata.normalize("NFD", "/bài-cũ/"), "/bài-cũ/"),
        ("/أخبار/قصة", "/أخبار/قصة/"),
        ("/a%20b,(c)", "/a b,(c)/"),
    ],
)
def test_every_spelling_of_an_address_is_kept_in_one_form(written: str, kept: str) -> None:
    assert old_address(written_address(written)) == kept


@pytest.mark.parametrize(
    "written",
    [
        *("", "/", "name", "//host/name", "/a//b", "/../a", "/a/.git", "/a\\b", "/a?p=1", "/a#b", "/a%3Fb", "/a%2525"),
        *("/moved.txt", "/index.html/a", "/en/gone.html.gz/b", "/en/atom.xml", "/vi/news/rss.xml/a", "/vi/404.html.br"),
        *("/en/site.webmanifest", "/fr/by/lan/rss.xml/"),
        *("/a%00b", "/a%ffb", "/_search/en/x", "/assets/x", "/healthz", "/index.html", "/" + "x" * 201, "/x" * 600),
    ],
)
def test_what_no_page_can_have_had_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(BadAddress, match=r"\.$"):
        old_address(written_address(written))


@pytest.mark.parametrize("written", ["/atom.xml", "/blog/rss.xml", "/blog/en/404.html", "/en/rss.html"])
def test_what_only_looks_like_a_file_of_the_site_is_kept(written: str) -> None:
    assert old_address(written_address(written)) == f"{written}/"


def test_shelves_are_two_letters() -> None:
    assert len(shelf_of("/bài-cũ/")) == 2
