"""Kill: it was wrong or dangerous to publish, and readers and partners are told so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from broadsheet.desk.actions.withdraw import Withdraw
from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotReady, NotReleased, Problem, WayClosed
from broadsheet.desk.models import Picture, Story
from broadsheet.desk.queries import released_stories_using
from broadsheet.ledger.values import REMOVALS, Act, Removal, Standing

if TYPE_CHECKING:
    from datetime import datetime

NOTICE_CHARACTERS: Final = 600
_NAMED: Final = 5


class Kill(Withdraw):
    """Take a story or picture from readers with a kill notice. What was withdrawn before can still be killed.

    A picture goes although stories show it: their pages stay, without it.
    """

    act: ClassVar[Act] = Act.KILL
    verb: ClassVar[str] = "kill"

    def __init__(self, row: Any, *, now: datetime, words: str) -> None:  # noqa: ANN401 - a Story or Picture
        """Take the row, the moment (UTC), and the notice: plain text for readers, in the story's language."""
        super().__init__(row, now=now)
        self.words = one_line(words)

    @property
    def words_told(self) -> str:
        """Return the notice; a takedown has none."""
        return self.words

    @property
    def removal(self) -> Removal:
        """Return the notice."""
        return Removal(words=self.words)

    def check_state(self, standing: Standing | None) -> None:
        """Raise WayClosed, NotReleased, AlreadyReleased or NotReady."""
        if not isinstance(self.row, Story | Picture):
            msg = f"“{self.subject.title}” is neither a story nor a picture, so it cannot be killed. Withdraw it."
            raise WayClosed(msg)
        self.check_standing(standing)
        self.check_nobody_was_first(standing)
        self.check_words()

    def check_standing(self, standing: Standing | None) -> None:
        """Raise NotReleased when readers never had it, or when this was done to it before."""
        if standing is None or standing.state is REMOVALS[self.act]:
            why = "was never before readers" if standing is None else f"is {standing.state} already"
            msg = f"“{self.subject.title}” {why}, so there is nothing to {self.verb}."
            raise NotReleased(msg)

    def check_words(self) -> None:
        """Raise NotReady without a notice, or with one that is too long."""
        if not self.words:
            raise NotReady((Problem("words", "Say why it is killed; readers and partners are told so."),))
        if len(self.words) > NOTICE_CHARACTERS:
            sentence = f"The notice has {len(self.words)} characters; {NOTICE_CHARACTERS} is the most."
            raise NotReady((Problem("words", sentence),))

    def foresee(self) -> tuple[str, ...]:
        """Return what the act will change, as sentences for the person about to do it."""
        return (
            *self.first_of_all(),
            *self.leaving(),
            "Partners get a kill notice: they are to delete what they hold.",
            self.way_back(),
        )

    def first_of_all(self) -> tuple[str, ...]:
        """Return what happens first."""
        if isinstance(self.row, Story):
            return ("Before any list changes, its page is replaced by your notice (answer 410).",)
        showing = [f"“{story.title}”" for story in released_stories_using(self.row, limit=_NAMED + 1)]
        more = " and others" if len(showing) > _NAMED else ""
        pages = (
            f"It is taken out of {', '.join(showing[:_NAMED])}{more}; the stories stay, without it."
            if showing
            else "No released story shows it."
        )
        return (pages, "Its files leave the site after the last page that shows it.")

    def way_back(self) -> str:
        """Return how it could come back."""
        return "It comes back only by restoring one of its versions."
