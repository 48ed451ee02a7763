"""The acts as the clock does them: the same acts, in the name of who appointed them, with the draft that was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wagtail.models import Page

from broadsheet.desk.actions.act import DeskAct, name_of
from broadsheet.desk.actions.appointing import note, words_of
from broadsheet.desk.actions.release import Release
from broadsheet.desk.actions.update import Update
from broadsheet.desk.actions.withdraw import Withdraw
from broadsheet.desk.entries import put_entries
from broadsheet.desk.errors import NotAllowed
from broadsheet.desk.listing import keep_listed
from broadsheet.desk.models import Story
from broadsheet.desk.models.undrafted import Undrafted
from broadsheet.desk.permissions import may
from broadsheet.desk.showing import keep_pictures_shown
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.models import Appointment, StandingPage
    from broadsheet.ledger.values import ReleaseRecord


#: What Wagtail writes when it publishes, apart from the text.
_SWITCHED: Final = (
    "live",
    "has_unpublished_changes",
    "expired",
    "live_revision_id",
    "first_published_at",
    "last_published_at",
)


class AppointedAct(DeskAct):
    """An act that was appointed. The row of the appointment must be held by the caller."""

    def __init__(self, appointment: Appointment, *, now: datetime) -> None:
        """Take what was appointed, and the present moment (UTC)."""
        super().__init__(self.text_of(appointment), now=now)
        self.appointment = appointment

    def text_of(self, appointment: Appointment) -> Any:  # noqa: ANN401 - a Story, StandingPage, Navigation or Front
        """Return the row with the text the act is about."""
        return appointment.row

    def lock(self) -> None:
        """Take the row as it is: it is held, and read again, since the appointment was found to be due."""

    def check_permission(self) -> None:
        """Raise NotAllowed when whoever appointed it may not do it any more."""
        if not may(actor=self.actor, act=self.act, subject=self.subject):
            msg = f"{name_of(self.actor.name)} may no longer {self.verb} “{self.subject.title}”."
            raise NotAllowed(msg)

    def write_log(self) -> None:
        """Write into its log that it was the clock."""
        note(self.appointment, deed="kept", words=words_of(self.appointment), actor=self.actor)


class _WithDraft(AppointedAct):
    """Puts the newest draft, or the entries that were put together, into the row, and that goes out."""

    def text_of(self, appointment: Appointment) -> Any:  # noqa: ANN401 - as above
        """Return what is to go out."""
        row = super().text_of(appointment)
        if isinstance(row, Undrafted):
            put_entries(row, appointment.entries or {})
            return row
        if appointment.in_row or row.latest_revision is None:
            return row
        draft: Story | StandingPage = row.with_content_json(row.latest_revision.content)
        # Read already; asking again a hundred times in one second would be felt.
        draft.locale, draft.latest_revision = row.locale, row.latest_revision
        if isinstance(draft, Story):
            draft.section = row.section
        return draft

    def perform(self) -> ReleaseRecord:
        """See ``DeskAct.perform``. What the act refuses afterwards undoes the row too."""
        if isinstance(self.row, Undrafted):
            self.row.save()
        else:
            self.turn_on(self.row)
        return super().perform()

    def turn_on(self, page: Story | StandingPage) -> None:
        """Let the page be live, with its text in the row."""
        page.live, page.has_unpublished_changes, page.expired = True, False, False
        page.live_revision_id = page.latest_revision_id
        page.first_published_at = page.first_published_at or self.now
        page.last_published_at = self.now
        if self.appointment.in_row:
            _switch(page)
        else:
            page.save(clean=False)
        if approval := page.current_workflow_state:
            approval.cancel(user=self.actor.user)


def _switch(page: Story | StandingPage) -> None:
    """Write that the page is live. Its text lies in the row since it was appointed, and in Wagtail's indexes as well.

    Saving would have them made anew, two tasks for each of a hundred stories in the second all are due.
    """
    Page.objects.filter(pk=page.pk).update(**{name: getattr(page, name) for name in _SWITCHED})
    if isinstance(page, Story):
        keep_pictures_shown(page, fields=None, text_was_written=True)
        keep_listed(page.pk)


class AppointedRelease(_WithDraft, Release):
    """Release by the clock."""


class AppointedUpdate(_WithDraft, Update):
    """Update by the clock."""


class AppointedWithdrawal(AppointedAct, Withdraw):
    """Withdraw by the clock."""


APPOINTED: Final = {Act.RELEASE: AppointedRelease, Act.UPDATE: AppointedUpdate, Act.WITHDRAW: AppointedWithdrawal}
