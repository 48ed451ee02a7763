"""Files are read item by item, and a bad line is reported, never the end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.wire import dispatches
from broadsheet.wire.dispatches import Dispatch, Unreadable, read_dispatches

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read(path: Path, data: bytes) -> list[Dispatch | Unreadable]:
    file = path / "items"
    file.write_bytes(data)
    return list(read_dispatches(path=file, received_at=NOW))


def lines(found: list[Dispatch | Unreadable]) -> list[tuple[int, bool]]:
    return [(part.line, isinstance(part, Dispatch)) for part in found]


@pytest.mark.parametrize(
    "data",
    [
        b'{"uri": "a"}',
        b'{\n "uri": "a"\n}\n',
        b'\xef\xbb\xbf{"uri": "a"}',
        '{"uri": "a"}'.encode("utf-16"),
        b'[{"uri": "a"}]',
    ],
)
def test_one_item_is_found_however_it_is_laid_out(tmp_path: Path, data: bytes) -> None:
    assert lines(read(tmp_path, data)) == [(1, True)]


@pytest.mark.parametrize(
    "bad", [b"{", b"\xff\xfe\xfd", b'{"uri": "\0"}', b"[" * 50_000, b"not json", b'{"uri": "half', b'{"a": NaN}']
)
def test_a_bad_line_is_reported_by_number_and_the_others_are_read(tmp_path: Path, bad: bytes) -> None:
    data = b'{"uri": "a"}\n\n' + bad + b'\n{"uri": "b"}\n'
    assert lines(read(tmp_path, data)) == [(1, True), (3, False), (4, True)]


def test_a_bad_first_line_does_not_hide_the_rest(tmp_path: Path) -> None:
    assert lines(read(tmp_path, b'oops\n{"uri": "a"}\n{"uri": "b"}')) == [(1, False), (2, True), (3, True)]


def test_a_line_cut_off_at_the_end_is_reported(tmp_path: Path) -> None:
    found = read(tmp_path, b'\xef\xbb\xbf{"uri": "a"}\n{"uri": "b", "headli')
    assert lines(found) == [(1, True), (2, False)]


def test_half_of_one_item_gives_one_report_not_one_a_line(tmp_path: Path) -> None:
    (part,) = read(tmp_path, b'{\n "uri": "a",\n "headline": "b",\n')
    assert isinstance(part, Unreadable)
    assert "not JSON" in part.reason


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_an_empty_file_is_reported(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data) == [Unreadable(line=1, reason="The file is empty.")]


def test_an_endless_line_is_skipped_without_reading_it_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatches, "ITEM_BYTES", 100)
    data = b'{"uri": "a"}\n' + b'{"uri": "' + b"b" * 1_000 + b'"}\n{"uri": "c"}\n'
    assert lines(read(tmp_path, data)) == [(1, True), (2, False), (3, True)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(), st.lists(st.sampled_from([b'{"uri": "a"}', b"\n", b"{", b"\xff", b"[]", b"\0"])).map(b"".join)
    )
)
def test_any_bytes_are_read_or_reported(tmp_path: Path, data: bytes) -> None:
    for part in read(tmp_path, data):
        assert isinstance(part, Dispatch) or part.reason
