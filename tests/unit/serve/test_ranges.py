"""Parts of a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.serve.errors import RangeNotSatisfiable
from broadsheet.serve.ranges import parse_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-99", (0, 100)),
        ("bytes=0-1000000", (0, 100)),
        ("bytes=10-", (10, 100)),
        ("bytes=-1", (99, 100)),
        ("bytes=-500", (0, 100)),
        ("Bytes=5-6", (5, 7)),
    ],
)
def test_a_single_part_is_cut_to_the_size_of_the_file(header: str, expected: tuple[int, int]) -> None:
    assert parse_range(header, size=100) == expected


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "bytes=0-1,3-4",
        "items=0-1",
        "bytes=a-b",
        "bytes=\u0661-\u0662",
        "bytes=1-2x",
    ],
)
def test_what_is_no_single_range_is_ignored(header: str) -> None:
    assert parse_range(header, size=100) is None


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-5", 0)])
def test_a_part_after_the_end_cannot_be_given(header: str, size: int) -> None:
    with pytest.raises(RangeNotSatisfiable):
        parse_range(header, size=size)


@given(st.text("bytes=-, 0123456789", max_size=40), st.integers(0, 10**6))
def test_a_part_is_never_empty_and_never_leaves_the_file(header: str, size: int) -> None:
    try:
        part = parse_range(header, size=size)
    except RangeNotSatisfiable:
        return
    assert part is None or 0 <= part.start < part.end <= size


@given(st.binary(min_size=1, max_size=300), st.integers(0, 400))
def test_the_parts_of_a_file_put_together_are_the_file(data: bytes, cut: int) -> None:
    cut = min(cut, len(data) - 1)
    tail = parse_range(f"bytes={cut}-", size=len(data))
    assert tail is not None
    head = parse_range(f"bytes=0-{cut - 1}", size=len(data)) if cut else (0, 0)
    assert head is not None
    assert data[head[0] : head[1]] + data[tail.start : tail.end] == data
