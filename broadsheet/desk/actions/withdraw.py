"""Withdraw: readers no longer see it; the ledger keeps it."""

from __future__ import annotations

from typing import ClassVar

from broadsheet.desk.actions.act import DeskAct, is_released
from broadsheet.desk.actions.foreseeing import other_versions, places_of
from broadsheet.desk.actions.removing import note_removal
from broadsheet.desk.errors import NotReleased, StillInUse
from broadsheet.desk.models import Front, Navigation, StandingPage, Story
from broadsheet.desk.queries import released_pages_showing, released_stories_using
from broadsheet.ledger.actions import append_removal
from broadsheet.ledger.values import Act, ReleaseRecord, Removal, Standing

_NAMED = 3


class Withdraw(DeskAct):
    """Take a story or standing page off the reader's page and out of every list and menu. A section, byline, topic or picture in use stays."""

    act: ClassVar[Act] = Act.WITHDRAW
    verb: ClassVar[str] = "withdraw"

    @property
    def removal(self) -> Removal | None:
        """Return what is said with it; a withdrawal says nothing."""
        return None

    def check(self) -> None:
        """See ``DeskAct.check``."""
        self.check_permission()
        self.check_state(self.standing())

    def check_state(self, standing: Standing | None) -> None:
        """Raise NotReleased or StillInUse."""
        self.check_standing(standing)
        self.check_nobody_was_first(standing)
        check_unused(self.row)

    def check_standing(self, standing: Standing | None) -> None:
        """Raise NotReleased when readers do not have it."""
        if not is_released(standing):
            msg = f"“{self.subject.title}” is not before readers, so there is nothing to withdraw."
            raise NotReleased(msg)

    def perform(self) -> ReleaseRecord:
        """See ``DeskAct.perform``."""
        self.check()
        self.go_dark()
        if isinstance(self.row, Story | StandingPage):
            note_removal(self.row, act=self.act)
        self.log_and_tell()
        return append_removal(
            subject=self.subject.urn,
            locale=self.subject.locale,
            act=self.act,
            released_by=self.actor.name,
            recorded_at=self.now,
            removal=self.removal,
        )

    def go_dark(self) -> None:
        """Turn the page's switch, where the act was not called by Wagtail having turned it."""
        if not self.subject.is_page or not self.row.live:
            return
        self.row.live = False
        self.row.has_unpublished_changes = True
        self.row.live_revision = None
        self.row.save(clean=False)

    def foresee(self) -> tuple[str, ...]:
        """Return what the act will change, as sentences for the person about to do it."""
        if isinstance(self.row, Navigation):
            return (
                "Every page of the language has all sections in its head and all standing pages in its foot again.",
            )
        if isinstance(self.row, Front):
            return ("The front shows its newest stories again, as if nobody had arranged it.",)
        if not isinstance(self.row, Story | StandingPage):
            return ("It leaves every page of the site that shows it. Nothing is deleted.",)
        return (
            f"Its page says in neutral words that the {self.subject.kind} is no longer available (answer 410).",
            *self.leaving(),
            "Partners are told nothing. Kill it where they are to delete what they hold.",
            "Releasing it again brings it back, at the same address.",
        )

    def leaving(self) -> tuple[str, ...]:
        """Return the sentences on what a story or standing page leaves, and what stays."""
        if not isinstance(self.row, Story | StandingPage):
            return ()
        places, staying = places_of(self.row), other_versions(self.row)
        left = f"{places} and the" if places else "the"
        return (
            f"It leaves {left} language menus of its other versions.",
            *([f"Its versions in other languages stay as they are: {staying}."] if staying else []),
        )


def check_unused(row: object) -> None:
    """Raise StillInUse, saying where, when released stories or standing pages show this section, byline, topic or picture."""
    stories, pages = list(released_stories_using(row, limit=_NAMED + 1)), released_pages_showing(row)
    using: list[Story | StandingPage] = [*stories, *pages]
    if not using:
        return
    named = ", ".join(f"“{page.title}”" for page in using[:_NAMED])
    more = " and others" if len(using) > _NAMED else ""
    what = "pages" if not stories else "stories and pages" if pages else "stories"
    msg = f"“{row}” is still used by released {what}: {named}{more}. Withdraw or change those first."
    raise StillInUse(msg)
