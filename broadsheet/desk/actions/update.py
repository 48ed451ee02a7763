"""Update: readers see a new version of what they could see already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from broadsheet.desk.actions.act import DeskAct, is_released
from broadsheet.desk.actions.companions import hold_unreleased_companions
from broadsheet.desk.actions.foreseeing import led_by, listed, released_along
from broadsheet.desk.actions.readying import compile_for_readers
from broadsheet.desk.actions.release import Release
from broadsheet.desk.differences import changed_parts
from broadsheet.desk.errors import NothingToUpdate, NotReleased
from broadsheet.desk.models import Navigation, StandingPage, Story
from broadsheet.ledger.actions import append_release
from broadsheet.ledger.values import Act, Document, PageDocument, ReleaseRecord, Standing, StoryDocument

if TYPE_CHECKING:
    from datetime import datetime


class Update(DeskAct):
    """Send what changed since the last release to readers; ``show_as_updated`` tells them that it changed."""

    act: ClassVar[Act] = Act.UPDATE
    verb: ClassVar[str] = "update"

    def __init__(self, row: Any, *, now: datetime, show_as_updated: bool | None = None) -> None:  # noqa: ANN401
        """Take the row, the moment (UTC), and whether readers are told; None: as ticked on the story."""
        super().__init__(row, now=now)
        self.wish = show_as_updated

    @property
    def show_as_updated(self) -> bool:
        """Return whether readers are told. Only stories say it."""
        return isinstance(self.row, Story) and (self.row.show_as_updated if self.wish is None else self.wish)

    def check(self) -> None:
        """See ``DeskAct.check``."""
        self.check_permission()
        self.changed_document(self.standing())

    def changed_document(self, standing: Standing | None) -> Document:
        """Return the new document. Raises: NotReleased, NothingToUpdate, NotReady, AlreadyReleased."""
        self.check_released(standing)
        document = compile_for_readers(self.subject, now=self.now)
        if standing is not None and document == standing.document:
            msg = f"Nothing in “{self.subject.title}” has changed since it was last sent to readers."
            raise NothingToUpdate(msg)
        return document

    def check_released(self, standing: Standing | None) -> None:
        """Raise NotReleased, or AlreadyReleased when somebody was first."""
        if not is_released(standing):
            msg = f"“{self.subject.title}” is not before readers, so there is nothing to {self.verb}. Release it."
            raise NotReleased(msg)
        self.check_nobody_was_first(standing)

    def perform(self) -> ReleaseRecord:
        """See ``DeskAct.perform``."""
        self.check_permission()
        self.changed_document(self.standing())
        companions = hold_unreleased_companions(self.row)
        for companion in companions:
            Release(companion, now=self.now).execute()
        if self.show_as_updated:
            self.row.shown_updated_at = self.now
            Story.objects.filter(pk=self.row.pk).update(shown_updated_at=self.now)
        self.log_and_tell()
        return append_release(
            document=self.subject.compile(),
            act=self.act,
            released_by=self.actor.name,
            released_at=self.now,
            recorded_at=self.now,
        )

    def foresee(self) -> tuple[str, ...]:
        """Return what the act will change, as sentences for the person about to do it."""
        if isinstance(self.row, Navigation):
            return led_by(self.row)
        parts = self.changing()
        if not isinstance(self.row, Story | StandingPage):
            return ("Every page that shows it follows.",)
        if not parts:
            return ("Nothing has changed since readers last got it.",)
        along = released_along(self.row)
        return (
            f"Readers get the draft as it is saved. Changed since they last got it: {listed(parts)}.",
            *self.staying(parts),
            *([f"Released with it, as readers do not have them yet: {along}."] if along else []),
            "Readers see beside its time that it was updated."
            if self.show_as_updated
            else "Readers are not told that it changed. Where a fact was wrong, correct it with a note.",
            "Partners get the new version.",
        )

    def staying(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """Return what becomes of its address and of its places on other pages."""
        if isinstance(self.row, StandingPage):
            return ("Its address stays. Menus show the new title." if "title" in parts else "Its address stays.",)
        if "section" in parts:
            return (f"It moves to the front of {self.row.section}; its address stays.",)
        return ("Its address and its place in lists stay.",)

    def changing(self) -> tuple[str, ...]:
        """Return the parts of a story or standing page that are not as readers have them. Raises: NotReady."""
        standing = self.standing()
        match (standing.document if standing else None, self.subject.compile()):
            case (StoryDocument() as before, StoryDocument() as after):
                return changed_parts(before, after)
            case (PageDocument() as before, PageDocument() as after):
                return changed_parts(before, after)
            case _:
                return ()
