"""What stands beside the running text: pull quotes, galleries, tables, fact boxes, timelines. Empty ones are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from broadsheet.desk.compiling.picture_use import PictureWords, use_picture
from broadsheet.desk.compiling.rich_text import one_paragraph, paragraphs
from broadsheet.desk.compiling.wording import one_line
from broadsheet.ledger.blocks import FactBox, Gallery, PullQuote, Table, Timeline, TimelineEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.plain.locales import Locale
    from broadsheet.plain.urns import Urn

_LINE: Final = re.compile(r"\r\n|\r|\n")


def pull_quote(block_id: str, value: Mapping[str, Any]) -> Iterator[PullQuote]:
    """Yield the pull quote."""
    if words := one_line(value["words"]):
        yield PullQuote(id=block_id, words=words, speaker=one_line(value["speaker"]))


def gallery(block_id: str, value: Mapping[str, Any], *, locale: Locale) -> Iterator[Gallery]:
    """Yield the gallery; each picture gets the block's id with its number."""
    chosen = [each for each in value["pictures"] if each["picture"] is not None]
    shown = tuple(
        use_picture(
            each["picture"],
            block_id=f"{block_id}-{number}",
            words=PictureWords(caption=each["caption"], alt=each["alt"]),
            locale=locale,
        )
        for number, each in enumerate(chosen, start=1)
    )
    if shown:
        yield Gallery(id=block_id, title=one_line(value["title"]), pictures=shown)


def table(block_id: str, value: Mapping[str, Any]) -> Iterator[Table]:
    """Yield the table, its short rows filled up with empty cells."""
    rows = cells_of(value["rows"])
    columns = max(map(len, rows), default=0)
    filled = tuple((*row, *("",) * (columns - len(row))) for row in rows)
    if filled:
        yield Table(
            id=block_id,
            title=one_line(value["title"]),
            rows=filled,
            has_head=bool(value["has_head"]) and len(filled) > 1,
            names_rows=bool(value["names_rows"]),
        )


def cells_of(text: str | None) -> list[tuple[str, ...]]:
    """Return the cells of each row that has words: set apart by tabs, as spreadsheets copy them, or by ``|``."""
    text = text or ""
    lines = _LINE.split(text)
    split = [line.split("\t") if "\t" in text else _between_bars(line) for line in lines]
    rows = [tuple(one_line(cell) for cell in row) for row in split]
    return [row for row in rows if any(row)]


def fact_box(block_id: str, value: Mapping[str, Any], targets: Mapping[int, Urn]) -> Iterator[FactBox]:
    """Yield the fact box."""
    if text := paragraphs(value["text"].source, targets=targets):
        yield FactBox(id=block_id, title=one_line(value["title"]), paragraphs=text)


def timeline(block_id: str, value: Mapping[str, Any], targets: Mapping[int, Urn]) -> Iterator[Timeline]:
    """Yield the timeline without events that say nothing."""
    read = ((one_line(each["when"]), one_paragraph(each["words"].source, targets=targets)) for each in value["events"])
    if events := tuple(TimelineEvent(when=when, words=words) for when, words in read if words):
        yield Timeline(id=block_id, title=one_line(value["title"]), events=events)


def _between_bars(line: str) -> list[str]:
    return line.strip().removeprefix("|").removesuffix("|").split("|")
