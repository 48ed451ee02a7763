from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.plain.canonical import canonical_bytes, sha256_hex
from broadsheet.plain.errors import BadTime
from broadsheet.plain.times import day_in_zone, moment_in_zone, parse_time, to_utc, utc_now


def test_a_time_with_a_zone_becomes_utc() -> None:
    assert parse_time("2025-07-20T09:33:00+07:00") == datetime(2025, 7, 20, 2, 33, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2025-07-20T09:33:00", "2025-13-01T00:00:00Z", "DNUM_CAZAHZCACF 09:33"]
)
def test_a_time_that_is_none_or_has_no_zone_is_refused(text: str) -> None:
    with pytest.raises(BadTime):
        parse_time(text)


def test_the_day_is_that_of_the_papers_zone() -> None:
    late = datetime(2026, 1, 31, 18, 0, tzinfo=UTC)
    assert day_in_zone(late, "Asia/Ho_Chi_Minh") == date(2026, 2, 1)
    assert day_in_zone(late, "America/New_York") == date(2026, 1, 31)


def test_now_is_utc_to_the_millisecond() -> None:
    now = utc_now()
    assert now.utcoffset() == timedelta(0)
    assert now.microsecond % 1000 == 0


# UTC has no name for the first hours of the year 1 elsewhere.
@given(st.datetimes(datetime(1, 1, 2), timezones=st.just(timezone(timedelta(hours=7)))))  # noqa: DTZ001
def test_utc_is_the_same_moment(moment: datetime) -> None:
    assert to_utc(moment) == moment


@pytest.mark.parametrize(
    ("local", "trouble"),
    [
        ("2026-03-29T02:30", "skipped"),
        ("2026-10-25T02:30", "twice"),
        ("0001-01-01T00:00", "out of reach"),
    ],
)
def test_a_time_that_clocks_skip_or_show_twice_is_refused(local: str, trouble: str) -> None:
    with pytest.raises(BadTime, match=trouble):
        moment_in_zone(datetime.fromisoformat(local), "Europe/Berlin")


@given(
    st.datetimes(min_value=datetime.fromisoformat("2000-01-01"), max_value=datetime.fromisoformat("2040-01-01")),
    st.sampled_from(["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]),
)
def test_any_other_time_is_the_moment_at_which_clocks_there_show_it(local: datetime, zone: str) -> None:
    try:
        moment = moment_in_zone(local, zone)
    except BadTime:
        first, second = (local.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
        assert first.utcoffset() != second.utcoffset()
    else:
        assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local


def test_the_same_value_gives_the_same_bytes_whatever_the_order_it_was_written_in() -> None:
    assert canonical_bytes({"b": 1, "a": "ế"}) == canonical_bytes({"a": "ế", "b": 1}) == '{"a":"ế","b":1}'.encode()
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
