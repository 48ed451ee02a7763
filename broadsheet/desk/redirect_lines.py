"""Redirects as somebody writes them down: a line each, the old address and the new one."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.desk.errors import NotReady, Problem
from broadsheet.plain.errors import BadAddress
from broadsheet.plain.old_addresses import old_address, written_address

if TYPE_CHECKING:
    from collections.abc import Iterator

#: In the whole paper, and so in one import.
MOST_REDIRECTS: Final = 100_000
#: Nobody reads more of them at once.
_TOLD: Final = 100
_CELLS: Final = 2


class RedirectLine(NamedTuple):
    """One line: ``old`` as it is kept, ``new`` as it was written, percent signs resolved."""

    number: int
    old: str
    new: str


def read_lines(text: str, *, base_url: str) -> list[RedirectLine]:
    """Return the lines: two addresses with a space, tab, comma or semicolon between; a first line of names is passed over.

    Addresses may be written whole where they are the paper's own.
    Raises: NotReady naming every line that is none, by its number.
    """
    lines, problems = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or (number == 1 and "/" not in line):
            continue
        try:
            lines.append(_read(number, line, base_url))
        except BadAddress as bad:
            problems.append((number, str(bad)))
    if len(lines) > MOST_REDIRECTS:
        problems.insert(
            0, (0, f"There are more than {MOST_REDIRECTS:,} lines. Keep the addresses that are still asked for.")
        )
    refuse(problems)
    return lines


def refuse(problems: list[tuple[int, str]]) -> None:
    """Raise NotReady with a sentence a line, if there is any; where there are many, with the first ones."""
    if problems:
        told = [Problem("lines", f"Line {number}: {sentence}" if number else sentence) for number, sentence in problems]
        more = [Problem("lines", f"And {len(told) - _TOLD} lines more.")] if len(told) > _TOLD else []
        raise NotReady((*told[:_TOLD], *more))


def _read(number: int, line: str, base_url: str) -> RedirectLine:
    cells = list(_cells(line))
    if len(cells) != _CELLS:
        msg = "It does not hold two addresses, the old one and the new one."
        raise BadAddress(msg)
    old, new = (_own_path(cell, base_url) for cell in cells)
    return RedirectLine(number, old_address(written_address(old)), written_address(new))


def _cells(line: str) -> Iterator[str]:
    words = line.split()
    if len(words) == _CELLS and '"' not in line:
        yield from (words[0].rstrip(",;"), words[1])
        return
    separator = next((each for each in "\t;," if each in line), ",")
    try:
        cells = next(csv.reader([line], delimiter=separator))
    except csv.Error:  # a cell far longer than any address
        return
    yield from (cell.strip() for cell in cells if cell.strip())


def _own_path(cell: str, base_url: str) -> str:
    path = cell.removeprefix(base_url) if cell.startswith(f"{base_url}/") else cell
    if "://" in path or path.startswith(("//", "/\\")):
        msg = f"“{cell}” is at another host; write what stands after the host, beginning with a slash."
        raise BadAddress(msg)
    return path
