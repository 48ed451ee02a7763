"""Which coding a reader gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.serve.negotiation import acceptable_codings


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, ("identity",)),
        ("", ("identity",)),
        ("gzip", ("gzip", "identity")),
        ("gzip, deflate, br, zstd", ("br", "gzip", "identity")),
        ("br;q=0.5, gzip;q=0.8", ("gzip", "br", "identity")),
        ("br;q=0, gzip", ("gzip", "identity")),
        ("*", ("br", "gzip", "identity")),
        ("*;q=0", ("identity",)),
        ("br;q=0, *", ("gzip", "identity")),
        ("identity;q=1, br;q=0.5", ("identity", "br")),
        ("gzip;q=0.001", ("gzip", "identity")),
        ("x-gzip", ("gzip", "identity")),
        ("GZIP;Q=1.0", ("gzip", "identity")),
        ("  br ; q=1.000 ,gzip", ("br", "gzip", "identity")),
        ("identity;q=0, gzip", ("gzip", "identity")),
        ("br;q=2, gzip", ("gzip", "identity")),
        ("br;q=nonsense", ("identity",)),
        ("brotli, gzipp", ("identity",)),
    ],
)
def test_the_browsers_wishes_decide_and_smaller_wins_among_equals(
    header: str | None, expected: tuple[str, ...]
) -> None:
    assert acceptable_codings(header) == expected


@given(st.text(max_size=400))
def test_no_header_at_all_leaves_a_reader_without_a_page(header: str) -> None:
    codings = acceptable_codings(header)
    assert "identity" in codings
    assert len(set(codings)) == len(codings)


@given(st.sampled_from(["br", "gzip"]), st.text("bgripz,;q=0.1 *", max_size=60))
def test_a_coding_nobody_named_is_never_sent(coding: str, header: str) -> None:
    if coding not in header and "*" not in header:
        assert coding not in acceptable_codings(header)
