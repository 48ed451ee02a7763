"""Addresses."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.serve.paths import not_found_pages, parse_address

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "path",
    ["/", "/en/", "/en/atom.xml", "/vi/the-thao/2026/08/02/cuu-ho-o-bien/", "/assets/site.0a1b2c.css", "/pt-BR/by/a1/"],
)
def test_published_addresses_are_taken_as_they_are(path: str) -> None:
    address = parse_address(path)
    assert address is not None
    assert address.path == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "en/",
        "//",
        "//evil.example/",
        "/en//x/",
        "/./x",
        "/../x",
        "/en/..",
        "/.git/config",
        "/en/.draft.html",
        "/en\\..\\x",
        "/en/x\x00.html",
        "/en/%2e%2e/x",
        "/en/\u2024\u2024/x",
        "/en/\uff0e\uff0e/x",
        "/en/\ufffd\ufffd/x",
        "/en/x\n",
        "/en/x;type=a",
        "/" + "a" * 2000,
        "/en/story/gone.html",
        "/en/moved.txt",
        "/en/404.html",
        "/en/index.html.br",
        "/assets/site.css.gz",
    ],
)
def test_nothing_doubtful_and_nothing_internal_is_an_address(path: str) -> None:
    assert parse_address(path) is None


@given(st.text(st.sampled_from("/.ab%\\~\x00é2e"), max_size=30))
def test_an_address_stays_below_the_folder_whatever_is_asked(path: str) -> None:
    address = parse_address(path)
    if address is not None:
        assert posixpath.normpath("/folder" + address.path).startswith("/folder")
        assert not any(part.startswith(".") for part in address.path.split("/"))
        assert parse_address(address.path) == address


@pytest.mark.shared
@pytest.mark.parametrize("times", [0, 1, 2])
def test_no_known_traversal_ever_leaves_the_folder(shared_data: Path, times: int) -> None:
    for line in (shared_data / "security" / "lists" / "traversal.txt").read_text(encoding="utf-8").splitlines():
        path = line.replace("{FILE}", "etc/passwd")
        for _ in range(times):
            path = unquote(path)
        address = parse_address(path)
        assert address is None or posixpath.normpath("/folder" + address.path).startswith("/folder/")


@pytest.mark.parametrize(
    ("path", "files"),
    [
        ("/vi/khong/co/", ("/vi/404.html", "/404.html")),
        ("/vi", ("/vi/404.html", "/404.html")),
        ("/", ("/404.html",)),
        ("/../en/", ("/404.html",)),
        ("", ("/404.html",)),
    ],
)
def test_a_missing_page_is_explained_in_the_language_of_its_address(path: str, files: tuple[str, ...]) -> None:
    assert not_found_pages(path) == files
