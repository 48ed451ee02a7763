"""From notices to sheets: which facts did these subjects change, and which sheets does that touch.

Only reads. What is found here is written by ``writing.commit_plan``.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, NamedTuple

from broadsheet.press.errors import BadSheetPath
from broadsheet.press.kernel import ABSENT, Facts, Known, encode_value
from broadsheet.press.machine import FATAL, Press, sliced
from broadsheet.press.models import Fact, Notice, Reading
from broadsheet.press.sheet_paths import clean_segments
from broadsheet.press.values import FactName, SheetPath, Subject

#: Notices in one run. With more of them waiting nothing is pressed yet: a list may already show a story whose own
#: notice is not taken, and must not be put before that story.
NOTICES_PER_RUN: Final = 200


class ChangedFact(NamedTuple):
    """A fact whose digest is not the stored one. ``data`` is the value to keep as JSON, where it is kept."""

    digest: str
    data: bytes | None


class Taken(NamedTuple):
    """What a batch of notices comes to.

    Shapes: ``fresh`` maps each touched sheet to whether it belongs to a subject of the batch; ``failures`` maps the
    name of a subject or fact to the sentence that says what went wrong; ``settled`` are the names that went well.
    """

    notices: tuple[int, ...]
    changed: dict[FactName, ChangedFact]
    fresh: dict[SheetPath, bool]
    failures: dict[str, str]
    settled: frozenset[str]
    backlog: bool


def take_notices(press: Press, *, alias: str, facts: Facts, reader: Any) -> Taken:  # noqa: ANN401 - the composer's own
    """Return what the oldest notices of this snapshot come to."""
    rows = list(
        Notice.objects.using(alias).order_by("id").values_list("id", "subject", "locale")[: NOTICES_PER_RUN + 1]
    )
    batch = rows[:NOTICES_PER_RUN]
    subjects = dict.fromkeys(Subject(name, locale) for _, name, locale in batch)
    failures: dict[str, str] = {}
    touched: set[FactName] = set()
    # Stories of one day and section ask for the same.
    stored = cache(lambda name: _stored_value(press, alias, name))
    for subject in subjects:
        try:
            touched |= press.composer.touched(subject, stored=stored, reader=reader)
        except FATAL:
            raise
        except Exception as error:  # noqa: BLE001 - one broken subject must not stop the paper; it is listed
            failures[subject.name] = describe(error)
    changed, owned = _changed_facts(press, alias, sorted(touched), facts, failures)
    fresh = dict.fromkeys(_readers_of(alias, changed), False) | dict.fromkeys(owned, True)
    return Taken(
        notices=tuple(number for number, _, _ in batch),
        changed=changed,
        fresh=fresh,
        failures=failures,
        settled=frozenset({*(subject.name for subject in subjects), *changed} - failures.keys()),
        backlog=len(rows) > len(batch),
    )


def keepable(press: Press, name: FactName, known: Known) -> bytes | None:
    """Return the value as it is stored, or None where only the digest is."""
    if known.value is None or not press.composer.keeps_value(name):
        return None
    return encode_value(known.value)


def describe(error: Exception) -> str:
    """Return the error as one sentence for the list of failures."""
    return f"{type(error).__name__}: {error}"[:2000]


def _stored_value(press: Press, alias: str, name: FactName) -> Any:  # noqa: ANN401 - a fact is any plain value
    data = Fact.objects.using(alias).filter(name=name).values_list("value", flat=True).first()
    return None if data is None else press.composer.decode(name, bytes(data))


def _changed_facts(
    press: Press, alias: str, names: list[FactName], facts: Facts, failures: dict[str, str]
) -> tuple[dict[FactName, ChangedFact], set[SheetPath]]:
    """Early cutoff 1: a fact with the digest it had stops here."""
    changed: dict[FactName, ChangedFact] = {}
    owned: set[SheetPath] = set()
    for part in sliced(names):
        rows = Fact.objects.using(alias).filter(name__in=part).values_list("name", "digest", "value")
        before = {name: (digest, None if data is None else bytes(data)) for name, digest, data in rows}
        for name in part:
            old_digest, old_data = before.get(name, (ABSENT, None))
            known = facts.know(name)
            if known.digest == old_digest:
                continue
            # A fact that cannot be computed keeps the place its story had, or nobody would clear that place later.
            changed[name] = ChangedFact(known.digest, old_data if known.error else keepable(press, name, known))
            try:
                owned |= _owned(press, name, old_data, known)
            except Exception as error:  # noqa: BLE001 - as above
                failures[name] = describe(error)
    return changed, owned


def _owned(press: Press, name: FactName, old_data: bytes | None, known: Known) -> set[SheetPath]:
    before = None if old_data is None else press.composer.decode(name, old_data)
    paths = set(press.composer.owned(name, before=before, after=known.value))
    for path in paths:
        try:
            clean_segments(path)
        except BadSheetPath as error:
            error.add_note(f"The fact {name} claims to own it.")
            raise
    return paths


def _readers_of(alias: str, changed: dict[FactName, ChangedFact]) -> set[SheetPath]:
    stale: set[SheetPath] = set()
    for part in sliced(changed):
        readings = Reading.objects.using(alias).filter(fact__in=part).values_list("sheet", "fact", "digest")
        for sheet, fact, digest in readings.iterator(chunk_size=5000):
            if digest != changed[FactName(fact)].digest:
                stale.add(SheetPath(sheet))
    return stale
