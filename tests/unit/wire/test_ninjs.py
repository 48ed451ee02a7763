"""Items of every ninjs version are read into one shape."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.plain.canonical import sha256_hex
from broadsheet.wire.dispatches import Dispatch
from broadsheet.wire.errors import NotAnItem
from broadsheet.wire.ninjs import parse_item

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.wire.items import Item


def parse(value: object) -> Item:
    return parse_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())


def parse_bytes(data: bytes) -> Item:
    return parse_item(
        Dispatch(line=1, data=data, digest=sha256_hex(data), received_at=datetime(2026, 1, 1, tzinfo=UTC))
    )


def test_old_and_new_ways_to_write_the_same_item_read_the_same() -> None:
    old = {
        "uri": "urn:a",
        "headline": "H",
        "byline": "B",
        "body_xhtml": "<p>x</p>",
        "description_text": "S",
        "subject": [{"name": "World"}],
        "versioncreated": "2020-01-01T00:00:00Z",
        "infosource": [{"name": "RT"}],
        "associations": {
            "lead": {"uri": "p", "type": "picture", "renditions": {"big": {"href": "http://x/p.jpg", "width": 9}}}
        },
    }
    new = {
        "uri": "urn:a",
        "headlines": [{"value": "H"}],
        "by": "B",
        "bodies": [{"value": "<p>x</p>", "contentType": "text/html", "role": "xhtml"}],
        "descriptions": [{"value": "S", "role": "text"}],
        "subjects": [{"name": "World"}],
        "versionCreated": "2020-01-01T00:00:00Z",
        "infoSources": [{"name": "RT"}],
        "associations": [
            {
                "name": "lead",
                "uri": "p",
                "type": "picture",
                "renditions": [{"name": "big", "href": "http://x/p.jpg", "width": 9}],
            }
        ],
    }
    assert parse(old) == parse(new)


def test_the_main_headline_wins_over_those_for_other_places() -> None:
    item = parse({"uri": "u", "headlines": [{"role": "social", "value": "S"}, {"role": "main", "value": "M"}]})
    assert item.headline == "M"


def test_markup_in_a_description_becomes_plain_words() -> None:
    item = parse(
        {"uri": "u", "descriptions": [{"value": 'See <a href="x">the &amp; list</a>', "contentType": "text/html"}]}
    )
    assert item.standfirst == "See the & list"


def test_markup_in_a_plain_headline_stays_words() -> None:
    assert parse({"uri": "u", "headlines": [{"value": "Why 3 < 4 & more"}]}).headline == "Why 3 < 4 & more"


@pytest.mark.parametrize("value", [{}, {"uri": ""}, {"uri": None}, [], 3, "x", None])
def test_what_has_no_uri_is_no_item(value: object) -> None:
    with pytest.raises(NotAnItem):
        parse(value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfeab", "not UTF-8"),
        (b'{"uri": "a', "not JSON"),
        (b'{"uri":"a\0"}', "NUL"),
        (b"[" * 100_000, "too deep"),
    ],
)
def test_unreadable_bytes_are_refused_with_what_is_wrong(data: bytes, words: str) -> None:
    with pytest.raises(NotAnItem, match=words):
        parse(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_FIELDS = st.sampled_from(
    ["headlines", "headline", "bodies", "body_html", "by", "subjects", "infoSources", "associations", "renditions", "urgency",
     "language", "contentCreated", "descriptions", "type", "version", "pubStatus", "altIds", "title"]
)  # fmt: skip


@given(st.dictionaries(_FIELDS, _JSON))
def test_any_value_in_any_field_still_gives_an_item(fields: dict[str, Any]) -> None:
    assert parse({**fields, "uri": "urn:a"}).uri == "urn:a"


@given(st.binary())
def test_any_bytes_give_an_item_or_a_refusal(data: bytes) -> None:
    with suppress(NotAnItem):
        assert parse(data).uri


@pytest.mark.shared
def test_real_items_of_agencies_are_read_as_expected(shared_data: Path) -> None:
    expected = [
        case
        for case in json.loads((shared_data / "wire" / "expected.json").read_text())
        if case.get("guid") and case["format"] == "ninjs"
    ]
    assert len(expected) > 20  # all but a schema that lies among them
    for case in expected:
        item = parse_bytes((shared_data / case["file"]).read_bytes())
        read = {
            "guid": item.uri,
            "version": item.version or None,
            "type": item.kind or None,
            "language": item.language or None,
            "urgency": item.urgency,
            "pubstatus": item.pub_status or None,
            "embargoed": item.embargoed_until or None,
            "subjects": len(item.subjects),
            "people": [named.name for named in item.people],
            "places": [named.name for named in item.places],
            "associations": len(item.associations),
        }
        # The expectations know these fields by their older names only, so what they do not find says nothing.
        assert {name: read[name] for name in read if case[name] is not None} == {
            name: case[name] for name in read if case[name] is not None
        }, case["file"]
        # For recordings the expectations give the working title of the file before the headline.
        assert case["type"] in {"audio", "video", "picture", "object"} or item.headline == _line(case["headline"]), (
            case["file"]
        )
        assert item.bodies or not case["has_body"], case["file"]
        assert not case["byline"] or item.by == case["byline"], case["file"]


@pytest.mark.shared
def test_every_item_of_the_test_suite_is_read_or_refused_for_a_reason(shared_data: Path) -> None:
    refused = set()
    for path in sorted((shared_data / "wire" / "ninjs" / "test_suite").rglob("*.json")):
        try:
            assert parse_bytes(path.read_bytes()).uri
        except NotAnItem:
            refused.add(path.name)
    # No uri, a line break inside a string, a list of nothing.
    assert refused <= {
        "001_no_uri_declared.json",
        "009_body_text_with_cr.json",
        "012_location_not_object.json",
        "006_bad_genre.json",
    }


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
