"""Nothing that could run comes out of a body, whatever went in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from broadsheet.ledger.blocks import Heading, ItemList, Paragraph, Quotation
from broadsheet.plain.html import INLINE_TAGS, clean_inline
from broadsheet.wire.bodies import read_html
from broadsheet.wire.errors import BodyRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: As browsers read a scheme: after spaces and controls, and through tabs and line breaks.
_RUNS = re.compile(
    r"[\x00-\x20]*(?:(?:j\s*a\s*v\s*a|v\s*b|l\s*i\s*v\s*e)\s*s\s*c\s*r\s*i\s*p\s*t|data)\s*:", re.IGNORECASE
)
_ALLOWED_ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}}


def payloads(folder: Path) -> Iterator[str]:
    """Every payload of the set, and each file of lines once more as one body."""
    for case in json.loads((folder / "dompurify-expect.json").read_text(encoding="utf-8")):
        yield case["payload"]
    for case in json.loads((folder / "h5sc.json").read_text(encoding="utf-8")):
        yield case["data"].replace("%js_uri_alert%", "javascript:alert(1)").replace("%js_alert%", "alert(1)")
    for path in [*sorted(folder.glob("*.txt")), folder / "owasp-filter-evasion.md"]:
        text = path.read_text(encoding="utf-8", errors="replace")
        yield from text.splitlines()
        yield text


def assert_harmless(markup: str) -> None:
    for element in html.fragment_fromstring(markup, create_parent="div").iterdescendants():
        assert element.tag in INLINE_TAGS, markup
        assert set(element.attrib) <= _ALLOWED_ATTRIBUTES.get(element.tag, set()), markup
        href = element.get("href", "")
        assert not href or href.startswith(("http://", "https://", "mailto:", "tel:")), markup


def assert_harmless_body(markup: str) -> None:
    try:
        blocks = read_html(markup, uri="u", base="https://old.example.org/a/").blocks
    except BodyRefused:
        return
    for block in blocks:
        match block:
            case Paragraph():
                assert_harmless(block.html)
            case ItemList():
                for item in block.items:
                    assert_harmless(item)
            case Quotation():
                assert_harmless(block.words)
            case Heading():
                assert block.text


@pytest.mark.shared
def test_no_known_payload_comes_out_of_a_body_as_anything_that_runs(shared_data: Path) -> None:
    seen = 0
    for payload in payloads(shared_data / "security" / "xss"):
        seen += 1
        assert_harmless_body(payload)
        assert_harmless_body(f"<blockquote><ul><li>{payload}</ul></blockquote><p><a href='{payload}'>{payload}</a>")
    assert seen > 3_800


@pytest.mark.shared
def test_no_known_payload_passes_the_inline_cleaner(shared_data: Path) -> None:
    for payload in payloads(shared_data / "security" / "xss"):
        cleaned = clean_inline(payload)
        for element in html.fragment_fromstring(cleaned, create_parent="div").iterdescendants():
            assert element.tag in INLINE_TAGS
            assert set(element.attrib) <= _ALLOWED_ATTRIBUTES.get(element.tag, set())
            assert not _RUNS.match(element.get("href", ""))


@given(
    st.lists(
        st.sampled_from(
            ["<svg>", "<math>", "<mtext>", "<style>", "</style>", "<img src=x onerror=alert(1)>", "<p title='", "'>", "--", "<!--",
             "<a href=javascript:alert(1)>", "<table>", "<mglyph>", "<noscript>", "</noscript>", "<title>", "&lt;script>", "<b onclick=x>",
             "<iframe srcdoc='<script>x</script>'>", "<form>", "</form>", "text", '"', "<foreignObject>", "<template>", "<textarea>"]
        ),
        max_size=14,
    ).map("".join)
)  # fmt: skip
def test_no_mixture_of_dangerous_pieces_runs(markup: str) -> None:
    assert_harmless_body(markup)
