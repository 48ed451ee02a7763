"""The acts as the clock does them: the same acts, in the name of who appointed them, with the draft that was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.desk.actions.act import DeskAct, name_of
from broadsheet.desk.actions.appointing import note, words_of
from broadsheet.desk.actions.release import Release
from broadsheet.desk.actions.update import Update
from broadsheet.desk.actions.withdraw import Withdraw
from broadsheet.desk.errors import NotAllowed
from broadsheet.desk.permissions import may
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.models import Appointment, Story
    from broadsheet.ledger.values import ReleaseRecord


class AppointedAct(DeskAct):
    """An act that was appointed. The story of the appointment must be held by the caller."""

    def __init__(self, appointment: Appointment, *, now: datetime) -> None:
        """Take what was appointed, and the present moment (UTC)."""
        super().__init__(self.text_of(appointment.story), now=now)
        self.appointment = appointment

    def text_of(self, story: Story) -> Story:
        """Return the story with the text the act is about."""
        return story

    def lock(self) -> None:
        """Take the story as it is: it is held, and read again, since the appointment was found to be due."""

    def check_permission(self) -> None:
        """Raise NotAllowed when whoever appointed it may not do it any more."""
        if not may(actor=self.actor, act=self.act, subject=self.subject):
            msg = f"{name_of(self.actor.name)} may no longer {self.verb} “{self.subject.title}”."
            raise NotAllowed(msg)

    def write_log(self) -> None:
        """Write into the story's log that it was the clock."""
        note(self.appointment, deed="kept", words=words_of(self.appointment), actor=self.actor)


class _WithDraft(AppointedAct):
    """Puts the newest draft into the story's row, and that goes out."""

    def text_of(self, story: Story) -> Story:
        """Return the newest draft."""
        if story.latest_revision is None:
            return story
        draft = story.with_content_json(story.latest_revision.content)
        # Read already; asking again a hundred times in one second would be felt.
        draft.locale, draft.section, draft.latest_revision = story.locale, story.section, story.latest_revision
        return draft

    def perform(self) -> ReleaseRecord:
        """See ``DeskAct.perform``. What the act refuses afterwards undoes the row too."""
        story = self.row
        story.live, story.has_unpublished_changes, story.expired = True, False, False
        story.live_revision = story.latest_revision
        story.first_published_at = story.first_published_at or self.now
        story.last_published_at = self.now
        story.save(clean=False)
        if approval := story.current_workflow_state:
            approval.cancel(user=self.actor.user)
        return super().perform()


class AppointedRelease(_WithDraft, Release):
    """Release by the clock."""


class AppointedUpdate(_WithDraft, Update):
    """Update by the clock."""


class AppointedWithdrawal(AppointedAct, Withdraw):
    """Withdraw by the clock."""


APPOINTED: Final = {Act.RELEASE: AppointedRelease, Act.UPDATE: AppointedUpdate, Act.WITHDRAW: AppointedWithdrawal}
