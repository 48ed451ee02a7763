"""Mail of the desk goes out after the commit, and a dead mail server stops nobody.

Wagtail tells of comments from inside a transaction; talking to a mail server there would hold the write lock of the
whole desk, and a failure would undo what was done. Only the task worker, in no transaction, asks to send at once.
"""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as Smtp
from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail.message import EmailMessage

logger = logging.getLogger(__name__)


class AfterCommitBackend(BaseEmailBackend):
    """Keeps messages until the transaction is committed, then sends them by the paper's mail server (``EMAIL_HOST``).

    Without a mail server nothing is sent: the home screen of the desk shows what waits for whom.
    """

    def __init__(self, *, at_once: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        """With ``at_once`` messages are sent now, and what goes wrong is raised."""
        super().__init__(**kwargs)
        self.smtp = Smtp() if at_once else None

    def open(self) -> bool | None:
        """Connect, where messages are sent at once."""
        return self.smtp.open() if self.smtp and settings.EMAIL_HOST else None

    def close(self) -> None:
        """End the connection."""
        if self.smtp:
            self.smtp.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Take the messages; return how many were taken."""
        messages = list(email_messages)
        if not settings.EMAIL_HOST:
            return 0
        if self.smtp:
            return self.smtp.send_messages(messages) or 0
        transaction.on_commit(lambda: _send(messages))
        return len(messages)


def _send(messages: list[EmailMessage]) -> None:
    try:
        Smtp().send_messages(messages)
    except (SMTPException, OSError):
        logger.exception("%d messages of the desk could not be sent by %s.", len(messages), settings.EMAIL_HOST)
