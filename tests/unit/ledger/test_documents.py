"""A document and its bytes: the same both ways, always the same bytes, and old ones read for ever."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.ledger.arrangements import FrontEntry, LinkEntry, SectionsEntry, SubjectEntry
from broadsheet.ledger.blocks import FactBox, Gallery, ItemList, Quotation, Timeline, TimelineEvent
from broadsheet.ledger.documents import decode_document, decode_ninjs, encode_document, named_subjects
from broadsheet.ledger.errors import BadDocument
from broadsheet.ledger.values import BylineDocument, Document, PictureDocument, StoryDocument
from broadsheet.plain.html import SafeHtml
from broadsheet.plain.urns import make_urn
from tests.factories.ledger import (
    VI,
    a_byline,
    a_byline_use,
    a_navigation,
    a_page,
    a_paper,
    a_paragraph,
    a_picture,
    a_picture_use,
    a_section,
    a_story,
    a_topic,
)

ONE_OF_EACH = [
    a_story(),
    a_section(description="What happened"),
    a_byline(names={VI: "Lan"}, is_agency=True),
    a_topic(kind="person", names={VI: "Biển"}, descriptions={VI: "Về biển."}),
    a_picture(focal_x=0.25, focal_y=1.0),
    a_paper(),
    a_page(body=(a_paragraph("Words."), a_picture_use())),
    a_navigation(
        menu=(FrontEntry("Home"), SectionsEntry(), SubjectEntry(make_urn("section", "news"), "All news")),
        footer=(SubjectEntry(make_urn("page", "about")), LinkEntry("https://example.org/", "Shop")),
    ),
]


@pytest.mark.parametrize("document", ONE_OF_EACH, ids=lambda document: type(document).__name__)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    data = encode_document(document, ninjs={"uri": document.subject})

    assert decode_document(data) == document
    assert decode_ninjs(data) == {"uri": document.subject}
    assert encode_document(decode_document(data), ninjs=decode_ninjs(data)) == data


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=50))
def test_any_text_survives(text: str) -> None:
    story = a_story(headline=text, body=(a_paragraph(text),), subject=make_urn("story", "one"))
    assert decode_document(encode_document(story, ninjs={})) == story


def test_the_bytes_are_canonical_json_of_the_four_parts() -> None:
    data = encode_document(a_picture(), ninjs={"b": 1, "a": "é"})
    envelope = json.loads(data)

    assert rfc8785.dumps(envelope) == data
    assert list(envelope) == ["blocks", "ninjs", "refs", "schema"]
    assert envelope["schema"] == envelope["blocks"]["schema"] == "picture/1"


def test_a_story_names_what_it_shows_and_links_to_but_not_itself() -> None:
    subject, other, listed, quoted = (make_urn("story", key) for key in ("self", "other", "listed", "quoted"))
    lead, inner = a_picture_use(), a_picture_use()
    byline, shown = a_byline_use(), a_picture_use()
    boxed, happened = make_urn("story", "boxed"), make_urn("page", "happened")
    story = a_story(
        subject=subject,
        lead=lead,
        bylines=(byline,),
        body=(
            a_paragraph(
                f'See <a href="{other}">this</a>, <a href="{subject}">here</a> and urn:broadsheet:story:words.'
            ),
            inner,
            ItemList(id="l", ordered=False, items=(SafeHtml(f'<a href="{listed}">x</a>'),)),
            Quotation(id="q", words=SafeHtml(f'<a href="{quoted}">y</a>')),
            Gallery("g", (shown,)),
            FactBox("f", "Facts", (SafeHtml(f'<a href="{boxed}">z</a>'),)),
            Timeline("t", (TimelineEvent("1975", SafeHtml(f'<a href="{happened}">w</a>')),)),
        ),
    )
    named = {story.section, other, listed, quoted, boxed, happened, byline.byline}
    named |= {lead.picture, inner.picture, shown.picture}

    assert named_subjects(story) == named
    assert json.loads(encode_document(story, ninjs={}))["refs"] == sorted(named)
    assert named_subjects(a_paper()) == frozenset()


def test_a_page_names_its_pictures_and_links_and_a_navigation_what_it_leads_to() -> None:
    other, picture = make_urn("page", "other"), a_picture_use()
    page = a_page(body=(a_paragraph(f'<a href="{other}">More</a>'), picture))
    assert named_subjects(page) == {other, picture.picture}
    navigation = a_navigation(
        menu=(SectionsEntry(), SubjectEntry(make_urn("section", "news"))), footer=(SubjectEntry(page.subject),)
    )
    assert named_subjects(navigation) == {make_urn("section", "news"), page.subject}


WHOLE = encode_document(a_story(), ninjs={})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"{}",
        b"\xff\xfe\x00",
        WHOLE[:-1],
        WHOLE.replace(b"story/1", b"story/9"),
        WHOLE.replace(b'"headline"', b'"headlint"'),
        WHOLE.replace(b'"blocks":{', b'"blocks":[]'),
        b'{"schema":"story/1","ninjs":{},"refs":[],"blocks":{"schema":"story/1"}}',
    ],
)
def test_bytes_that_hold_no_document_are_refused(data: bytes) -> None:
    with pytest.raises(BadDocument, match="cannot be read"):
        decode_document(data)


@given(st.binary(max_size=300))
def test_random_bytes_are_refused_and_nothing_else_happens(data: bytes) -> None:
    with pytest.raises(BadDocument):
        decode_document(data)
    with pytest.raises(BadDocument):
        decode_ninjs(data)


# Old schemas. None exists yet, so the tests bring their own.


def old(document: Document, schema: str, **fields: Any) -> bytes:
    blocks = msgspec.to_builtins(document, str_keys=True) | fields | {"schema": schema}
    return rfc8785.dumps({"schema": schema, "ninjs": {}, "blocks": blocks, "refs": []})


def rename_writer(blocks: dict[str, Any]) -> dict[str, Any]:
    return {
        **{key: value for key, value in blocks.items() if key != "writer"},
        "name": blocks["writer"],
        "schema": "byline/1",
    }


def say_writer(blocks: dict[str, Any]) -> dict[str, Any]:
    return {**blocks, "writer": blocks["name"].upper(), "schema": "byline/0"}


def test_a_story_from_before_there_were_topics_is_read_and_is_about_none() -> None:
    story = a_story()
    data = encode_document(story, ninjs={})
    assert b'"topics":[],' in data
    assert decode_document(data.replace(b'"topics":[],', b"")) == story


def test_a_story_names_what_it_is_about() -> None:
    sea = a_topic()
    assert sea.subject in named_subjects(a_story(topics=(sea.subject,)))


def test_a_document_of_an_old_schema_is_upgraded_step_by_step() -> None:
    upgrades = {"byline/0": rename_writer, "byline/00": say_writer}
    byline = a_byline(name="Minh")

    decoded = decode_document(old(byline, "byline/0", writer="Hoa"), upgrades=upgrades)
    assert isinstance(decoded, BylineDocument)
    assert decoded.name == "Hoa"
    twice = decode_document(old(byline, "byline/00"), upgrades=upgrades)
    assert isinstance(twice, BylineDocument)
    assert twice.name == "MINH"
    assert isinstance(decode_document(WHOLE, upgrades=upgrades), StoryDocument)


def test_an_upgrade_that_goes_nowhere_is_an_error_and_no_endless_loop() -> None:
    with pytest.raises(BadDocument, match="byline/0"):
        decode_document(old(a_byline(), "byline/0"), upgrades={"byline/0": lambda blocks: blocks})


#: As it was written before pictures had a creator, a licence and restrictions.
OLD_PICTURE = (
    b'{"blocks":{"alt":"Three boats","caption":"At the pier","copyright":"","credit":"Lan","focal_x":0.25,"focal_y":0.5,'
    b'"height_px":600,"locale":"mul","media_type":"image/jpeg","original":"ab","schema":"picture/1",'
    b'"subject":"urn:broadsheet:picture:0f","text_locale":"en","width_px":800},"ninjs":{},"refs":[],"schema":"picture/1"}'
)


def test_a_picture_kept_before_pictures_had_rights_means_the_same_today() -> None:
    document = decode_document(OLD_PICTURE)
    assert isinstance(document, PictureDocument)
    assert (document.credit, document.caption, document.focal_x) == ("Lan", "At the pier", 0.25)
    assert (document.creator, document.licence, document.usage) == ("", "", "")
    assert decode_document(encode_document(document, ninjs={})) == document
