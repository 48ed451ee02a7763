"""Restore: readers have an earlier version again, whatever was done to it since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from broadsheet.desk.actions.act import DeskAct, is_released
from broadsheet.desk.actions.addressing import fix_address
from broadsheet.desk.actions.companions import hold_unreleased_companions
from broadsheet.desk.actions.foreseeing import places_of
from broadsheet.desk.actions.guarding import run_guards
from broadsheet.desk.actions.holding import check_not_held
from broadsheet.desk.actions.readying import check_rights
from broadsheet.desk.actions.release import Release
from broadsheet.desk.actions.removing import note_removal
from broadsheet.desk.errors import CannotRestore, NotAllowed, NothingToUpdate
from broadsheet.desk.models import CorrectionNote, Navigation, StandingPage, Story
from broadsheet.desk.writing_back import as_it_stands, write_back
from broadsheet.ledger.actions import append_release
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import REMOVALS, Act, Document, PageDocument, ReleaseRecord, State, StoryDocument

if TYPE_CHECKING:
    from datetime import datetime

_LATER_NOTES: Final = "Corrections made after that version are no longer shown; the ledger keeps them."


class Restore(DeskAct):
    """Bring back a version of the ledger, byte for byte but for its section and its ties to other languages.

    The draft at the desk becomes that version; what was the draft stays in the story's history.
    """

    act: ClassVar[Act] = Act.RESTORE
    verb: ClassVar[str] = "restore"

    def __init__(self, row: Any, *, now: datetime, number: int) -> None:  # noqa: ANN401 - any subject's row
        """Take the row, the moment (UTC), and the version's number in the ledger."""
        super().__init__(row, now=now)
        self.number = number

    def check(self) -> None:
        """See ``DeskAct.check``."""
        self.check_permission()
        run_guards(self.wanted_document())

    def check_permission(self) -> None:
        """Raise NotAllowed as every act, and where an order took it down for anybody but an administrator."""
        super().check_permission()
        standing = self.standing()
        user: Any = self.actor.user
        if standing is not None and standing.state is State.TAKEN_DOWN and user is not None and not user.is_superuser:
            msg = f"“{self.subject.title}” was taken down by order; only an administrator can bring it back."
            raise NotAllowed(msg)

    def wanted_document(self) -> Document:
        """Return what readers will have. Raises: CannotRestore, NothingToUpdate, AlreadyReleased."""
        standing = self.standing()
        self.check_nobody_was_first(standing)
        check_not_held(self.row, now=self.now)
        document = as_it_stands(LedgerReader().document(self.record().document_digest), self.row)
        if standing is not None and is_released(standing) and standing.document == document:
            msg = f"Readers have exactly this version of “{self.subject.title}” already."
            raise NothingToUpdate(msg)
        return document

    def record(self) -> ReleaseRecord:
        """Return the version to restore. Raises: CannotRestore where that is none readers ever had of this subject."""
        subject = self.subject
        for record in LedgerReader().versions(subject.urn, subject.locale):
            if record.number == self.number and record.act not in REMOVALS:
                return record
        msg = f"Number {self.number} of the ledger is no version of “{subject.title}” that readers had."
        raise CannotRestore(msg)

    def perform(self) -> ReleaseRecord:
        """See ``DeskAct.perform``; the order of locks is that of a release."""
        self.check_permission()
        document = self.wanted_document()
        run_guards(document)
        write_back(self.row, document)
        check_rights(self.row, now=self.now)
        companions = hold_unreleased_companions(self.row)
        self.save_row(document)
        for companion in companions:
            Release(companion, now=self.now).execute()
        self.log_and_tell()
        return append_release(
            document=document,
            act=self.act,
            released_by=self.actor.name,
            released_at=self.now,
            recorded_at=self.now,
        )

    def save_row(self, document: Document) -> None:
        """Save the row as readers will have it."""
        row = self.row
        if not self.subject.is_page:
            row.save()
            return
        # The revision first: saving it notes the row as read, and until then that must be how it was found.
        row.live_revision = row.save_revision(user=self.actor.user, changed=False, clean=False)
        row.live, row.has_unpublished_changes, row.expired = True, False, False
        row.last_published_at = self.now
        row.save(clean=False)
        if isinstance(row, Story | StandingPage):
            fix_address(row, now=self.now)
            note_removal(row, act=None)
        if isinstance(document, StoryDocument):
            Story.objects.filter(pk=row.pk).update(shown_updated_at=document.updated_at)
        if isinstance(document, StoryDocument | PageDocument):
            row.corrections.all().delete()
            CorrectionNote.objects.bulk_create(
                CorrectionNote(page=row, words=correction.words, at=correction.at)
                for correction in document.corrections
            )

    def foresee(self) -> tuple[str, ...]:
        """Return what the act will change, as sentences for the person about to do it."""
        if isinstance(self.row, Story):
            return self.foresee_story()
        if isinstance(self.row, StandingPage):
            return self.foresee_page()
        if isinstance(self.row, Navigation):
            return (
                "The head and the foot of every page of the language lead where the chosen version says; all are pressed again.",
                "What it names and readers cannot have now is left out until they can.",
                "The entries on the navigation's screen become that version.",
            )
        return (
            "Readers get the chosen version as it was then, on every page that shows it.",
            "The form at the desk becomes that version.",
        )

    def foresee_story(self) -> tuple[str, ...]:
        """Return the sentences for a story."""
        return (
            "Readers get the chosen version as it was then; only its section and its ties to other languages are of now.",
            self.coming_back("Its page, its places in lists and its line in the feed come back, at the same address."),
            _LATER_NOTES,
            "The draft at the desk becomes that version; the present draft stays in the story's history.",
            "Partners get the story as it was then.",
        )

    def foresee_page(self) -> tuple[str, ...]:
        """Return the sentences for a standing page."""
        places = places_of(self.row)
        menus = f", and its links in {places}" if places else ""
        return (
            "Readers get the chosen version as it was then; only its ties to other languages are of now.",
            self.coming_back(f"Its page comes back at the same address{menus}."),
            _LATER_NOTES,
            "The draft at the desk becomes that version; the present draft stays in the page's history.",
            "Partners get the page as it was then.",
        )

    def coming_back(self, gone: str) -> str:
        """Return what becomes of what readers have now, or the sentence for when they have nothing."""
        return "It takes the place of what readers have now." if is_released(self.standing()) else gone
