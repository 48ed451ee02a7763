"""What is to go out or come off by the clock."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import Page

from broadsheet.ledger.values import Act

#: The acts an appointment can be made for, of its two kinds.
GOING_OUT: Final = (Act.RELEASE, Act.UPDATE)
COMING_OFF: Final = (Act.WITHDRAW,)


def _once(of: str, kind: tuple[Act, ...], *, name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=[of], condition=Q(act__in=[act.value for act in kind]), name=name)


class Appointment(models.Model):
    """A page, navigation or front that goes out, or comes off, at a set second. Written by ``actions.appointing`` and ``due``.

    Each has at most one for going out and one for coming off. One that was kept is gone, the ledger has what came of
    it; one that could not be kept stays, with the sentence why, until somebody makes another or takes it away.
    """

    #: One of these three: a story or standing page, a navigation, or a front.
    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="appointments")
    navigation = models.ForeignKey("desk.Navigation", null=True, on_delete=models.CASCADE, related_name="appointments")
    front = models.ForeignKey("desk.Front", null=True, on_delete=models.CASCADE, related_name="appointments")
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
    #: Its newest release when this was made, so that what people did meanwhile is noticed; empty: none.
    seen_release = models.BigIntegerField(null=True)
    #: Of a navigation or front that is to go out, its fields as they were put together: it has no drafts.
    entries = models.JSONField(null=True)
    failed_at = models.DateTimeField(null=True)
    #: Why it could not be kept, for people at the desk.
    sentence = models.TextField(blank=True)

    class Meta:
        constraints = [
            _once("page", GOING_OUT, name="desk_goes_out_once"),
            _once("page", COMING_OFF, name="desk_comes_off_once"),
            _once("navigation", GOING_OUT, name="desk_navigation_goes_out_once"),
            _once("navigation", COMING_OFF, name="desk_navigation_comes_off_once"),
            _once("front", GOING_OUT, name="desk_front_goes_out_once"),
            _once("front", COMING_OFF, name="desk_front_comes_off_once"),
            models.CheckConstraint(
                condition=Q(page__isnull=False, navigation=None, front=None)
                | Q(page=None, navigation__isnull=False, front=None)
                | Q(page=None, navigation=None, front__isnull=False),
                name="desk_appointment_of_one",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(failed_at__isnull=True), name="desk_appointment_due"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.row} at {self.due_at}"

    @property
    def row(self) -> Any:  # noqa: ANN401 - one of four models
        """Return what goes out or comes off: a Story, StandingPage, Navigation or Front."""
        return (self.navigation or self.front) if self.page is None else self.page.specific

    @row.setter
    def row(self, row: Any) -> None:  # noqa: ANN401 - as above
        """Take the row as it was read."""
        if isinstance(row, Page):
            self.page = row
        else:
            setattr(self, row._meta.model_name, row)  # noqa: SLF001 - Django's documented name
