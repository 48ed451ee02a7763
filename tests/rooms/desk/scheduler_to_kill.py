"""A process that forks workers, each killed at another place in the middle of keeping an appointment.

Started with the name of the test's database and the places: the number of a statement, ``commit`` (before it) or
``committed`` (after it). Once each worker is dead it prints how many releases of stories the ledger has, and how many
appointments are open.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import django

django.setup()

from django.db import connection, connections  # noqa: E402

from broadsheet.desk.actions import keep_next_due  # noqa: E402
from broadsheet.desk.models import Appointment  # noqa: E402
from broadsheet.ledger.models import Release  # noqa: E402
from broadsheet.plain.times import utc_now  # noqa: E402


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def work(place: str) -> None:
    """Keep what is due, and die at that place."""
    commit, left = connection._commit, [int(place) if place.isdigit() else -1]

    def counted(execute: Any, *args: Any) -> Any:
        left[0] -= 1
        return die() if left[0] == 0 else execute(*args)

    def committing() -> None:
        if place == "commit":
            die()
        commit()
        if place == "committed":
            die()

    connection._commit = committing  # type: ignore[method-assign]
    with connection.execute_wrapper(counted):
        keep_next_due(now=utc_now())
    os._exit(0)


def main(database: str, places: list[str]) -> None:
    connection.settings_dict["NAME"] = database
    for place in places:
        child = os.fork()
        if child == 0:
            work(place)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        released = Release.objects.filter(kind="story").count()
        print(place, killed, released, Appointment.objects.count(), flush=True)
        connections.close_all()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
