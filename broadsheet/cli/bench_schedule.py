"""How long stories that are all due in one second take, from that second to the last commit and the last sheet.

A whole demo paper runs for it, as in ``broadsheet run``. Import it only once Django is set up.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec
from django.contrib.auth import get_user_model

from broadsheet.cli.bench_paper import BenchFailed, beside_paper, make_draft
from broadsheet.demo.values import read_newsroom
from broadsheet.desk.actions import make_appointment
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import Appointment
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act
from broadsheet.plain.times import utc_now
from broadsheet.press.queries import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from broadsheet.desk.models import Story

#: The plan: 100 due in one second are out in 3 s on SQLite.
LIMIT_SECONDS: Final = 3.0
_CALM: Final = timedelta(seconds=5)
_PATIENCE_SECONDS: Final = 120
#: Each look takes a millisecond of what is measured.
_LOOK_SECONDS: Final = 0.05


class Scheduled(msgspec.Struct, frozen=True):
    """What the bench found: seconds from the moment all were due."""

    releases: int
    committed_s: float
    pressed_s: float
    limit_s: float = LIMIT_SECONDS


def measure_schedule(*, releases: int, desk_port: int, site_port: int) -> Scheduled:
    """Run the paper, which must be prepared and empty but for the demo, and measure.  Raises: BenchFailed."""
    drafts = [make_draft(f"Appointed story {number}") for number in range(releases)]
    return beside_paper(lambda: _measure(drafts), desk_port=desk_port, site_port=site_port)


def _measure(drafts: Sequence[Story]) -> Scheduled:
    """Appoint all for one second, and wait until they are out.  Raises: BenchFailed."""
    reader = LedgerReader()
    login = next(person.login for person in read_newsroom().people if person.login == "chief")
    # Appointing takes its time; the paper is to be at rest again when the moment comes.
    due_at = (utc_now() + timedelta(milliseconds=50 * len(drafts)) + _CALM).replace(microsecond=0)
    with acting_as(get_user_model().objects.get_by_natural_key(login)):
        for draft in drafts:
            text_seen = draft.latest_revision_created_at
            make_appointment(draft, act=Act.RELEASE, due_at=due_at, text_seen=text_seen, now=utc_now())
    before = reader.last_number()
    if utc_now() >= due_at:
        msg = "appointing took longer than the bench waits."
        raise BenchFailed(msg)
    time.sleep((due_at - utc_now()).total_seconds())
    committed_s = _seconds_until(lambda: not Appointment.objects.filter(failed_at=None).exists(), since=due_at)
    pressed_s = _seconds_until(lambda: not any(waiting()), since=due_at)
    if (failed := Appointment.objects.first()) is not None:
        msg = f"an appointment was not kept: {failed.sentence}"
        raise BenchFailed(msg)
    if reader.last_number() - before < len(drafts):
        msg = "not every appointed story is in the ledger."
        raise BenchFailed(msg)
    return Scheduled(releases=len(drafts), committed_s=committed_s, pressed_s=pressed_s)


def _seconds_until(is_done: Callable[[], bool], *, since: datetime) -> float:
    while not is_done():
        if (utc_now() - since).total_seconds() > _PATIENCE_SECONDS:
            msg = f"not all is out {_PATIENCE_SECONDS} s after it was due."
            raise BenchFailed(msg)
        time.sleep(_LOOK_SECONDS)
    return round((utc_now() - since).total_seconds(), 2)
