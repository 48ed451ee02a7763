"""Correct: readers see a story or standing page put right, with a note that says what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import transaction

from broadsheet.desk.actions.readying import compile_for_readers
from broadsheet.desk.actions.update import Update
from broadsheet.desk.actors import current_actor
from broadsheet.desk.asking import what_was_asked
from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotReady, Problem, WayClosed
from broadsheet.desk.models import CorrectionNote, StandingPage, Story
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.values import Act, ReleaseRecord

if TYPE_CHECKING:
    from datetime import datetime

#: As much as a reader takes in at the foot of a page.
NOTE_CHARACTERS: Final = 600


def send_correction(page: Story | StandingPage, *, words: str, now: datetime) -> None:
    """Send the draft of the page to readers with the note; the note alone where the draft is what they have.

    Raises: ActRefused.
    """
    subject = subject_of(page)
    if not page.has_unpublished_changes or page.latest_revision is None:
        Correct(page, now=now, words=words).execute()
        return
    asked = what_was_asked()
    asked.corrections[subject.urn] = words
    try:
        with transaction.atomic():
            # Saving the row ends in the act (settling), which takes the note.
            page.latest_revision.publish(user=current_actor().user)
    finally:
        asked.corrections.pop(subject.urn, None)


class Correct(Update):
    """Send what changed to readers with a public note, or the note alone where the text is right already."""

    act: ClassVar[Act] = Act.CORRECT
    verb: ClassVar[str] = "correct"

    def __init__(self, row: Any, *, now: datetime, words: str) -> None:  # noqa: ANN401 - a Story or StandingPage
        """Take the row, the moment (UTC), and the note: plain text, in the page's language."""
        super().__init__(row, now=now, show_as_updated=False)
        self.words = one_line(words)

    @property
    def words_told(self) -> str:
        """Return the note."""
        return self.words

    def check(self) -> None:
        """See ``DeskAct.check``."""
        self.check_permission()
        self.check_note()
        self.check_released(self.standing())
        compile_for_readers(self.subject, now=self.now)

    def check_note(self) -> None:
        """Raise WayClosed for what has no page of its own, NotReady without a note or with one that is too long."""
        if not isinstance(self.row, Story | StandingPage):
            msg = f"“{self.subject.title}” has no page for a note. Change it, and every page that shows it follows."
            raise WayClosed(msg)
        if not self.words:
            raise NotReady((Problem("words", "Say what was wrong and what is right; readers see it below the text."),))
        if len(self.words) > NOTE_CHARACTERS:
            sentence = f"The note has {len(self.words)} characters; {NOTE_CHARACTERS} is the most."
            raise NotReady((Problem("words", sentence),))

    def perform(self) -> ReleaseRecord:
        """See ``DeskAct.perform``."""
        self.check_permission()
        self.check_note()
        CorrectionNote.objects.create(page=self.row, words=self.words, at=self.now)
        return super().perform()

    def foresee(self) -> tuple[str, ...]:
        """Return what the act will change, in sentences; the draft at the desk is what will go out."""
        parts = self.changing()
        return (
            f"Readers get the draft as it is saved. Changed since they last got it: {', '.join(parts)}."
            if parts
            else "The text stays as readers have it; only the note is added.",
            *self.noted(),
            f"Partners get the {self.subject.kind} with the note.",
        )

    def noted(self) -> tuple[str, ...]:
        """Return where readers find the note."""
        if isinstance(self.row, StandingPage):
            return ("Your note stands below the page with the time, and “Corrected” below its title.",)
        return (
            "Your note stands below the story with the time, and “Corrected” beside the story's own time.",
            "The feed says that the story was corrected; its place in lists stays.",
        )
