"""Notices by mail, sent by the task worker outside every transaction.

A mail server that does not answer is tried again for some hours; the notices stand at the desk all the while.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django_tasks import task

from broadsheet.desk.actions.moments import said
from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.models import DeskNotice, Event
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

logger = logging.getLogger(__name__)

#: How long to wait after each try that failed; after the last there is none.
_WAITS: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))

_SENTENCES: Final = {
    Event.SENT: "“{title}” waits for your approval. It comes from {who}, {at}.",
    Event.RETURNED: "{who} returned “{title}” at {at}.",
    Event.RELEASED: "{who} released “{title}” at {at}.",
    Event.CORRECTED: "{who} corrected “{title}” at {at}.",
    Event.WITHDRAWN: "{who} withdrew “{title}” at {at}.",
    Event.KILLED: "{who} killed “{title}” at {at}.",
    Event.TAKEN_DOWN: "{who} took down “{title}” at {at}.",
    Event.RESTORED: "{who} restored “{title}” at {at}.",
}


@task()
def send_notice_letters(numbers: list[int], tries: int = 1) -> None:
    """Send the letters of those notices that are still due; leave a later task for those that could not be sent."""
    due = DeskNotice.objects.filter(pk__in=numbers, mail_due=True, user__is_active=True)
    letters = due.select_related("user", "by", "page").order_by("pk")
    if failure := _send(letters):
        _try_again(list(due.values_list("pk", flat=True)), tries=tries, failure=failure, now=utc_now())


def letter(notice: DeskNotice) -> EmailMessage:
    """Return the notice as a mail: what happened and a link to it, nothing of its text."""
    title = one_line(notice.page.get_admin_display_title())
    event = Event(notice.event)
    sentence = _SENTENCES[event].format(title=title, who=one_line(notice.who), at=said(notice.at))
    desk = settings.WAGTAILADMIN_BASE_URL
    parts = [
        sentence[:1].upper() + sentence[1:],
        notice.words,
        desk + reverse("desk_notice", args=[notice.pk]),
        f"{settings.WAGTAIL_SITE_NAME}. Which mails you get: {desk}{reverse('wagtailadmin_account')}",
    ]
    return EmailMessage(
        subject=f"{event.label}: {title}",
        body="\n\n".join(filter(None, parts)) + "\n",
        to=[notice.user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _send(notices: Iterable[DeskNotice]) -> Exception | None:
    """Send what can be sent, each noted when it is gone; return why not all of it."""
    failure: Exception | None = None
    try:
        with get_connection(at_once=True) as connection:
            for notice in notices:
                try:
                    connection.send_messages([letter(notice)])
                except (SMTPRecipientsRefused, SMTPDataError) as refused:
                    # About this letter alone; the next may go.
                    failure = refused
                    continue
                except ValueError:
                    logger.warning(
                        "No mail can be sent to the address of %s; notice %d is not.", notice.user, notice.pk
                    )
                DeskNotice.objects.filter(pk=notice.pk).update(mail_due=False)
    except OSError as dead:
        failure = dead
    return failure


def _try_again(numbers: list[int], *, tries: int, failure: Exception, now: datetime) -> None:
    if tries > len(_WAITS):
        logger.error("%d notices could not be sent by mail, and are not tried again: %s", len(numbers), failure)
        DeskNotice.objects.filter(pk__in=numbers).update(mail_due=False)
        return
    wait = _WAITS[tries - 1]
    logger.warning("%d notices could not be sent by mail, tried again in %s: %s", len(numbers), wait, failure)
    send_notice_letters.using(run_after=now + wait).enqueue(numbers, tries=tries + 1)
