"""The acts as the clock does them: the same acts, in the name of who appointed them, with the draft that was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.desk.actions.act import DeskAct, name_of
from broadsheet.desk.actions.appointing import note, words_of
from broadsheet.desk.actions.release import Release
from broadsheet.desk.actions.update import Update
from broadsheet.desk.actions.withdraw import Withdraw
from broadsheet.desk.errors import NotAllowed
from broadsheet.desk.models import Story
from broadsheet.desk.permissions import may
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
    "live_revision",
    "first_published_at",
    "last_published_at",
)


class AppointedAct(DeskAct):
    """An act that was appointed. The page of the appointment must be held by the caller."""

    def __init__(self, appointment: Appointment, *, now: datetime) -> None:
        """Take what was appointed, and the present moment (UTC)."""
        super().__init__(self.text_of(appointment), now=now)
        self.appointment = appointment

    def text_of(self, appointment: Appointment) -> Story | StandingPage:
        """Return the page with the text the act is about."""
        page: Story | StandingPage = appointment.page
        return page

    def lock(self) -> None:
        """Take the page as it is: it is held, and read again, since the appointment was found to be due."""

    def check_permission(self) -> None:
        """Raise NotAllowed when whoever appointed it may not do it any more."""
        if not may(actor=self.actor, act=self.act, subject=self.subject):
            msg = f"{name_of(self.actor.name)} may no longer {self.verb} “{self.subject.title}”."
            raise NotAllowed(msg)

    def write_log(self) -> None:
        """Write into the page's log that it was the clock."""
        note(self.appointment, deed="kept", words=words_of(self.appointment), actor=self.actor)


class _WithDraft(AppointedAct):
    """Puts the newest draft into the page's row, and that goes out."""

    def text_of(self, appointment: Appointment) -> Story | StandingPage:
        """Return the newest draft."""
        page = super().text_of(appointment)
        if appointment.in_row or page.latest_revision is None:
            return page
        draft: Story | StandingPage = page.with_content_json(page.latest_revision.content)
        # Read already; asking again a hundred times in one second would be felt.
        draft.locale, draft.latest_revision = page.locale, page.latest_revision
        if isinstance(draft, Story) and isinstance(page, Story):
            draft.section = page.section
        return draft

    def perform(self) -> ReleaseRecord:
        """See ``DeskAct.perform``. What the act refuses afterwards undoes the row too."""
        page = self.row
        page.live, page.has_unpublished_changes, page.expired = True, False, False
        page.live_revision_id = page.latest_revision_id
        page.first_published_at = page.first_published_at or self.now
        page.last_published_at = self.now
        page.save(clean=False, update_fields=_SWITCHED if self.appointment.in_row else None)
        if approval := page.current_workflow_state:
            approval.cancel(user=self.actor.user)
        return super().perform()


class AppointedRelease(_WithDraft, Release):
    """Release by the clock."""


class AppointedUpdate(_WithDraft, Update):
    """Update by the clock."""


class AppointedWithdrawal(AppointedAct, Withdraw):
    """Withdraw by the clock."""


APPOINTED: Final = {Act.RELEASE: AppointedRelease, Act.UPDATE: AppointedUpdate, Act.WITHDRAW: AppointedWithdrawal}
