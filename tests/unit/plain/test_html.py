from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.plain.html import INLINE_TAGS, LINK_SCHEMES, clean_inline, clean_text, escape_inline, plain_text

MARKUP = st.lists(
    st.sampled_from(
        [
            "<b>", "</b>", "<i class=x>", "</i>", "<a href='javascript:alert(1)'>", "<a href=https://a.example/?a=1&b=2>",
            "</a>", "<script>alert(1)</script>", "<svg/onload=alert(1)>", "<p>", "<br>", "<!--", "-->", "&lt;", "&amp;",
            "<math><style>", "<a href='urn:broadsheet:story:41' onclick=x>", "\u202e", "\x00", "word ", "<", ">", '"',
        ]
    )
    | st.text(max_size=5),
    max_size=25,
).map("".join)  # fmt: skip


@given(MARKUP)
def test_only_the_allowed_tags_and_links_remain(markup: str) -> None:
    tree = lxml.html.fragment_fromstring(clean_inline(markup), create_parent="div")
    for element in tree.iterdescendants():
        assert element.tag in INLINE_TAGS
        assert set(element.attrib) <= {"href", "title"}
        scheme, colon, _ = element.get("href", "").partition(":")
        assert not colon or "/" in scheme or "?" in scheme or "#" in scheme or scheme.lower() in LINK_SCHEMES


@given(MARKUP)
def test_cleaning_twice_changes_nothing_more(markup: str) -> None:
    once = clean_inline(markup)
    assert clean_inline(once) == once


@given(st.text())
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    assert plain_text(escape_inline(text)) == text


def test_old_tags_become_their_meaning() -> None:
    assert clean_inline("<b>a</b> <i>b</i> <strike>c</strike>") == "<strong>a</strong> <em>b</em> <s>c</s>"


def test_a_script_goes_with_what_it_says() -> None:
    assert clean_inline("before<script>alert(1)</script>after") == "beforeafter"


@pytest.mark.parametrize("hidden", ["\u202e", "\u202d", "\ufeff", "\x00", "\x1b", "\x7f", "\ud800"])
def test_characters_that_hide_or_reorder_text_are_taken_out(hidden: str) -> None:
    assert clean_text(f"a{hidden}b\n\tc") == "ab\n\tc"
