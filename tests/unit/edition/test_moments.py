"""Times on the page have one form, in the paper's zone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from broadsheet.edition.moments import shown_day, shown_time
from broadsheet.plain.errors import BadTime


def test_the_day_is_the_papers_not_that_of_utc() -> None:
    late = datetime(2025, 12, 31, 18, 5, 59, 999999, tzinfo=UTC)
    assert shown_time(late, "Asia/Ho_Chi_Minh").shown == "01/01/2026 01:05"
    assert shown_time(late, "Asia/Ho_Chi_Minh").iso == "2026-01-01T01:05:59+07:00"


def test_the_offset_follows_the_zones_summer() -> None:
    assert shown_time(datetime(2026, 7, 1, 12, tzinfo=UTC), "Europe/Madrid").iso.endswith("+02:00")
    assert shown_time(datetime(2026, 1, 1, 12, tzinfo=UTC), "Europe/Madrid").iso.endswith("+01:00")


def test_the_same_moment_prints_the_same_whatever_zone_it_came_in() -> None:
    there = datetime(2025, 7, 20, 9, 33, tzinfo=timezone(timedelta(hours=7)))
    assert shown_time(there, "Asia/Ho_Chi_Minh") == shown_time(there.astimezone(UTC), "Asia/Ho_Chi_Minh")


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(BadTime):
        shown_time(datetime(2025, 7, 20, 9, 33), "Asia/Ho_Chi_Minh")  # noqa: DTZ001 - that is the case


@pytest.mark.parametrize(
    ("day", "iso", "shown"), [((2026, 3, 4), "2026-03-04", "04/03/2026"), ((987, 1, 2), "0987-01-02", "02/01/0987")]
)
def test_days_are_written_out_in_full(day: tuple[int, int, int], iso: str, shown: str) -> None:
    assert (shown_day(date(*day)).iso, shown_day(date(*day)).shown) == (iso, shown)
