"""Keeping appointments: what is due is done, in the order it was due, each once.

The act and the end of the appointment are one transaction. A worker that is killed, a database that goes away: the
database undoes both, and whoever looks next finds the appointment as it was (decision 0021). So there is no lease that
could run out while its holder still works.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError, transaction

from broadsheet.desk.actions.act import hold
from broadsheet.desk.actions.appointed import APPOINTED
from broadsheet.desk.actions.appointing import check_text, note, words_of
from broadsheet.desk.actors import acting_as, person
from broadsheet.desk.asking import asking
from broadsheet.desk.errors import ActRefused, NotAllowed
from broadsheet.desk.models import Appointment, Front, Navigation
from broadsheet.desk.models.appointment import GOING_OUT
from broadsheet.desk.models.undrafted import Undrafted
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.values import Act, ReleaseRecord

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet

_log = logging.getLogger(__name__)

_A_BUG = "Something went wrong that is no fault of yours; the paper's own log says what. Do it by hand."


class Outcome(NamedTuple):
    """What became of an appointment: the release it led to, or None and the sentence why."""

    appointment: Appointment
    record: ReleaseRecord | None
    sentence: str


def keep_next_due(*, now: datetime) -> Outcome | None:
    """Keep the appointment that has been due longest; None when nothing is due.

    One that cannot be kept stays with the sentence why, and stands in nobody's way.

    Units: ``now`` is UTC.
    Raises: django.db.OperationalError, InterfaceError: nothing was done, it is still due.
    """
    due = _due(now)
    while (
        first := due.values("pk", "page_id", "page__content_type_id", "navigation_id", "front_id").first()
    ) is not None:
        with transaction.atomic():
            appointment = _hold(first)
            if appointment is not None:
                return _keep(appointment, now=now)
    return None


def _due(now: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(failed_at=None, due_at__lte=now).order_by("due_at", "pk")


def _hold(found: Mapping[str, Any]) -> Appointment | None:
    """Hold row and appointment until the transaction ends; None when somebody kept or cancelled it meanwhile.

    The row first, as every act and everybody who makes or cancels an appointment does, so that no two wait for each
    other. A second scheduler waits here too, which is what keeps the order.
    """
    try:
        row = hold(_unread(found))
        appointments = Appointment.objects.select_for_update(of=("self",)).select_related("made_by")
        appointment = appointments.get(pk=found["pk"])
    except ObjectDoesNotExist:
        return None
    if appointment.failed_at is not None:
        return None
    appointment.row = row
    return appointment


def _unread(found: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a Story, StandingPage, Navigation or Front
    """Return what it is about by its number alone."""
    if found["page_id"] is not None:
        model: Any = ContentType.objects.get_for_id(found["page__content_type_id"]).model_class()
        return model(pk=found["page_id"])
    return Navigation(pk=found["navigation_id"]) if found["navigation_id"] is not None else Front(pk=found["front_id"])


def _keep(appointment: Appointment, *, now: datetime) -> Outcome:
    try:
        with transaction.atomic():
            record = _do(appointment, now=now)
            Appointment.objects.filter(pk=appointment.pk).delete()
    except ActRefused as refused:
        sentence = str(refused)
    except (OperationalError, InterfaceError):
        raise  # the database is in trouble, not this subject
    except Exception:  # noqa: BLE001 - a bug met by one subject must not keep the others at the desk
        _log.exception("The appointment of %s could not be kept.", subject_of(appointment.row).urn)
        sentence = _A_BUG
    else:
        return Outcome(appointment, record, "")
    Appointment.objects.filter(pk=appointment.pk).update(failed_at=now, sentence=sentence)
    maker = person(appointment.made_by) if appointment.made_by else None
    note(appointment, deed="failed", words=f"{words_of(appointment)}: {sentence}", actor=maker)
    return Outcome(appointment, None, sentence)


def _do(appointment: Appointment, *, now: datetime) -> ReleaseRecord:
    """Do the act as whoever appointed it, with the rights that person has now."""
    row, maker, act = appointment.row, appointment.made_by, Act(appointment.act)
    if maker is None:
        msg = "Whoever appointed this is no longer at the desk, so nobody answers for it."
        raise NotAllowed(msg)
    if act in GOING_OUT:
        check_text(row, text_seen=appointment.text_saved_at, since="this was appointed")
    with acting_as(maker), asking() as asked:
        # A draft is known by when it was saved, what has none by what readers had.
        if act is Act.RELEASE or (act is Act.UPDATE and isinstance(row, Undrafted)):
            asked.seen[subject_of(row).urn] = appointment.seen_release
        record = APPOINTED[act](appointment, now=now).execute()
    # What is appointed for later was made knowing of this.
    row.appointments.update(seen_release=record.number)
    return record
