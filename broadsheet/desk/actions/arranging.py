"""Fronts: sending one to readers, and telling the press when a pin or strip has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, transaction

from broadsheet.desk.actions.act import hold
from broadsheet.desk.actions.sending import send
from broadsheet.desk.front_stream import ends_of
from broadsheet.desk.models import Front
from broadsheet.desk.subjects import subject_of
from broadsheet.press.actions import post_notice
from broadsheet.press.values import Subject

if TYPE_CHECKING:
    from datetime import datetime


def send_front(front: Front, *, now: datetime) -> None:
    """Save the front and let readers have it, or neither. Raises: ActRefused."""
    send(front, now=now)


def keep_next_end(front: Front) -> None:
    """Note when the first of its pins ends, or its strip; also where that is past, as nobody told the press yet."""
    Front.objects.filter(pk=front.pk).update(next_end=min(ends_of(front), default=None))


def tell_of_ends(*, now: datetime) -> int:
    """Tell the press of every front on which something has ended; return how many. Nothing is released by that.

    Which stories stand there is worked out by whoever composes the front, from the moment of the composing.

    Units: ``now`` is UTC.
    Raises: ExceptionGroup with what kept single fronts from being told, once all others are.
    """
    numbers = list(Front.objects.filter(next_end__lte=now).order_by("next_end", "pk").values_list("pk", flat=True))
    troubles: list[Exception] = []
    for number in numbers:
        try:
            _tell_of_end(number, now=now)
        except (OperationalError, InterfaceError):
            raise  # the database is in trouble, not this front
        except Exception as trouble:  # noqa: BLE001 - a front that cannot be read must not hold back the others
            troubles.append(trouble)
    if troubles:
        msg = "Fronts on which something has ended could not be read."
        raise ExceptionGroup(msg, troubles)
    return len(numbers)


def _tell_of_end(number: int, *, now: datetime) -> None:
    with transaction.atomic():
        front: Front = hold(Front(pk=number))
        subject = subject_of(front)
        post_notice(subject=Subject(subject.urn, subject.locale), now=now)
        coming = [end for end in ends_of(front) if end > now]
        Front.objects.filter(pk=number).update(next_end=min(coming, default=None))
