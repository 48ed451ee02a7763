"""Notices at the desk: what a person is told about stories and standing pages they have to do with."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db import models


class Event(StrEnum):
    """What a notice tells of. Those that are acts have the act's own value."""

    SENT = "sent"
    RETURNED = "returned"
    RELEASED = "release"
    CORRECTED = "correct"
    WITHDRAWN = "withdraw"
    KILLED = "kill"
    TAKEN_DOWN = "takedown"
    RESTORED = "restore"

    @property
    def label(self) -> str:
        """Return the words over the notice."""
        return _LABELS[self]


_LABELS: Final = {
    Event.SENT: "For your approval",
    Event.RETURNED: "Returned",
    Event.RELEASED: "Released",
    Event.CORRECTED: "Corrected",
    Event.WITHDRAWN: "Withdrawn",
    Event.KILLED: "Killed",
    Event.TAKEN_DOWN: "Taken down",
    Event.RESTORED: "Restored",
}


class DeskNotice(models.Model):
    """One person told of one thing that happened to one story or standing page. The title is the page's own, kept nowhere else."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_notices", db_index=False
    )
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="desk_notices")
    event = models.CharField(max_length=16, choices=[(event.value, event.label) for event in Event])
    #: Who did it; None: a part of the paper that acts by itself.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    #: The comment of whoever returned it, the note of a correction, the notice of a kill; on one line.
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    #: Whether it is still to be sent by mail as well.
    mail_due = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-at"], name="desk_notice_newest"),
            # The number beside the menu is counted at every page view.
            models.Index(fields=["user"], name="desk_notice_unread", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        """Return what it tells, for logs."""
        return f"{self.get_event_display()}: {self.page}"

    @property
    def who(self) -> str:
        """Return the person who did it, as a sentence names them."""
        return "the paper itself" if self.by is None else self.by.get_full_name() or self.by.get_username()
