"""One part of a file, for video, sound and interrupted downloads."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from broadsheet.serve.errors import RangeNotSatisfiable

#: One range only. Several in one request are answered with the whole file, as the standard allows: nobody needs them
#: here, and overlapping ones are a known way to wear a server out.
_SINGLE: Final = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


class ByteRange(NamedTuple):
    """Bytes ``start`` to ``end``, end exclusive; never empty."""

    start: int
    end: int


def parse_range(header: str, *, size: int) -> ByteRange | None:
    """Return the part asked for, or None where the header is to be ignored.

    Units: ``size`` in bytes.  Raises: RangeNotSatisfiable.  Source: RFC 9110 sections 14.1.2 and 14.2.
    """
    match = _SINGLE.fullmatch(header)
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        start, end = max(0, size - int(match[2])), size
    else:
        start = int(match[1])
        end = size if not match[2] else min(size, int(match[2]) + 1)
        if match[2] and int(match[2]) < start:
            return None
    if start >= end:
        raise RangeNotSatisfiable
    return ByteRange(start, end)
