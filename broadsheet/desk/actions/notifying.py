"""Who is told what: the one table, and writing the notices of an event in the transaction of what they tell of.

It must never send: mail is left as a task, which the worker finds once the transaction is committed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.models import DeskNotice, Event, StandingPage, Story
from broadsheet.desk.notice_letters import send_notice_letters
from broadsheet.desk.people import approvers, at_the_desk, chief_editors, hands, its_authors, its_people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from wagtail.models import TaskState, WorkflowState

    from broadsheet.desk.actors import Actor
    from broadsheet.ledger.values import Act

#: Circles of people told of each event; never whoever did it. Of a page sent for approval those are told who may take
#: the next step. Updates and imports are told to nobody: the first are many and small, the second thousands at once.
_TOLD: Final[Mapping[Event, tuple[Callable[[Story | StandingPage], Q], ...]]] = {
    Event.RETURNED: (its_authors,),
    Event.RELEASED: (its_people,),
    Event.CORRECTED: (its_people,),
    Event.WITHDRAWN: (its_people,),
    Event.KILLED: (its_people, chief_editors, hands),
    Event.TAKEN_DOWN: (its_people,),
    Event.RESTORED: (its_people,),
}
#: Wagtail's own switches of the account page; they are about mail only, the desk tells everything.
_SWITCHES: Final = {Event.SENT: "submitted_notifications", Event.RETURNED: "rejected_notifications"}
_SWITCH_OF_ACTS: Final = "approved_notifications"
#: How long somebody may have been away and still find what they were told.
_KEPT: Final = timedelta(days=90)


def tell_of_act(row: Any, *, act: Act, actor: Actor, now: datetime, words: str) -> None:  # noqa: ANN401 - any subject's row
    """Tell of an act on a story or standing page, where its people are told of such; of nothing else.

    Units: ``now`` is UTC.  Shapes: ``words`` are what was said with the act, a note or a notice; may be empty.
    """
    if not isinstance(row, Story | StandingPage) or act not in {event.value for event in _TOLD}:
        return
    event = Event(act.value)
    _tell(row, event=event, people=_together(row, _TOLD[event]), by=actor.user, now=now, words=words)


def tell_of_step(step: TaskState, *, by: Any, now: datetime) -> None:  # noqa: ANN401 - any user model, or nobody
    """Tell those who may take the next step of an approval that a page waits for them."""
    page = step.workflow_state.content_object.specific
    if isinstance(page, Story | StandingPage):
        _tell(page, event=Event.SENT, people=approvers(page, step), by=by, now=now)


def tell_of_return(approval: WorkflowState, *, by: Any, now: datetime) -> None:  # noqa: ANN401 - any user model, or nobody
    """Tell the authors that their page came back, with the comment given."""
    page = approval.content_object.specific
    if isinstance(page, Story | StandingPage):
        people = _together(page, _TOLD[Event.RETURNED])
        words = approval.current_task_state.comment
        _tell(page, event=Event.RETURNED, people=people, by=by, now=now, words=words)


def take_as_read(*, user: Any, now: datetime, number: int | None = None) -> None:  # noqa: ANN401 - any user model
    """Take the person's notice of that number as read; without one, all of them."""
    unread = DeskNotice.objects.filter(user=user, read_at=None)
    if number is not None:
        unread = unread.filter(pk=number)
    unread.update(read_at=now)


def forget_old_notices(*, now: datetime) -> int:
    """Delete what was told ninety days ago and longer, read or not; return how many.  Units: ``now`` is UTC.

    What happened stays in the page's log and in the ledger.
    """
    gone, _ = DeskNotice.objects.filter(at__lte=now - _KEPT).delete()
    return gone


def _together(page: Story | StandingPage, circles: tuple[Callable[[Story | StandingPage], Q], ...]) -> Q:
    people = Q()
    for circle in circles:
        people |= circle(page)
    return people


def _tell(
    page: Story | StandingPage,
    *,
    event: Event,
    people: Q,
    by: Any,  # noqa: ANN401 - any user model, or nobody
    now: datetime,
    words: str = "",
) -> None:
    """Write the notices and leave the task that mails them; as many queries for twenty people as for one."""
    told = at_the_desk().filter(people).exclude(pk=by.pk if by is not None else None).order_by("pk")
    switch = f"wagtail_userprofile__{_SWITCHES.get(event, _SWITCH_OF_ACTS)}"
    rows = list(told.values_list("pk", "email", switch))
    if not rows:
        return
    with transaction.atomic():
        notices = DeskNotice.objects.bulk_create(
            DeskNotice(
                user_id=number,
                page=page,
                event=event,
                by=by,
                words=one_line(words),
                at=now,
                # Who never opened the account page has no row of switches.
                mail_due=bool(settings.EMAIL_HOST and address and wanted is not False),
            )
            for number, address, wanted in rows
        )
        if due := [notice.pk for notice in notices if notice.mail_due]:
            send_notice_letters.enqueue(due)
