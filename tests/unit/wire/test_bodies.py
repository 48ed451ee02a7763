"""Bodies become blocks; whatever does not is reported with its words."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from broadsheet.ledger.blocks import Heading, ItemList, Paragraph, Quotation, Table
from broadsheet.plain.html import SafeHtml, plain_text
from broadsheet.wire.bodies import read_body, read_html, read_plain
from broadsheet.wire.cleaning import BODY_CHARACTERS
from broadsheet.wire.errors import BodyRefused
from broadsheet.wire.items import Item, Text
from broadsheet.wire.values import Body, BodyPicture

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://old.example.org/2014/05/a-story/"


def read(markup: str) -> Body:
    return read_html(markup, uri="urn:test:1", base=BASE)


def paragraphs(body: Body) -> list[str]:
    return [block.html for block in body.blocks if isinstance(block, Paragraph)]


def noted(body: Body, kind: str) -> list[str]:
    return [note.text for note in body.notes if note.kind == kind]


def words_of(body: Body) -> str:
    """Everything the body and its report say, as plain text."""
    said = [note.text for note in body.notes]
    for block in body.blocks:
        match block:
            case Paragraph():
                said.append(plain_text(block.html))
            case Heading():
                said.append(block.text)
            case ItemList():
                said.extend(map(plain_text, block.items))
            case Quotation():
                said += [plain_text(block.words), block.speaker]
            case Table():
                said += [block.title, *(cell for row in block.rows for cell in row)]
            case BodyPicture():
                said += [block.caption, block.alt]
    return " ".join(said)


def test_two_line_breaks_end_a_paragraph_and_one_stays() -> None:
    assert paragraphs(read("<p>One<br>two<br><br>three</p>")) == ["One<br>two", "three"]


def test_loose_text_between_blocks_becomes_a_paragraph() -> None:
    assert paragraphs(read("before<div><p>inside</p>after</div>last")) == ["before", "inside", "after", "last"]


def test_a_tag_left_open_over_several_paragraphs_marks_each_of_them() -> None:
    assert paragraphs(read("<b>a<p>b</p></b>c")) == ["<strong>a</strong>", "<strong>b</strong>", "c"]


def test_headings_have_two_levels_and_skip_none() -> None:
    body = read("<h4>first</h4><h1>second</h1><h5>third</h5>")
    assert [(block.level, block.text) for block in body.blocks if isinstance(block, Heading)] == [
        (2, "first"),
        (2, "second"),
        (3, "third"),
    ]


def test_a_list_in_a_list_is_set_level_with_it_in_reading_order_and_noted() -> None:
    body = read("<ol><li>one<ul><li>two</li></ul>three</li><li>four</li></ol>")
    assert [(block.ordered, block.items) for block in body.blocks if isinstance(block, ItemList)] == [
        (True, ("one", "two", "three", "four"))
    ]
    assert len(noted(body, "list")) == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote><p>“We sail”</p><p>— Lan Roe</p></blockquote>",
        "<blockquote>We sail<footer>— Lan Roe</footer></blockquote>",
        "<blockquote><p>We sail</p><cite>Lan Roe</cite></blockquote>",
    ],
)
def test_a_quotation_keeps_who_said_it_and_loses_marks_the_page_sets_itself(markup: str) -> None:
    (block,) = read(markup).blocks
    assert isinstance(block, Quotation)
    assert (block.words, block.speaker) == ("We sail", "Lan Roe")


def test_the_figures_caption_goes_with_its_picture() -> None:
    (block,) = read("<figure><img src=a.jpg alt=Boat><figcaption>The <i>Lan</i> at sea</figcaption></figure>").blocks
    assert isinstance(block, BodyPicture)
    assert (block.address, block.alt, block.caption) == ("a.jpg", "Boat", "The Lan at sea")


def test_a_picture_in_a_sentence_does_not_break_it() -> None:
    first, second = read("<p>be<img src=a.png>fore</p>").blocks
    assert isinstance(first, Paragraph)
    assert first.html == "before"
    assert isinstance(second, BodyPicture)


def test_a_table_is_kept_with_its_caption_and_names() -> None:
    body = read("<table><caption>Catch</caption><tr><th>Day<th>Tons<tr><td>1<td><p>2<p><b>3</b></table>")
    (block,) = body.blocks
    assert isinstance(block, Table)
    assert (block.title, block.rows) == ("Catch", (("Day", "Tons"), ("1", "2 3")))
    assert (block.has_head, block.names_rows) == (True, False)
    assert body.notes == ()


def test_a_table_may_name_its_rows_and_loses_its_links_with_a_note() -> None:
    body = read('<table><tr><th>Monday<td><a href="/a">4 t</a><tr><th>Tuesday<td></table>')
    (block,) = body.blocks
    assert isinstance(block, Table)
    assert block.rows == (("Monday", "4 t"), ("Tuesday", ""))
    assert (block.has_head, block.names_rows) == (False, True)
    assert len(noted(body, "link")) == 1


def test_a_table_of_uneven_rows_is_kept_as_lines_and_noted() -> None:
    body = read("<table><tr><td>Day<td>Tons<tr><td colspan=2>Nothing on Monday<tr><td>1<td>2</table>")
    (block,) = body.blocks
    assert isinstance(block, ItemList)
    assert block.items == ("Day · Tons", "Nothing on Monday", "1 · 2")
    assert len(noted(body, "table")) == 1


def test_an_embed_leaves_a_link_behind() -> None:
    body = read('<iframe src="//video.example/x?a=1&b=2" title="The launch"></iframe>')
    assert paragraphs(body) == ['<a href="https://video.example/x?a=1&amp;b=2">The launch</a>']
    assert noted(body, "iframe") == ["//video.example/x?a=1&b=2"]


def test_a_form_goes_with_its_words_in_the_report() -> None:
    body = read("<form><label>Your name <input></label><button>Send</button></form><p>Text</p>")
    assert paragraphs(body) == ["Text"]
    assert noted(body, "form") == ["Your name Send"]


def test_code_keeps_its_lines_and_its_indent() -> None:
    (code,) = paragraphs(read("<pre><code>if a &lt; b:\n    go()\n</code></pre>"))
    assert code == "<code>if a &lt; b:<br>&nbsp;&nbsp;&nbsp;&nbsp;go()</code>"


def test_relative_links_start_from_the_old_address() -> None:
    assert paragraphs(read('<a href="../b/?q=1">b</a>')) == ['<a href="https://old.example.org/2014/05/b/?q=1">b</a>']


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "#note-3", "http://[::1", "data:text/html,x", "urn:broadsheet:story:a"]
)
def test_a_useless_link_leaves_its_words_and_is_noted(href: str) -> None:
    body = read(f'<p>see <a href="{href}">here</a></p>')
    assert paragraphs(body) == ["see here"]
    assert len([note for note in body.notes if note.kind == "link"]) == 1


def test_without_an_address_of_its_own_relative_links_are_taken_off_their_words() -> None:
    body = read_html('<a href="/b">b</a>', uri="urn:test:1")
    assert paragraphs(body) == ["b"]
    assert noted(body, "link") == ["/b"]


def test_addresses_in_angle_brackets_are_links_not_tags() -> None:
    assert paragraphs(read("<p>Go to <https://a.example/b> now</p>")) == [
        'Go to <a href="https://a.example/b">https://a.example/b</a> now'
    ]


def test_leftovers_of_windows_1252_are_read_as_meant() -> None:
    assert paragraphs(read("<p>It\x92s \x93here\x94</p>")) == ["It\u2019s “here”"]


def test_letters_and_their_marks_become_one_sign_and_tags_stay_tags() -> None:
    assert paragraphs(read("<p>ma\u0301y <b>\u0338x</b> a&#768;</p>")) == ["m\u00e1y <strong>\u0338x</strong> \u00e0"]


def test_an_unknown_tag_is_noted_and_its_words_kept() -> None:
    body = read("<p><pull-quote>kept</pull-quote></p>")
    assert paragraphs(body) == ["kept"]
    assert [note.sentence for note in body.notes] == ["<pull-quote> is not known; its words were kept."]


def test_ids_of_blocks_are_the_same_at_every_reading_and_unique() -> None:
    markup = "<h2>a</h2><p>b</p><ul><li>c</ul><img src=d.jpg>"
    ids = [block.id for block in read(markup).blocks]
    assert ids == [block.id for block in read(markup).blocks]
    assert len(set(ids)) == 4
    assert ids[0] not in {block.id for block in read_html(markup, uri="urn:test:2").blocks}


def test_plain_text_is_one_paragraph_a_line_where_no_empty_line_parts_them() -> None:
    assert paragraphs(read_plain("One.\nTwo < three.", uri="u")) == ["One.", "Two &lt; three."]
    assert paragraphs(read_plain("One\nmore.\n\nTwo.", uri="u")) == ["One more.", "Two."]


def test_the_marked_up_body_is_preferred_and_the_main_one_among_those() -> None:
    bodies = (
        Text("plain", "main"),
        Text("<p>note</p>", "caption", is_html=True),
        Text("<p>it</p>", "main", is_html=True),
    )
    assert paragraphs(read_body(Item(uri="u", bodies=bodies))) == ["it"]


def test_of_a_body_in_nitf_only_the_story_is_read_and_a_plain_one_is_preferred() -> None:
    nitf = Text(
        "<nitf><body><body.head><hl1>H</hl1></body.head><body.content><p>it</p></body.content></body></nitf>",
        "nitf",
        is_html=True,
    )
    assert paragraphs(read_body(Item(uri="u", bodies=(nitf,)))) == ["it"]
    assert paragraphs(read_body(Item(uri="u", bodies=(nitf, Text("plain", "text"))))) == ["plain"]


def test_furniture_round_the_story_is_cleared_away_and_noted() -> None:
    markup = (
        "<h1>Boats are back</h1><p>687c3e56203027079653f6ea.jpg</p><p>They came at dawn.</p><p>All eleven.</p>"
        "<p>x</p><p>Boats are back.</p><p>POWERED BY ONECMS - A PRODUCT OF NEKO</p>"
    )
    body = read_body(Item(uri="u", headline="Boats are back", bodies=(Text(markup, "main", is_html=True),)))
    assert paragraphs(body) == ["They came at dawn.", "All eleven."]
    assert len(noted(body, "furniture")) == 5


def test_a_sentence_that_repeats_the_headline_in_the_middle_of_a_story_stays() -> None:
    middle = "<p>a</p><p>b</p><p>c</p><p>Boats are back</p><p>d</p><p>e</p><p>f</p>"
    body = read_body(Item(uri="u", headline="Boats are back", bodies=(Text(middle, "main", is_html=True),)))
    assert "Boats are back" in paragraphs(body)


@pytest.mark.parametrize("markup", ["<div>" * 200_000, "<b a=1>" * 5_000 + "x", "a" * (BODY_CHARACTERS + 1)])
def test_a_body_made_to_stop_the_parser_is_refused_at_once(markup: str) -> None:
    with pytest.raises(BodyRefused):
        read(markup)


_TAGS = [
    "p",
    "div",
    "section",
    "b",
    "i",
    "a",
    "span",
    "u",
    "ul",
    "ol",
    "li",
    "blockquote",
    "cite",
    "footer",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "figure",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "pre",
    "code",
    "form",
    "button",
    "script",
    "style",
    "iframe",
    "svg",
    "math",
    "noscript",
    "textarea",
    "title",
    "select",
    "option",
    "dl",
    "dt",
    "dd",
    "center",
    "x-y",
    "q",
    "sub",
    "details",
    "video",
]


@st.composite
def trees(draw: st.DrawFn) -> str:
    """Markup of known tags, nested at random, closed or not, with numbered words between them."""
    pieces = []
    for number in range(draw(st.integers(1, 25))):
        tag = draw(st.sampled_from(_TAGS))
        pieces.append(
            draw(
                st.sampled_from(
                    [
                        f"word{number} ",
                        f"<{tag}>",
                        f"</{tag}>",
                        f"<{tag} href=/x cite=y src=z.jpg>",
                        "<br>",
                        "<br><br>",
                        "<hr>",
                    ]
                )
            )
        )
    return "".join(pieces)


@given(trees())
def test_every_visible_word_is_in_a_block_or_in_the_report(markup: str) -> None:
    written = re.findall(r"word\d+", markup)
    assert not set(written) - set(re.findall(r"word\d+", words_of(read(markup))))


@given(st.one_of(st.text(), st.text(alphabet="<>/=\"'&;abp hrefimgsc \n\0\x92"), trees()))
def test_any_text_at_all_gives_a_body_of_clean_blocks(markup: str) -> None:
    for block in read(markup).blocks:
        if isinstance(block, Paragraph):
            assert plain_text(block.html).strip()
            assert not set(block.html) & {"\0", "\x92", "\ufeff"}
        if isinstance(block, ItemList):
            assert block.items


@pytest.mark.shared
def test_the_real_archive_loses_no_word(shared_data: Path) -> None:
    for path in sorted((shared_data / "articles").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines()[::20]:
            article = json.loads(line)
            body = read_html(article["body_html"], uri=article["id"], base=article["url"])
            missing = set(_letters(_visible(article["body_html"]))) - set(_letters(words_of(body)))
            assert not missing, (article["id"], missing)


def _visible(markup: str) -> str:
    tree = html.fragment_fromstring(markup, create_parent="div")
    for gone in tree.xpath("//comment()|//script|//style"):
        gone.drop_tree()
    return unicodedata.normalize("NFC", " ".join(tree.itertext()))


def _letters(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def test_escaped_markup_stays_words() -> None:
    assert paragraphs(read("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")) == [
        SafeHtml("&lt;script&gt;alert(1)&lt;/script&gt;")
    ]
