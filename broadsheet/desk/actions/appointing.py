"""Appointments: a story, standing page, navigation or front is to go out, or come off, at a set second. They are kept by ``actions.due``.

Who makes one must have the right to the act, and the text must be ready for it apart from the time. Both are asked
again when it is due, since much may happen until then.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale

from broadsheet.desk.actions.act import hold, is_released, name_of
from broadsheet.desk.actions.moments import said, said_by_the_paper
from broadsheet.desk.actions.release import Release
from broadsheet.desk.actions.update import Update
from broadsheet.desk.actions.withdraw import Withdraw
from broadsheet.desk.actors import current_actor
from broadsheet.desk.entries import entries_of, put_entries
from broadsheet.desk.errors import ChangedMeanwhile, NotAllowed, NotReady, Problem
from broadsheet.desk.models import Appointment, Front, Navigation, StandingPage, Story
from broadsheet.desk.models.appointment import COMING_OFF, GOING_OUT
from broadsheet.desk.models.undrafted import Undrafted
from broadsheet.desk.permissions import may
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.actors import Actor
Appointable = Story | StandingPage | Navigation | Front
#: A moment further away is a slip of the keyboard.
_FARTHEST: Final = timedelta(days=3653)
DEEDS: Final = {Act.RELEASE: Release, Act.UPDATE: Update, Act.WITHDRAW: Withdraw}


def make_appointment(
    row: Appointable, *, act: Act, due_at: datetime, text_seen: datetime | None, now: datetime
) -> Appointment:
    """Let it go out (``release``) or come off (``withdraw``) at that second, in the actor's name.

    What readers will have by then is updated instead. Only the text the person saw goes out: the draft, or what was
    put together in a navigation's or front's object, saved or not. It takes the place of an appointment of the same kind.

    Units: ``due_at`` is UTC, and cut to its second. ``text_seen`` is when the draft the person looked at was saved;
        None for what has no drafts.
    Raises: ActRefused, as the act itself does, with everything that is not ready for that moment.
    """
    actor = current_actor()
    maker: Any = actor.user  # a row of whatever model the users are
    due_at = due_at.replace(microsecond=0)
    kind = kind_of(act)
    entries = entries_of(row) if kind is GOING_OUT and isinstance(row, Undrafted) else None
    with transaction.atomic():
        row = _hold(row, actor, act)
        subject = subject_of(row)
        standing = LedgerReader().current(subject.urn, subject.locale)
        out_now = is_released(standing)
        out_then = _is_out_then(row, kind, due_at=due_at, out_now=out_now)
        if kind is GOING_OUT:
            act = Act.UPDATE if out_then else Act.RELEASE
        _check_actor(actor, act, row)
        _check_moment(due_at, now=now)
        _check_ready(row, act, entries=entries, due_at=due_at, as_now=out_now == out_then)
        if kind is GOING_OUT:
            check_text(row, text_seen=text_seen, since="you opened it")
        row.appointments.filter(act__in=kind).delete()
        made: Appointment = row.appointments.create(
            act=act,
            due_at=due_at,
            made_by=maker,
            made_at=now,
            text_saved_at=text_seen if kind is GOING_OUT else None,
            in_row=act is Act.RELEASE and _put_into_row(row),
            entries=entries,
            seen_release=standing.number if standing else None,
        )
        note(made, deed="made", words=words_of(made), actor=actor)
    return made


def cancel_appointment(appointment: Appointment) -> None:
    """Take it away, open or failed; one that is gone already is gone. Raises: NotAllowed."""
    actor = current_actor()
    with transaction.atomic():
        appointment.row = hold(appointment.row)
        subject = subject_of(appointment.row)
        if not may(actor=actor, act=Act(appointment.act), subject=subject):
            msg = f"You may not cancel what is appointed for “{subject.title}”. A chief editor can."
            raise NotAllowed(msg)
        gone, _ = Appointment.objects.filter(pk=appointment.pk).delete()
        if gone:
            note(appointment, deed="cancelled", words=words_of(appointment), actor=actor)


def kind_of(act: Act) -> tuple[Act, ...]:
    """Return the acts of the same kind: a subject has one appointment of each kind."""
    return GOING_OUT if act in GOING_OUT else COMING_OFF


def check_text(row: Appointable, *, text_seen: datetime | None, since: str) -> None:
    """Raise ChangedMeanwhile when the draft is not the one that was saved at that moment; not for what has none."""
    if isinstance(row, Undrafted) or row.latest_revision_created_at == text_seen:
        return
    draft, saved_at = row.latest_revision, row.latest_revision_created_at
    by = name_of(draft.user.get_username()) if draft and draft.user else "The system"
    when = f" at {said(saved_at)}" if saved_at else ""
    msg = (
        f"{by} saved another version of “{row.title}”{when}, after {since}. "
        "Look at it, then release it or choose the moment again."
    )
    raise ChangedMeanwhile(msg)


def words_of(appointment: Appointment) -> str:
    """Return what is appointed, and when, as log and screens say it."""
    return f"{appointment.act.title()} at {said_by_the_paper(appointment.due_at)}"


def note(appointment: Appointment, *, deed: str, words: str, actor: Actor | None) -> None:
    """Write into the log of the row what became of the appointment."""
    action, user = f"broadsheet.appointment_{deed}", actor.user if actor else None
    log(instance=appointment.row, action=action, user=user, data={"words": words})


def _hold(row: Appointable, actor: Actor, act: Act) -> Appointable:
    """Hold the row; the first of what has no drafts is saved for it, by who may send it, and is not released."""
    if isinstance(row, Undrafted):
        # Two people who make the first one of a language wait for each other here.
        Locale.objects.select_for_update(no_key=True).get(pk=row.locale_id)
        found = row.in_its_place().first()
        if found is None:
            _check_actor(actor, act, row)
            row.save()
        row = found or row
    held: Appointable = hold(row)
    return held


def _put_into_row(row: Appointable) -> bool:
    """Put the newest draft into the row of a page that is not out; return whether it holds now what goes out.

    No reader sees that row, and a hundred may be due in one second.
    """
    if isinstance(row, Undrafted) or row.live:
        return False
    if row.latest_revision is not None:
        row.get_latest_revision_as_object().save(clean=False)
    return True


def _is_out_then(row: Appointable, kind: tuple[Act, ...], *, due_at: datetime, out_now: bool) -> bool:
    """Return whether readers have it when this is due, as far as is appointed."""
    of_other_kind = row.appointments.filter(failed_at=None, due_at__lte=due_at).exclude(act__in=kind)
    before = of_other_kind.first()
    return out_now if before is None else before.act in GOING_OUT


def _check_actor(actor: Actor, act: Act, row: Appointable) -> None:
    if actor.user is None:
        msg = "An appointment is made by a person, in whose name it is kept."
        raise NotAllowed(msg)
    subject = subject_of(row)
    if not may(actor=actor, act=act, subject=subject):
        msg = f"You may not {act} “{subject.title}”, now or later. A chief editor can; send it for approval."
        raise NotAllowed(msg)


def _check_moment(due_at: datetime, *, now: datetime) -> None:
    if due_at <= now:
        sentence = "That moment has passed. Choose a later one, or do it now with the button under its form."
        raise NotReady((Problem("due_at", sentence),))
    if due_at > now + _FARTHEST:
        raise NotReady((Problem("due_at", "That is more than ten years away. Is the year right?"),))


def _check_ready(row: Appointable, act: Act, *, entries: dict[str, Any] | None, due_at: datetime, as_now: bool) -> None:
    """Ask the act whether it could be done at that moment, with the text there is now.

    Where it will have gone out or come off by then, what it is now says nothing about that.
    """
    if not isinstance(row, Undrafted):
        row = row.get_latest_revision_as_object()
    elif entries is not None:
        put_entries(row, entries)
    deed = DEEDS[act](row, now=due_at)
    if as_now:
        deed.check()
    elif isinstance(deed, Release):
        deed.ready_document()
