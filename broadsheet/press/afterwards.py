"""Small work of other rooms that waits until nothing is due: until no run can write again what it takes away."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError

_log = logging.getLogger(__name__)

#: Does its work, or nothing where there is none; asked after every press, so that must cost next to nothing.
Work = Callable[[], object]

_works: list[Work] = []


def register_afterwards(work: Work) -> None:
    """Let this be done whenever the press has nothing more to do. Called once, from an ``AppConfig.ready``."""
    if work not in _works:
        _works.append(work)


def do_afterwards() -> None:
    """Do all of it; what fails is logged and done again after the next press."""
    for work in _works:
        try:
            work()
        except (InterfaceError, OperationalError) as error:
            _log.warning("Work that follows a press waits for the database (%s).", type(error).__name__)
        except Exception:  # noqa: BLE001 - another room's trouble must not stop the press
            _log.warning("Work that follows a press failed.", exc_info=True)
