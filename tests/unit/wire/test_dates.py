"""When an item was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from broadsheet.wire.dates import written_time
from broadsheet.wire.errors import ItemRefused

ZONE = "Asia/Ho_Chi_Minh"


def test_a_time_with_a_zone_is_that_moment() -> None:
    read = written_time("2025-07-20T09:33:00+07:00", zone=ZONE)
    assert (read.moment, read.assumed) == (datetime(2025, 7, 20, 2, 33, tzinfo=UTC), "")


@pytest.mark.parametrize(
    ("text", "moment", "missing"),
    [
        ("2025-07-20", datetime(2025, 7, 19, 17, 0, tzinfo=UTC), "time of day"),
        ("2025-07-20T09:33:00", datetime(2025, 7, 20, 2, 33, tzinfo=UTC), "zone"),
    ],
)
def test_what_is_missing_is_read_in_the_papers_zone_and_said(text: str, moment: datetime, missing: str) -> None:
    read = written_time(text, zone=ZONE)
    assert read.moment == moment
    assert missing in read.assumed


@pytest.mark.parametrize("text", ["", "yesterday", "0001-01-01T00:00:00+14:00", "2025-02-30"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ItemRefused):
        written_time(text, zone=ZONE)
