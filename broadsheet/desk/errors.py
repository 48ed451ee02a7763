"""Errors of the desk.

DeskError
├── ActRefused
│   ├── NotReady
│   ├── NotAllowed
│   ├── NobodyActs
│   ├── AlreadyReleased
│   ├── ChangedMeanwhile
│   ├── NothingToUpdate
│   ├── NotReleased
│   ├── WasRemoved
│   ├── StillInUse
│   ├── CannotRestore
│   ├── WasErased
│   ├── NotAgreed
│   └── WayClosed
├── NotAddressed
├── PictureRefused
├── CannotLink
├── TooManyTries
├── WrongCode
└── AlreadySetUp

All of ActRefused are expected: caught at the edge (a view, the middleware, a command) and shown to the person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class Problem(NamedTuple):
    """One thing that stands between a draft and its release: the form field, and a sentence for the editor.

    ``field`` is the field's name on the form (``title``, ``body``, ``lead_picture`` ...), or ``""`` for the whole.
    """

    field: str
    sentence: str


class DeskError(Exception):
    """The desk refused."""

    def __init__(self, detail: str = "") -> None:
        """Take the sentence to show; without one the class docstring speaks."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class ActRefused(DeskError):
    """This cannot be done now. Nothing was changed for readers."""

    #: The desk's page it was about, where there is one, so that the person is led back to it.
    page_id: int | None = None


class NotReady(ActRefused):
    """The draft cannot be released yet."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems as data; the message is their sentences in order."""
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


class NotAllowed(ActRefused):
    """You may not do this. Ask a chief editor."""


class NobodyActs(ActRefused):
    """Nobody is named who does this; acts are done by a person at the desk or by a declared part of the system."""


class AlreadyReleased(ActRefused):
    """Somebody released this a moment before."""

    def __init__(self, detail: str, *, by: str, at: datetime) -> None:
        """Take the sentence, who released it, and when (UTC)."""
        super().__init__(detail)
        self.by = by
        self.at = at


class ChangedMeanwhile(ActRefused):
    """Somebody saved another version after you opened this one."""


class NothingToUpdate(ActRefused):
    """Nothing has changed since the last release, so nothing was sent to readers."""


class NotReleased(ActRefused):
    """This is not before readers, so it can be neither updated nor withdrawn."""


class WasRemoved(ActRefused):
    """This was killed or taken down, so it comes back only by restoring one of its versions."""


class StillInUse(ActRefused):
    """Released stories still use this."""


class CannotRestore(ActRefused):
    """This version cannot be brought back."""


class WasErased(ActRefused):
    """This was erased by order; it is written, sent out and brought back by nobody any more."""


class NotAgreed(ActRefused):
    """Two administrators erase: one asks for it, and another one agrees."""


class WayClosed(ActRefused):
    """Broadsheet does not do this, because it would lead round the ledger."""


class NotAddressed(DeskError):
    """The story has no address yet; the act that releases it first must give it one before compiling."""


class PictureRefused(DeskError):
    """The file is not a picture the desk can take."""


class CannotLink(DeskError):
    """These two stories cannot be versions of each other."""


class TooManyTries(DeskError):
    """Too many tries. Wait a moment, then try again."""


class WrongCode(DeskError):
    """This code is not right, or it was used already. Wait for the next one and type that."""


class AlreadySetUp(DeskError):
    """There is a second factor already. Remove it first, then set up a new one."""
