"""What is to go out or come off by the clock."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from broadsheet.ledger.values import Act

#: The acts an appointment can be made for, of its two kinds.
GOING_OUT: Final = (Act.RELEASE, Act.UPDATE)
COMING_OFF: Final = (Act.WITHDRAW,)


class Appointment(models.Model):
    """A story or standing page that goes out, or comes off, at a set second. Written by ``actions.appointing`` and ``due``.

    Each has at most one for going out and one for coming off. One that was kept is gone, the ledger has what came of
    it; one that could not be kept stays, with the sentence why, until somebody makes another or takes it away.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="appointments")
    act = models.CharField(max_length=16, choices=[(act.value, act.value) for act in (*GOING_OUT, *COMING_OFF)])
    #: UTC, a whole second.
    due_at = models.DateTimeField()
    #: Who made it, and in whose name it is kept; nobody once that account is deleted.
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    #: When the draft that is to go out was saved; empty for a page without drafts, and for coming off. Not the number
    #: of the revision: autosave writes into the one there is.
    text_saved_at = models.DateTimeField(null=True)
    #: Whether the page's row holds that text already, so that at its second only the switch is left to turn.
    in_row = models.BooleanField(default=False)
    #: The page's newest release when this was made, so that what people did meanwhile is noticed; empty: none.
    seen_release = models.BigIntegerField(null=True)
    failed_at = models.DateTimeField(null=True)
    #: Why it could not be kept, for people at the desk.
    sentence = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(act__in=[act.value for act in GOING_OUT]), name="desk_goes_out_once"
            ),
            models.UniqueConstraint(
                fields=["page"], condition=Q(act__in=[act.value for act in COMING_OFF]), name="desk_comes_off_once"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(failed_at__isnull=True), name="desk_appointment_due"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.page} at {self.due_at}"
