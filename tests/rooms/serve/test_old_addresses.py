"""Old addresses lead on at once, however they are written, and nothing but a redirect is found by such letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rooms.serve.reading import Reader, put

if TYPE_CHECKING:
    from pathlib import Path


def test_every_spelling_leads_on_in_one_step_and_drops_what_was_asked_behind_it(reader: Reader, folder: Path) -> None:
    for old in ("story-12.html", "bài-cũ", "a b,(c)"):
        put(folder, f"{old}/moved.txt", b"/en/")
    for asked in (
        *("/story-12.html", "/story-12.html/", "/story-12.html?page=2", "/story-12.html/index.html"),
        *("/b%C3%A0i-c%C5%A9", "/b%C3%A0i-c%C5%A9/?utm=1", "/ba%CC%80i-cu%CC%83/", "/a%20b,(c)"),
    ):
        reply = reader.ask(asked)
        assert (reply.status, reply.headers["location"]) == (301, "/en/"), asked


@pytest.mark.parametrize(
    "asked", ["/b%C3%A0i-kh%C3%A1c/", "/%2e%2e/secret.txt", "/a%5Cb", "/%00", "/b%C3%A0i/%2e%2e/%2e%2e/x", "/%FF/"]
)
def test_other_letters_find_nothing(reader: Reader, folder: Path, asked: str) -> None:
    put(folder, "bài-khác/index.html", b"no page of ours has such an address")
    assert reader.ask(asked).status in {400, 404}
