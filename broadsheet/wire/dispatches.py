"""Dispatches: news items exactly as they came, one by one out of a file.

Must never give up on a file because of one bad line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec

from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.times import UtcTime
from broadsheet.wire.errors import NotAnItem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: One item larger than this is no story; reading on would only fill the memory.
ITEM_BYTES: Final = 32 * 1024 * 1024
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Dispatch(msgspec.Struct, frozen=True):
    """One item as it was sent. ``line`` is where in the file it starts, from 1."""

    line: int
    data: bytes
    digest: str
    received_at: UtcTime


class Unreadable(msgspec.Struct, frozen=True):
    """A part of the file that is no item, and why."""

    line: int
    reason: str


def read_dispatches(*, path: Path, received_at: UtcTime) -> Iterator[Dispatch | Unreadable]:
    """Yield the items of a file: one JSON item however it is laid out, an array of items, or one item a line.

    Shapes: in the file's order; a file with nothing in it gives one Unreadable.
    Raises: OSError when the file cannot be read.
    """
    with path.open("rb") as file:
        first = file.readline(ITEM_BYTES + 1)
        rest_is_empty = not file.read(1)
        file.seek(0)
        if _is_object(first) and not rest_is_empty and not first.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield from _from_lines(file, received_at)
            return
        if path.stat().st_size <= ITEM_BYTES:
            data = _as_utf8(file.read())
            whole = _whole(data, received_at)
            if whole is not None:
                yield from whole
                return
            yield from _lines_or_one_refusal(data, received_at)
            return
        yield from _from_lines(file, received_at)


def decode(data: bytes) -> object:
    """Return the JSON value of the bytes.

    Raises: NotAnItem with what is wrong, in words.
    """
    if b"\0" in data:
        msg = "it holds NUL bytes, which no text does"
        raise NotAnItem(msg)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        msg = f"it is not UTF-8 (byte {error.start + 1})"
        raise NotAnItem(msg) from error
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        msg = f"it is not JSON: {error}"
        raise NotAnItem(msg) from error
    except RecursionError as error:
        msg = "it nests values too deep"
        raise NotAnItem(msg) from error


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(decode(_as_utf8(line)), dict)
    except NotAnItem:
        return False


def _as_utf8(data: bytes) -> bytes:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff").encode()
            except UnicodeError:  # the bytes lie about themselves; decode() says so
                return data
    return data


def _whole(data: bytes, received_at: UtcTime) -> list[Dispatch | Unreadable] | None:
    """Return the items when the file is one JSON value, None when it is not."""
    if not data.strip():
        return [Unreadable(line=1, reason="The file is empty.")]
    try:
        value = decode(data)
    except NotAnItem:
        return None
    if isinstance(value, list):
        parts = [msgspec.json.encode(part) for part in value]
        return [_dispatch(number, part, received_at) for number, part in enumerate(parts, start=1)]
    return [_dispatch(1, data, received_at)]


def _lines_or_one_refusal(data: bytes, received_at: UtcTime) -> Iterator[Dispatch | Unreadable]:
    found = [_from_line(number, line, received_at) for number, line in enumerate(data.splitlines(), start=1)]
    if any(_is_object(line) for line in data.splitlines()):
        yield from (part for part in found if part is not None)
        return
    try:
        decode(data)
    except NotAnItem as error:
        yield Unreadable(line=1, reason=f"The file is no item and holds none: {error}.")


def _from_lines(file: BinaryIO, received_at: UtcTime) -> Iterator[Dispatch | Unreadable]:
    number = 0
    while line := file.readline(ITEM_BYTES + 1):
        number += 1
        if len(line) > ITEM_BYTES:
            yield Unreadable(line=number, reason=f"Line {number} is longer than {ITEM_BYTES // 1024 // 1024} MB.")
            while line and not line.endswith(b"\n"):
                line = file.readline(ITEM_BYTES)
            continue
        part = _from_line(number, _as_utf8(line) if number == 1 else line, received_at)
        if part is not None:
            yield part


def _from_line(number: int, line: bytes, received_at: UtcTime) -> Dispatch | Unreadable | None:
    if not line.strip():
        return None
    try:
        decode(line)
    except NotAnItem as error:
        return Unreadable(line=number, reason=f"Line {number} cannot be read: {error}.")
    return _dispatch(number, line.strip(), received_at)


def _dispatch(line: int, data: bytes, received_at: UtcTime) -> Dispatch:
    return Dispatch(line=line, data=data, digest=sha256_hex(data), received_at=received_at)
