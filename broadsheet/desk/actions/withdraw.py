"""Withdraw: readers no longer see it; the ledger keeps it."""

from __future__ import annotations

from typing import ClassVar

from broadsheet.desk.actions.act import DeskAct, is_released
from broadsheet.desk.errors import NotReleased, StillInUse
from broadsheet.desk.queries import released_stories_using
from broadsheet.ledger.actions import append_withdrawal
from broadsheet.ledger.values import Act, ReleaseRecord, Standing

_NAMED = 3


class Withdraw(DeskAct):
    """Take a story off the reader's page and out of every list. A section, byline or picture in use stays."""

    act: ClassVar[Act] = Act.WITHDRAW
    verb: ClassVar[str] = "withdraw"

    def check(self) -> None:
        """See ``DeskAct.check``."""
        self.check_permission()
        self.check_state(self.standing())

    def check_state(self, standing: Standing | None) -> None:
        """Raise NotReleased or StillInUse."""
        if not is_released(standing):
            msg = f"“{self.subject.title}” is not before readers, so there is nothing to withdraw."
            raise NotReleased(msg)
        self.check_nobody_was_first(standing)
        check_unused(self.row)

    def perform(self) -> ReleaseRecord:
        """See ``DeskAct.perform``."""
        self.check()
        self.go_dark()
        self.write_log()
        return append_withdrawal(
            subject=self.subject.urn,
            locale=self.subject.locale,
            released_by=self.actor.name,
            recorded_at=self.now,
        )

    def go_dark(self) -> None:
        """Turn the page's switch, where the act was not called by Wagtail having turned it."""
        if not self.subject.is_page or not self.row.live:
            return
        self.row.live = False
        self.row.has_unpublished_changes = True
        self.row.live_revision = None
        self.row.save(clean=False)


def check_unused(row: object) -> None:
    """Raise StillInUse, saying where, when released stories show this section, byline or picture."""
    stories = list(released_stories_using(row, limit=_NAMED + 1))
    if not stories:
        return
    named = ", ".join(f"“{story.title}”" for story in stories[:_NAMED])
    more = " and others" if len(stories) > _NAMED else ""
    msg = f"“{row}” is still used by released stories: {named}{more}. Withdraw or change those first."
    raise StillInUse(msg)
