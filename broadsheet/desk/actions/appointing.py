"""Appointments: a story or standing page is to go out, or come off, at a set second. They are kept by ``actions.due``.

Who makes one must have the right to the act, and the page must be ready for it apart from the time. Both are asked
again when it is due, since much may happen until then.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from wagtail.log_actions import log

from broadsheet.desk.actions.act import hold, is_released, name_of
from broadsheet.desk.actions.moments import said, said_by_the_paper
from broadsheet.desk.actions.release import Release
from broadsheet.desk.actions.update import Update
from broadsheet.desk.actions.withdraw import Withdraw
from broadsheet.desk.actors import current_actor
from broadsheet.desk.errors import ChangedMeanwhile, NotAllowed, NotReady, Problem
from broadsheet.desk.models import Appointment
from broadsheet.desk.models.appointment import COMING_OFF, GOING_OUT
from broadsheet.desk.permissions import may
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.actors import Actor
    from broadsheet.desk.models import StandingPage, Story

#: A moment further away is a slip of the keyboard.
_FARTHEST: Final = timedelta(days=3653)
DEEDS: Final = {Act.RELEASE: Release, Act.UPDATE: Update, Act.WITHDRAW: Withdraw}


def make_appointment(
    page: Story | StandingPage, *, act: Act, due_at: datetime, text_seen: datetime | None, now: datetime
) -> Appointment:
    """Let the page go out (``release``) or come off (``withdraw``) at that second, in the actor's name.

    What readers will have by then is updated instead. Only the text the person saw goes out. It takes the place of an
    appointment of the same kind.

    Units: ``due_at`` is UTC, and cut to its second. ``text_seen`` is when the draft the person looked at was saved;
        None for a page without drafts.
    Raises: ActRefused, as the act itself does, with everything that is not ready for that moment.
    """
    actor = current_actor()
    maker: Any = actor.user  # a row of whatever model the users are
    due_at = due_at.replace(microsecond=0)
    kind = kind_of(act)
    with transaction.atomic():
        page = hold(page)
        subject = subject_of(page)
        standing = LedgerReader().current(subject.urn, subject.locale)
        out_now = is_released(standing)
        out_then = _is_out_then(page, kind, due_at=due_at, out_now=out_now)
        if kind is GOING_OUT:
            act = Act.UPDATE if out_then else Act.RELEASE
        _check_actor(actor, act, page)
        _check_moment(due_at, now=now)
        _check_ready(page, act, due_at=due_at, as_now=out_now == out_then)
        if kind is GOING_OUT:
            check_text(page, text_seen=text_seen, since="you opened it")
        Appointment.objects.filter(page=page, act__in=kind).delete()
        in_row = act is Act.RELEASE and not page.live
        if in_row and page.latest_revision is not None:
            # No reader sees the row of a page that is not out, and a hundred may be due in one second.
            page.get_latest_revision_as_object().save(clean=False)
        made = Appointment.objects.create(
            page=page,
            act=act,
            due_at=due_at,
            made_by=maker,
            made_at=now,
            text_saved_at=text_seen if kind is GOING_OUT else None,
            in_row=in_row,
            seen_release=standing.number if standing else None,
        )
        note(made, deed="made", words=words_of(made), actor=actor)
    return made


def cancel_appointment(appointment: Appointment) -> None:
    """Take it away, open or failed; one that is gone already is gone. Raises: NotAllowed."""
    actor = current_actor()
    with transaction.atomic():
        page = appointment.page = hold(appointment.page.specific)
        if not may(actor=actor, act=Act(appointment.act), subject=subject_of(page)):
            msg = f"You may not cancel what is appointed for “{page.title}”. A chief editor can."
            raise NotAllowed(msg)
        gone, _ = Appointment.objects.filter(pk=appointment.pk).delete()
        if gone:
            note(appointment, deed="cancelled", words=words_of(appointment), actor=actor)


def kind_of(act: Act) -> tuple[Act, ...]:
    """Return the acts of the same kind: a page has one appointment of each kind."""
    return GOING_OUT if act in GOING_OUT else COMING_OFF


def check_text(page: Story | StandingPage, *, text_seen: datetime | None, since: str) -> None:
    """Raise ChangedMeanwhile when the draft is not the one that was saved at that moment."""
    saved_at = page.latest_revision_created_at
    if saved_at == text_seen:
        return
    draft = page.latest_revision
    by = name_of(draft.user.get_username()) if draft and draft.user else "The system"
    when = f" at {said(saved_at)}" if saved_at else ""
    msg = (
        f"{by} saved another version of “{page.title}”{when}, after {since}. "
        "Look at it, then release it or choose the moment again."
    )
    raise ChangedMeanwhile(msg)


def words_of(appointment: Appointment) -> str:
    """Return what is appointed, and when, as log and screens say it."""
    return f"{appointment.act.title()} at {said_by_the_paper(appointment.due_at)}"


def note(appointment: Appointment, *, deed: str, words: str, actor: Actor | None) -> None:
    """Write into the page's log what became of the appointment."""
    action, user = f"broadsheet.appointment_{deed}", actor.user if actor else None
    log(instance=appointment.page, action=action, user=user, data={"words": words})


def _is_out_then(page: Story | StandingPage, kind: tuple[Act, ...], *, due_at: datetime, out_now: bool) -> bool:
    """Return whether readers have the page when this is due, as far as is appointed."""
    of_other_kind = Appointment.objects.filter(page=page, failed_at=None, due_at__lte=due_at).exclude(act__in=kind)
    before = of_other_kind.first()
    return out_now if before is None else before.act in GOING_OUT


def _check_actor(actor: Actor, act: Act, page: Story | StandingPage) -> None:
    if actor.user is None:
        msg = "An appointment is made by a person, in whose name it is kept."
        raise NotAllowed(msg)
    if not may(actor=actor, act=act, subject=subject_of(page)):
        msg = f"You may not {act} “{page.title}”, now or later. A chief editor can; send it for approval."
        raise NotAllowed(msg)


def _check_moment(due_at: datetime, *, now: datetime) -> None:
    if due_at <= now:
        sentence = "That moment has passed. Choose a later one, or do it now with the button under its form."
        raise NotReady((Problem("due_at", sentence),))
    if due_at > now + _FARTHEST:
        raise NotReady((Problem("due_at", "That is more than ten years away. Is the year right?"),))


def _check_ready(page: Story | StandingPage, act: Act, *, due_at: datetime, as_now: bool) -> None:
    """Ask the act whether it could be done at that moment, with the text there is now.

    Where the page will have gone out or come off by then, what it is now says nothing about that.
    """
    deed = DEEDS[act](page.get_latest_revision_as_object(), now=due_at)
    if as_now:
        deed.check()
    elif isinstance(deed, Release):
        deed.ready_document()
