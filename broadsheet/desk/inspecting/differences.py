"""The difference between two documents of a subject: field by field, block by block, word by word. Pure.

No input makes it slow: the comparisons of words share one allowance, and a text that would go beyond it is shown as
replaced whole.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from rapidfuzz.distance import LCSseq

from broadsheet.desk.inspecting.fields import Field, block_fields, block_name, fields_of
from broadsheet.desk.inspecting.words import Mark, Run, merged, words_of
from broadsheet.ledger.values import Document, PageDocument, StoryDocument

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from broadsheet.ledger.blocks import Block

SpanKind = Literal["same", "deleted", "inserted", "marked"]
#: Pairs of words that may be laid side by side for two documents: a fifth of a second, and 13 MB, at most.
ALLOWANCE: Final = 100_000_000
#: Cutting a text into words takes time too: as much for one sign as for so many pairs.
_PAIRS_A_SIGN: Final = 100

_OLD: Final = frozenset({"same", "deleted", "marked"})
_NEW: Final = frozenset({"same", "inserted", "marked"})


class Span(msgspec.Struct, frozen=True):
    """Words that share a fate. ``marked``: the words stayed, their marks were ``old_marks`` and are ``marks`` now."""

    kind: SpanKind
    text: str
    marks: tuple[Mark, ...] = ()
    old_marks: tuple[Mark, ...] = ()


class TextDifference(msgspec.Struct, frozen=True):
    """A field in both versions. ``is_whole``: too long to compare, so the old text and the new one stand in full."""

    name: str
    spans: tuple[Span, ...]
    is_whole: bool = False

    @property
    def is_changed(self) -> bool:
        """Return whether anything differs."""
        return any(span.kind != "same" for span in self.spans)

    def old(self) -> tuple[Run, ...]:
        """Return the earlier text."""
        kept = (span for span in self.spans if span.kind in _OLD)
        return merged(Run(span.text, span.old_marks if span.kind == "marked" else span.marks) for span in kept)

    def new(self) -> tuple[Run, ...]:
        """Return the later text."""
        return merged(Run(span.text, span.marks) for span in self.spans if span.kind in _NEW)


class BlockDifference(msgspec.Struct, frozen=True):
    """A block in both versions. Places count from 1; None where the version has no such block."""

    name: str
    old_place: int | None
    new_place: int | None
    is_moved: bool
    fields: tuple[TextDifference, ...]

    @property
    def fate(self) -> Literal["same", "changed", "moved", "deleted", "inserted"]:
        """Return in a word what became of it; a moved block may have changed as well."""
        if self.new_place is None:
            return "deleted"
        if self.old_place is None:
            return "inserted"
        if self.is_moved:
            return "moved"
        return "changed" if any(field.is_changed for field in self.fields) else "same"


class Difference(msgspec.Struct, frozen=True):
    """Everything: fields in reading order, and blocks as the later version has them, deleted ones where they stood."""

    fields: tuple[TextDifference, ...]
    blocks: tuple[BlockDifference, ...]

    @property
    def is_changed(self) -> bool:
        """Return whether anything differs."""
        return any(field.is_changed for field in self.fields) or any(block.fate != "same" for block in self.blocks)


def differences(old: Document, new: Document, *, allowance: int = ALLOWANCE) -> Difference:
    """Return what differs between two documents of one kind.

    Units: ``allowance`` counts pairs of words.
    """
    work = _Work(allowance)
    pairs = zip(fields_of(old), fields_of(new), strict=True)
    fields = tuple(_texts(before, after, work) for before, after in pairs)
    bodied = StoryDocument | PageDocument
    if isinstance(old, bodied) and isinstance(new, bodied):
        return Difference(fields, tuple(_blocks(old.body, new.body, work)))
    return Difference(fields, ())


class _Work:
    """What is left of the allowance."""

    def __init__(self, allowance: int) -> None:
        self.left = allowance

    def take(self, pairs: int) -> bool:
        """Return whether so many pairs may be compared."""
        if pairs > self.left:
            return False
        self.left -= pairs
        return True


def _blocks(old: Sequence[Block], new: Sequence[Block], work: _Work) -> Iterator[BlockDifference]:
    """Yield every block once. Those in the longest row that kept its order stayed; the other common ones moved."""
    old_keys, new_keys = _keys(old, other=new), _keys(new, other=old)
    places = {key: place for place, key in enumerate(old_keys)}
    common = places.keys() & set(new_keys)
    for tag, start, end, new_start, new_end in _steps(old_keys, new_keys, work):
        if tag != "equal":
            for place in (place for place in range(start, end) if old_keys[place] not in common):
                yield _block(old[place], None, work, place=(place, None))
        for place in range(new_start, new_end):
            key = new_keys[place]
            before = places[key] if key in common else None
            yield _block(
                old[before] if before is not None else None,
                new[place],
                work,
                place=(before, place),
                is_moved=tag != "equal" and before is not None,
            )


def _block(
    old: Block | None,
    new: Block | None,
    work: _Work,
    *,
    place: tuple[int | None, int | None],
    is_moved: bool = False,
) -> BlockDifference:
    before, after = (block_fields(block) if block else () for block in (old, new))
    names = [field.name for field in after or before]
    pairs = zip(
        before or [Field(name, ()) for name in names], after or [Field(name, ()) for name in names], strict=True
    )
    shown = new or old
    return BlockDifference(
        name=block_name(shown) if shown else "",
        old_place=None if place[0] is None else place[0] + 1,
        new_place=None if place[1] is None else place[1] + 1,
        is_moved=is_moved,
        fields=tuple(_texts(*pair, work) for pair in pairs),
    )


def _keys(blocks: Sequence[Block], *, other: Sequence[Block]) -> list[Hashable]:
    """Return a key for each block, no two the same: its id, or its words where the other version has no such id.

    A paragraph that was cut out and pasted somewhere else has a new id and the old words.
    """
    theirs = {(type(block), block.id) for block in other}
    seen: Counter[Hashable] = Counter()
    keys: list[Hashable] = []
    for block in blocks:
        name = (type(block), block.id)
        key: Hashable = name if name in theirs else msgspec.structs.replace(block, id="")
        keys.append((key, seen[key]))
        seen[key] += 1
    return keys


def _texts(old: Field, new: Field, work: _Work) -> TextDifference:
    """Compare words by their text; where the words stayed, their marks may still have changed."""
    if old.runs == new.runs:
        return TextDifference(new.name, tuple(Span("same", run.text, run.marks) for run in new.runs))
    if not work.take(_PAIRS_A_SIGN * (len(old.text) + len(new.text))):
        return TextDifference(new.name, tuple(_replaced(old.runs, new.runs)), is_whole=True)
    before, after = list(words_of(old.runs)), list(words_of(new.runs))
    steps = _steps([word.text for word in before], [word.text for word in after], work)
    spans: list[Span] = []
    for tag, start, end, new_start, new_end in steps:
        if tag == "equal":
            spans += map(_kept, before[start:end], after[new_start:new_end])
        else:
            spans += _replaced(before[start:end], after[new_start:new_end])
    is_whole = any(tag == "whole" for tag, *_ in steps)
    return TextDifference(new.name, tuple(_joined(_without_lone_spaces(spans))), is_whole)


def _kept(old: Run, new: Run) -> Span:
    if old.marks == new.marks:
        return Span("same", new.text, new.marks)
    return Span("marked", new.text, new.marks, old.marks)


def _replaced(old: Sequence[Run], new: Sequence[Run]) -> Iterator[Span]:
    yield from (Span("deleted", run.text, run.marks) for run in old)
    yield from (Span("inserted", run.text, run.marks) for run in new)


_Step = tuple[str, int, int, int, int]


def _steps(old: Sequence[Hashable], new: Sequence[Hashable], work: _Work) -> list[_Step]:
    """Return how the one becomes the other: ``(tag, start, end, new start, new end)``, whole where it is too much.

    Tags: equal, replace, whole; either side of a replace may be empty. What both begin and end with is set apart first and costs nothing.
    """
    head = _common(zip(old, new, strict=False))
    most = min(len(old), len(new)) - head
    tail = min(most, _common(zip(reversed(old), reversed(new), strict=False)))
    end, new_end = len(old) - tail, len(new) - tail
    steps: list[_Step] = [("equal", 0, head, 0, head)]
    if end > head and new_end > head and not work.take((end - head) * (new_end - head)):
        steps.append(("whole", head, end, head, new_end))
    else:
        numbers: dict[Hashable, int] = {}
        # Numbers for words: the library compares what it is given by hash.
        before, after = (
            [numbers.setdefault(word, len(numbers)) for word in words] for words in (old[head:end], new[head:new_end])
        )
        for step in LCSseq.opcodes(before, after):
            start, new_start = step.src_start + head, step.dest_start + head
            if step.tag != "equal" and steps[-1][0] != "equal":
                # The library tells an insertion and a deletion at one place as two steps, in either order.
                _tag, start, _end, new_start, _new_end = steps.pop()
            tag = "equal" if step.tag == "equal" else "replace"
            steps.append((tag, start, step.src_end + head, new_start, step.dest_end + head))
    steps.append(("equal", end, len(old), new_end, len(new)))
    return steps


def _common(pairs: Iterator[tuple[Hashable, Hashable]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _without_lone_spaces(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans in groups a person can read: a space alone between two changes is part of both.

    Within a group everything deleted comes before everything inserted.
    """
    group: list[Span] = []
    for place, span in enumerate(spans):
        following = spans[place + 1].kind if place + 1 < len(spans) else "same"
        is_lone = span.kind == "same" and span.text.isspace() and group and following in {"deleted", "inserted"}
        if is_lone:
            group += [
                msgspec.structs.replace(span, kind="deleted"),
                msgspec.structs.replace(span, kind="inserted"),
            ]
        elif span.kind in {"deleted", "inserted"}:
            group.append(span)
        else:
            yield from _sorted(group)
            group = []
            yield span
    yield from _sorted(group)


def _sorted(group: Sequence[Span]) -> Iterator[Span]:
    yield from (span for span in group if span.kind == "deleted")
    yield from (span for span in group if span.kind == "inserted")


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Yield the spans with neighbours that differ in nothing but their words as one."""
    texts: list[str] = []
    last: Span | None = None
    for span in spans:
        if last is not None and msgspec.structs.replace(span, text=last.text) == last:
            texts.append(span.text)
            continue
        if last is not None:
            yield msgspec.structs.replace(last, text="".join(texts))
        last, texts = span, [span.text]
    if last is not None:
        yield msgspec.structs.replace(last, text="".join(texts))
