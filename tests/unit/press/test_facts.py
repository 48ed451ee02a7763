"""Digests of facts: equal values share one, and a fact is computed once in a snapshot."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.press.kernel import ABSENT, Facts, fact_digest
from broadsheet.press.values import FactName
from tests.factories.toy_paper import ToyComposer, ToyPaper

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


class Card(msgspec.Struct, frozen=True):
    headline: str
    tags: frozenset[str]


@given(PLAIN, PLAIN)
def test_two_values_share_a_digest_only_when_they_are_equal(one: Any, other: Any) -> None:
    assert (fact_digest(one) == fact_digest(other)) is (
        msgspec.json.encode(one, order="deterministic") == msgspec.json.encode(other, order="deterministic")
    )


@given(st.dictionaries(st.text(max_size=4), st.integers(), min_size=2, max_size=6))
def test_the_order_in_which_a_mapping_was_built_does_not_matter(value: dict[str, int]) -> None:
    assert fact_digest(value) == fact_digest(dict(reversed(value.items())))


def test_the_digest_of_a_struct_with_a_set_is_the_same_in_every_process() -> None:
    card = Card(headline="Bão số 3", tags=frozenset({"storm", "weather", "sea", "coast"}))
    assert fact_digest(card) == "813dd0bb7b6637e7256006a7492aeb3d"


def test_a_fact_that_does_not_exist_has_the_digest_of_nothing() -> None:
    facts = Facts(composer=ToyComposer(ToyPaper()), reader=ToyPaper())
    assert facts.know(FactName("card:7")).digest == ABSENT


def test_a_fact_is_computed_once_in_a_snapshot() -> None:
    paper = ToyPaper()
    paper.release()
    facts = Facts(composer=ToyComposer(paper), reader=paper)
    before = facts.know(FactName("card:1"))
    paper.change(1, headline="Another")
    assert facts.know(FactName("card:1")) is before


def test_a_fact_that_is_no_plain_value_fails_alone() -> None:
    paper = ToyPaper()
    paper.release(headline=object())
    paper.release()
    facts = Facts(composer=ToyComposer(paper), reader=paper)
    assert isinstance(facts.know(FactName("card:1")).error, TypeError)
    assert facts.know(FactName("card:1")).digest.startswith("failed:")
    assert facts.know(FactName("card:2")).error is None


def test_an_error_that_is_fatal_is_not_kept_as_a_fact() -> None:
    paper = ToyPaper()
    with pytest.raises(KeyError):
        Facts(composer=ToyComposer(paper), reader=paper, fatal=(KeyError,)).know(FactName("byline:99"))
