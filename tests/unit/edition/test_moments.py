"""Times on the page are figures in the order of the language, in the paper's zone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from broadsheet.edition.moments import iso_time, shown_day, shown_time
from broadsheet.plain.errors import BadTime
from broadsheet.plain.locales import Locale

EN = Locale("en")


def test_the_day_is_the_papers_not_that_of_utc() -> None:
    late = datetime(2025, 12, 31, 18, 5, 59, 999999, tzinfo=UTC)
    assert shown_time(late, "Asia/Ho_Chi_Minh", locale=EN).shown == "01/01/2026 01:05"
    assert shown_time(late, "Asia/Ho_Chi_Minh", locale=EN).iso == "2026-01-01T01:05:59+07:00"


def test_the_offset_follows_the_zones_summer() -> None:
    assert iso_time(datetime(2026, 7, 1, 12, tzinfo=UTC), "Europe/Madrid").endswith("+02:00")
    assert iso_time(datetime(2026, 1, 1, 12, tzinfo=UTC), "Europe/Madrid").endswith("+01:00")


def test_the_same_moment_prints_the_same_whatever_zone_it_came_in() -> None:
    there = datetime(2025, 7, 20, 9, 33, tzinfo=timezone(timedelta(hours=7)))
    zone = "Asia/Ho_Chi_Minh"
    assert shown_time(there, zone, locale=EN) == shown_time(there.astimezone(UTC), zone, locale=EN)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(BadTime):
        shown_time(datetime(2025, 7, 20, 9, 33), "Asia/Ho_Chi_Minh", locale=EN)  # noqa: DTZ001 - that is the case


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en", "05/07/2025 09:03"),
        ("en-US", "07/05/2025 09:03"),
        ("vi", "05/07/2025 09:03"),
        ("es", "05/07/2025 09:03"),
        ("fr", "05/07/2025 09:03"),
        ("ar", "05\u200f/07\u200f/2025 09:03"),
        ("de", "05.07.2025 09:03"),
        ("zh-Hant", "2025/07/05 09:03"),
        ("tlh", "05/07/2025 09:03"),
    ],
)
def test_each_language_has_its_own_order_of_figures_all_of_them_in_full(locale: str, shown: str) -> None:
    moment = datetime(2025, 7, 5, 2, 3, tzinfo=UTC)
    assert shown_time(moment, "Asia/Ho_Chi_Minh", locale=Locale(locale)).shown == shown


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en", "4 March 2026"),
        ("vi", "4 tháng 3, 2026"),
        ("es", "4 de marzo de 2026"),
        ("fr", "4 mars 2026"),
        ("ar", "4 مارس 2026"),
        ("ja", "2026年3月4日"),
    ],
)
def test_days_are_said_with_the_month_in_words(locale: str, shown: str) -> None:
    day = shown_day(date(2026, 3, 4), locale=Locale(locale))
    assert (day.iso, day.shown) == ("2026-03-04", shown)


def test_days_before_the_year_1000_keep_their_iso_form() -> None:
    assert shown_day(date(987, 1, 2), locale=EN).iso == "0987-01-02"
