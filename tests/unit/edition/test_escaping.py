"""Whatever stands in a document's text is printed as text: it opens no element, adds no attribute, breaks no feed."""

import re
from typing import Any

import feedparser
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from broadsheet.edition.printing import printable
from broadsheet.ledger.blocks import (
    FactBox,
    Gallery,
    Heading,
    PictureUse,
    PullQuote,
    Quotation,
    Table,
    Timeline,
    TimelineEvent,
)
from broadsheet.ledger.values import BylineUse, Dateline, Document, LanguageLine, SourceUse, StoryDocument
from broadsheet.plain.html import SafeHtml, clean_inline
from tests.factories.edition import Site, address, words
from tests.factories.ledger import EN, VI, a_byline, a_paper, a_picture, a_section, a_story

HOSTILE = st.one_of(
    st.text(min_size=1),
    st.text(alphabet="<>\"'&/= \\`{}%#;-!\x00\x85\ufffe\u2028a", min_size=1),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '" onmouseover="alert(1)',
            "' autofocus onfocus='alert(1)",
            "{{ page }} {% raw %}",
            "</title><img src=x onerror=alert(1)>",
            "<!--",
            "]]>",
            "javascript:alert(1)",
            "&lt;b&gt;",
        ],
    ),
)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def paper_of(text: str) -> tuple[StoryDocument, list[Document]]:
    """Documents with that text in every field that holds plain text."""
    byline, picture = a_byline(name=text, key="lan"), a_picture(credit=text)
    story = a_story(
        headline=text,
        standfirst=text,
        bylines=(BylineUse(byline.subject, text, text),),
        lead=PictureUse("l", picture.subject, text, text),
        dateline=Dateline(text),
        sources=(SourceUse(text, f"https://x.example/{text}", VI),),
        body=(
            Heading("h", 2, text),
            Quotation("q", SafeHtml("x"), text, text, text),
            PictureUse("p", picture.subject, text, text),
            PullQuote("u", text, text),
            Gallery("g", (PictureUse("g-1", picture.subject, text, text),), text),
            Table("t", ((text, text), (text, text)), text, has_head=True),
            FactBox("f", text, (SafeHtml("x"),)),
            Timeline("m", (TimelineEvent(text, SafeHtml("x")),), text),
        ),
    )
    sections = [a_section(title=text, description=text, locale=locale) for locale in (EN, VI)]
    paper = a_paper(name=text, languages=(LanguageLine(EN, text, text), LanguageLine(VI, text, text)))
    return story, [paper, *sections, byline, picture, story]


def shape(page: Any) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes. A description is there or not, as the text has words or not."""
    return [
        (str(each.tag), tuple(sorted(each.attrib)))
        for each in page.iter()
        if "description" not in (each.get("name") or each.get("property") or "")
    ]


@settings(max_examples=60, deadline=None)
@example("<script>alert(1)</script>")
@example('" onmouseover="alert(1)')
@given(HOSTILE)
def test_any_text_leaves_the_shape_of_the_pages_as_it_is(text: str) -> None:
    plain_story, plain = paper_of("x")
    story, hostile = paper_of(f"x{text}x")
    paths = ("/en/", "/en/news/", "/en/by/lan/", "/en/404.html")
    for expected, path in [(address(plain_story), address(story)), *zip(paths, paths, strict=True)]:
        found, wanted = Site(*hostile), Site(*plain)
        assert shape(found.page(path)) == shape(wanted.page(expected))
        assert not FORBIDDEN.search(found.text(path))


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_any_text_leaves_the_feed_well_formed(text: str) -> None:
    _, documents = paper_of(f"x{text}x")
    data = Site(*documents).text("/en/atom.xml").encode()
    etree.fromstring(data)
    assert not feedparser.parse(data).bozo


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(HOSTILE, st.tuples(HOSTILE, HOSTILE).map(lambda pair: f'<a href="{pair[0]}" onclick="x">{pair[1]}</a>'))
)
def test_any_markup_even_unclean_shows_nothing_but_inline_elements(markup: str) -> None:
    story = a_story(body=(Quotation("q", SafeHtml(markup)),))
    paragraph = Site(story).story_page(story).xpath("//figure[@class='quotation']//p")[0]
    allowed = {"p", "a", "strong", "em", "sub", "sup", "code", "br", "s", "q", "cite", "abbr"}
    for element in paragraph.iter():
        assert element.tag in allowed
        assert set(element.attrib) - {"href", "title"} == set()
        assert not element.get("href", "").strip().lower().startswith(("javascript:", "data:", "vbscript:", "urn:"))


@pytest.mark.parametrize("hidden", ["\x01", "\x85", "\ufffe", "\U0001ffff", "\t"])
def test_a_scheme_cut_by_a_hidden_character_does_not_become_whole_on_the_page(hidden: str) -> None:
    story = a_story(body=(Quotation("q", SafeHtml(f'<a href="java{hidden}script:alert(1)">x</a>')),))
    assert "javascript:" not in re.sub(r"\s", "", Site(story).text(address(story)))


@pytest.mark.parametrize("code", [0x0, 0x8, 0xB, 0x1F, 0x7F, 0x85, 0x9F, 0xFDD0, 0xFDEF, 0xFFFE, 0x1FFFE])
def test_what_no_page_may_hold_is_dropped_wherever_it_stands(code: int) -> None:
    text = f"a{chr(code)}b"
    story = a_story(headline=text, body=(Quotation("q", SafeHtml(text), text),))
    page = Site(story).text(address(story))
    assert chr(code) not in page
    assert ">ab</h1>" in page


def test_all_other_characters_are_printed() -> None:
    kept = "\t\n ~\xa0\u200d\u2028\ud7ff\ue000\ufffd\U0001f30a\U0010fffd"
    assert printable(kept) == kept


def test_lone_surrogates_are_dropped_although_no_document_can_hold_one() -> None:
    assert printable("a\ud800\udfffb") == "ab"


@pytest.mark.parametrize("name", ["{{ 7 * 7 }}", "%(names)s %d %", "Lan <b>"])
def test_words_that_look_like_a_template_are_words(name: str) -> None:
    story = a_story(headline=name, bylines=(BylineUse(a_byline().subject, name),))
    page = Site(story).story_page(story)
    assert words(page, "//h1") == [name]
    assert words(page, "//p[@class='byline']") == [f"By {name}"]


@settings(max_examples=50)
@given(st.text())
def test_clean_markup_comes_out_of_the_page_as_it_went_in(text: str) -> None:
    cleaned = clean_inline(text.replace("<", "&lt;"))
    story = a_story(body=(Quotation("q", cleaned),))
    reader = Site(story).gathered(address(story))
    assert reader.story.body[0].words == printable(cleaned)
