"""Addresses come out absolute and correctly written, or not at all."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.wire.links import UselessLink, reader_link


@pytest.mark.parametrize(
    ("href", "written"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        (" http://a.example/a b[1]|2?q=100%&r=%20 ", "http://a.example/a%20b%5B1%5D%7C2?q=100%25&r=%20"),
        ("HTTPS://A.Example:8443/x", "https://a.example:8443/x"),
        ("https://báo.example/tin", "https://xn--bo-mia.example/tin"),
        ("../c", "https://old.example/c"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("mailto:lan@paper.example", "mailto:lan@paper.example"),
        ("tel:+84-24-1", "tel:+84-24-1"),
    ],
)
def test_good_addresses_are_written_as_browsers_and_validators_want_them(href: str, written: str) -> None:
    assert reader_link(href, base="https://old.example/a/b") == written


@pytest.mark.parametrize(
    "href",
    ["javascript:x", "JaVa\tScRipt:x", "java\nscript:x", "data:text/html,x", "vbscript:x", "http:", "http:///x", "https://", "ftp://a/b",
     "#top", "http://[bad/", "http://a:port/", "http://a<b/", "urn:broadsheet:story:1", "file:///etc/passwd"],
)  # fmt: skip
def test_addresses_that_lead_nowhere_are_refused(href: str) -> None:
    with pytest.raises(UselessLink):
        reader_link(href, base="https://old.example/a/b")


@given(st.text(), st.sampled_from(["", "https://old.example/a/b"]))
def test_whatever_comes_out_is_an_address_a_reader_can_follow(href: str, base: str) -> None:
    with suppress(UselessLink):
        written = reader_link(href, base=base)
        assert urlsplit(written).scheme in {"http", "https", "mailto", "tel"}
        assert written.isascii()
        assert not set(written) & set(" \"<>\\^`{|}\n\t'") - {"'"}
