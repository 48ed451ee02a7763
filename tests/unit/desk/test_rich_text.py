"""Rich text as Wagtail stores it becomes clean inline markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.desk.compiling.rich_text import one_paragraph, page_ids, paragraphs
from broadsheet.plain.html import INLINE_TAGS, clean_inline
from broadsheet.plain.urns import make_urn

STORY = make_urn("story", "0" * 31 + "7")


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ('<p data-block-key="x1y2z">Plain.</p>', ("Plain.",)),
        ("<p>One.</p><p>Two.</p>", ("One.", "Two.")),
        ("<p>A <b>bold</b> and <i>slanted</i> word.</p>", ("A <strong>bold</strong> and <em>slanted</em> word.",)),
        ("<p>H<sub>2</sub>O, 5 m<sup>2</sup></p>", ("H<sub>2</sub>O, 5 m<sup>2</sup>",)),
        (
            '<p><a href="https://example.org/?a=1&amp;b=2">there</a></p>',
            ('<a href="https://example.org/?a=1&amp;b=2">there</a>',),
        ),
        ('<p><a linktype="page" id="7">our story</a></p>', (f'<a href="{STORY}">our story</a>',)),
        ('<p><a id="7" linktype="page">our story</a></p>', (f'<a href="{STORY}">our story</a>',)),
        ("<p>Words with no wrapper", ("Words with no wrapper",)),
        ("No paragraph at all", ("No paragraph at all",)),
        ("<h2>Title</h2><ul><li>a</li><li>b</li></ul>", ("Title", "a", "b")),
        ("<p>line one<br/>line two</p>", ("line one<br>line two",)),
        ("<p>5 &lt; 6 &amp; 7</p>", ("5 &lt; 6 &amp; 7",)),
        ("<p>10&nbsp;000&nbsp;</p>", ("10\u00a0000",)),
    ],
)
def test_stored_rich_text_is_printed_as_the_editor_saw_it(stored: str, printed: tuple[str, ...]) -> None:
    assert paragraphs(stored, targets={7: STORY}) == printed


@pytest.mark.parametrize(
    "empty", ["", "<p></p>", "<p>&nbsp;</p>", "<p><br/></p>", "<p> </p><p><b></b></p>", "<p>\u00a0\u00a0</p>"]
)
def test_empty_paragraphs_are_dropped(empty: str) -> None:
    assert paragraphs(empty, targets={}) == ()


@pytest.mark.parametrize(
    "link",
    [
        '<a linktype="page" id="8">words</a>',
        '<a linktype="document" id="7">words</a>',
        '<a linktype="page" id="99999999999999999999999999">words</a>',
        '<a linktype="page" id="٧">words</a>',  # noqa: RUF001 - a digit, but no ASCII one
        '<a linktype="page">words</a>',
        '<a href="javascript:alert(1)">words</a>',
        '<a href=" java\tscript:alert(1)">words</a>',
        '<a href="data:text/html,x">words</a>',
        '<a href="">words</a>',
        "<a>words</a>",
    ],
)
def test_link_that_leads_nowhere_good_keeps_its_words_only(link: str) -> None:
    assert paragraphs(f"<p>{link}</p>", targets={7: STORY}) == ("words",)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)></svg>",
        '<p onclick="alert(1)">x</p>',
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        '<a href="https://e.org/" onmouseover="alert(1)">x</a>',
        '<a id="7" linktype="page" href="javascript:alert(1)">x</a>',
        '<abbr title="></abbr><script>alert(1)</script>">x</abbr>',
        '<embed embedtype="image" id="1" format="left" alt="x"/>',
    ],
)
def test_nothing_that_runs_gets_through(attack: str) -> None:
    for tag, attributes in tags_of("".join(paragraphs(attack, targets={7: STORY}))):
        assert tag in INLINE_TAGS
        assert not [name for name, _value in attributes if name not in {"href", "title"}]
        assert not [value for name, value in attributes if name == "href" and "script" in value]


def tags_of(markup: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every start tag with its attributes, as a parser of its own sees them."""
    found: list[tuple[str, list[tuple[str, str]]]] = []

    class Collector(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            found.append((tag, attrs))

    Collector().feed(markup)
    return found


def test_several_paragraphs_of_a_quotation_become_lines() -> None:
    assert one_paragraph("<p>One.</p><p></p><p>Two.</p>", targets={}) == "One.<br>Two."


def test_every_linked_page_is_asked_for_once() -> None:
    stored = [
        '<p><a linktype="page" id="3">a</a><a id="4" linktype="page">b</a></p>',
        '<a linktype="page" id="3">c</a>',
    ]
    assert page_ids(stored) == {3, 4}


MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", "<i>", "</i>", '<a linktype="page" id="7">', "</a>", "<a href='x\"y'>", "<br/>",
         "<li>", "<div title='>'>", "<!--", "-->", "<![CDATA[", "&nbsp;", "&", "<", ">", "\x00", "\u202e", "\ud800", "word",
         "<script>", "</script>", "<svg>", "<style>", "<table>", "<td>", "<math>", "<p/>", "'", '"', "<plaintext>"]
    )
    | st.text(max_size=8),
    max_size=30,
).map("".join)  # fmt: skip


@given(MARKUP)
def test_any_markup_gives_paragraphs_that_are_clean_and_not_empty(stored: str) -> None:
    for markup in paragraphs(stored, targets={7: STORY}):
        assert markup.strip(), "an empty paragraph"
        assert clean_inline(markup).replace("&nbsp;", "\u00a0") == markup, "cleaning again changes nothing"
        assert not re.search("<[^>]*linktype", markup), "the editor's own links are named; as words they may stand"
        markup.encode()


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cf", "Z"]), min_size=1))
def test_no_word_an_editor_types_is_lost(words: str) -> None:
    typed = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert paragraphs(f"<p>{typed}</p>", targets={}) == (typed,)
