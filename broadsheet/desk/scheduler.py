"""The scheduler as a process: it waits for the next second at which something is due, and does it then.

After a stop it catches up, in the order things were due. It looks at the table each second, so an appointment made for
the next moment is kept within one second of it, and one made before to the second. It also tells the press when a pin
or strip of a front has ended, and when the paper's day has turned.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from broadsheet.desk.actions import keep_next_due, withdraw_expired_pictures
from broadsheet.desk.actions.arranging import tell_of_ends
from broadsheet.desk.actions.notifying import forget_old_notices
from broadsheet.desk.appointments import next_moment
from broadsheet.plain.times import day_in_zone
from broadsheet.press.actions import keep_at_it, post_notice
from broadsheet.press.values import THE_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from broadsheet.desk.actions.due import Outcome
    from broadsheet.press.actions import Stop

_log = logging.getLogger(__name__)

#: Seconds between two looks: three reads, which an index answers.
_LOOK_S: Final = 1.0
#: Acts in one transaction where many are due, and seconds in which others may then take SQLite's lock.
_TOGETHER: Final = 5
_BREATH_S: Final = 0.005
#: Somebody may set the end of rights to a moment that is past already, and no clock passes that.
_LOOK_AGAIN: Final = timedelta(minutes=10)


def run_scheduler(*, clock: Callable[[], datetime], stop: Stop) -> None:
    """Do what is due until asked to stop; never in the middle of an act. Units: ``clock`` gives UTC."""
    looked_at = clock() - _LOOK_AGAIN  # so that it catches up at once
    turned: date | None = None  # it may have turned while nobody looked

    def work(well: Callable[[], None]) -> None:
        nonlocal looked_at, turned
        while not stop.asked:
            now, moment = clock(), next_moment(after=looked_at)
            if (today := day_in_zone(now, settings.TIME_ZONE)) != turned:
                _turn_the_day(now)
                turned = today
            # Before the last look: the clock was put back.
            if (moment is not None and moment <= now) or not looked_at <= now < looked_at + _LOOK_AGAIN:
                _keep_due(clock, stop)
                _end_rights(now)
                _end_pins(now, stop)
                forget_old_notices(now=now)
                looked_at = now
            else:
                well()
                stop.wait(_LOOK_S if moment is None else min(_LOOK_S, (moment - now).total_seconds()))

    keep_at_it(work, name="scheduler", stop=stop)


def _turn_the_day(now: datetime) -> None:
    """Tell the press that the paper's day is another, for what shows the stories of the last days only."""
    with transaction.atomic():
        post_notice(subject=THE_DAY, now=now)


def _keep_due(clock: Callable[[], datetime], stop: Stop) -> None:
    together = _acts_together()
    while True:
        with transaction.atomic():
            outcomes = list(islice(_kept(clock, stop), together))
        for outcome in outcomes:
            if outcome.record is None:
                _log.warning("Appointed and not done: %s. %s", outcome.appointment, outcome.sentence)
        if len(outcomes) < together:
            return
        if together > 1:
            stop.wait(_BREATH_S)


def _kept(clock: Callable[[], datetime], stop: Stop) -> Iterator[Outcome]:
    while not stop.asked and (outcome := keep_next_due(now=clock())) is not None:
        yield outcome


def _acts_together() -> int:
    """Return how many acts go into one transaction.

    SQLite has one lock, and taking it anew for each of a hundred acts costs a tenth of the time beside the press. With
    locks on rows an act would hold the ledger's while it waits for the next story's, and an editor the other way round.
    """
    return 1 if connection.features.has_select_for_update else _TOGETHER


def _end_rights(now: datetime) -> None:
    try:
        withdraw_expired_pictures(now=now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # noqa: BLE001 - asked again at the next look; it must not hold up what is appointed
        _log.exception("Pictures whose rights have ended could not all be withdrawn.")


def _end_pins(now: datetime, stop: Stop) -> None:
    try:
        tell_of_ends(now=now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # noqa: BLE001 - as the ends of rights
        _log.exception("The press could not be told of all fronts on which something has ended.")
        stop.wait(_LOOK_S)  # it is still due, so the next look would come at once
