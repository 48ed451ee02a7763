"""When an item was written, in the paper's time."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from broadsheet.plain.times import to_utc
from broadsheet.wire.errors import ItemRefused
from broadsheet.wire.items import WrittenTime

_DATE_LENGTH: Final = len("2025-07-20")


def written_time(text: str, *, zone: str) -> WrittenTime:
    """Return the moment, in UTC to the second-thousandth.

    A time without a zone, or a bare day, is taken to be the paper's own. Units: ``zone`` is an IANA name.
    Raises: ItemRefused when it is no time.
    """
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
        if moment.tzinfo is not None:
            return WrittenTime(moment=to_utc(moment))
        moment = to_utc(moment.replace(tzinfo=ZoneInfo(zone)))
    except (ValueError, OverflowError) as error:
        msg = f"{text!r} is not a time." if text else "The item carries no date."
        raise ItemRefused(msg) from error
    missing = "time of day" if len(text) <= _DATE_LENGTH else "zone"
    return WrittenTime(moment=moment, assumed=f"{text} carries no {missing}; it was read in the paper's zone, {zone}.")
