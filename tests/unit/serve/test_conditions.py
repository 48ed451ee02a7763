"""Conditional requests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.serve.conditions import Condition, http_date, parse_http_date, range_still_holds, weigh_conditions
from broadsheet.serve.values import Request

_TAG = '"abc"'
_AT = 784_111_777  # Sun, 06 Nov 1994 08:49:37 GMT, the standard's own example


def _weigh(**headers: str) -> Condition:
    return weigh_conditions(Request("GET", "/", **headers), etag=_TAG, modified_at=_AT)


@pytest.mark.parametrize("tags", ['"abc"', 'W/"abc"', '"x", "abc"', '"x" , W/"abc"', "*", '"a,b","abc"'])
def test_a_reader_who_has_the_page_gets_no_second_copy(tags: str) -> None:
    assert _weigh(if_none_match=tags) is Condition.NOT_MODIFIED


@pytest.mark.parametrize("tags", ['"abd"', "abc", '""', "", 'W/"ab"', '"abc'])
def test_another_tag_gets_the_page(tags: str) -> None:
    assert _weigh(if_none_match=tags) is Condition.SEND


def test_a_tag_outweighs_a_date() -> None:
    assert _weigh(if_none_match='"old"', if_modified_since=http_date(_AT)) is Condition.SEND


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", Condition.NOT_MODIFIED),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Condition.NOT_MODIFIED),
        ("Sun Nov  6 08:49:37 1994", Condition.NOT_MODIFIED),
        ("Sun, 06 Nov 1994 08:49:36 GMT", Condition.SEND),
        ("yesterday", Condition.SEND),
        ("Sun, 99 Nov 1994 08:49:37 GMT", Condition.SEND),
        ("", Condition.SEND),
    ],
)
def test_dates_count_to_the_second_in_all_three_spellings(since: str, expected: Condition) -> None:
    assert _weigh(if_modified_since=since) is expected


def test_if_match_takes_strong_tags_only_and_fails_the_rest() -> None:
    assert _weigh(if_match='"abc"') is Condition.SEND
    assert _weigh(if_match="*") is Condition.SEND
    assert _weigh(if_match='W/"abc"') is Condition.FAILED
    assert _weigh(if_match='"other"') is Condition.FAILED


def test_unmodified_since_fails_when_the_page_is_newer() -> None:
    assert _weigh(if_unmodified_since=http_date(_AT - 1)) is Condition.FAILED
    assert _weigh(if_unmodified_since=http_date(_AT)) is Condition.SEND


def test_a_download_goes_on_only_with_the_very_same_file() -> None:
    def holds(condition: str | None, now: int = _AT + 60) -> bool:
        return range_still_holds(condition, etag=_TAG, modified_at=_AT, now=now)

    assert holds(None)
    assert holds(_TAG)
    assert holds(http_date(_AT))
    assert not holds(http_date(_AT), now=_AT)
    assert not holds(http_date(_AT + 1))
    assert not holds('W/"abc"')
    assert not holds("nonsense")


@given(st.integers(0, 253_402_300_799))
def test_a_date_written_is_read_back(seconds: int) -> None:
    assert parse_http_date(http_date(seconds)) == seconds


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    assert parse_http_date(text) is None or isinstance(parse_http_date(text), int)
