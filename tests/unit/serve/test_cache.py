"""The hot cache."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.serve.cache import Copy, HotCache, Identity


def _copy(size: int, inode: int = 1) -> Copy:
    return Copy(Identity(1, inode, 0, size), b"x" * size, '"t"', 0)


def test_a_copy_of_the_older_file_is_no_answer() -> None:
    cache = HotCache(limit_bytes=100_000)
    cache.keep("/en/index.html", _copy(10, inode=1))
    assert cache.find("/en/index.html", Identity(1, 1, 0, 10))
    assert cache.find("/en/index.html", Identity(1, 2, 0, 10)) is None
    assert cache.find("/en/index.html", Identity(1, 1, 7, 10)) is None


def test_the_least_recently_read_goes_first() -> None:
    cache = HotCache(limit_bytes=9 * 1_810)
    for number in range(8):
        cache.keep(f"/{number}", _copy(1_000))
    cache.find("/0", _copy(1_000).identity)
    for number in (8, 9):
        cache.keep(f"/{number}", _copy(1_000))
    assert cache.find("/0", _copy(1_000).identity)
    assert cache.find("/1", _copy(1_000).identity) is None


def test_one_huge_file_does_not_throw_out_the_pages() -> None:
    cache = HotCache(limit_bytes=80_000)
    cache.keep("/page", _copy(100))
    cache.keep("/huge", _copy(60_000))
    assert cache.find("/page", _copy(100).identity)
    assert cache.find("/huge", _copy(60_000).identity) is None


def test_a_file_that_grew_too_big_leaves_nothing_old_behind() -> None:
    cache = HotCache(limit_bytes=80_000)
    cache.keep("/page", _copy(100))
    cache.keep("/page", _copy(60_000, inode=2))
    assert cache.held_bytes == 0


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5_000)), max_size=60), st.integers(0, 30_000))
def test_it_never_holds_more_than_its_limit(writes: list[tuple[int, int]], limit: int) -> None:
    cache = HotCache(limit_bytes=limit)
    for name, size in writes:
        cache.keep(f"/{name}", _copy(size))
        assert 0 <= cache.held_bytes <= limit
