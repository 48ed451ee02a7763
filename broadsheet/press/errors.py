"""Errors of the press.

PressError
├── ComposerMissing
├── UntrackedRead
├── MovingFactInStory
├── AnotherPressRuns
├── StoreError
│   ├── BadSheetPath
│   └── StoreFull
└── RenderFailed
"""

from __future__ import annotations


class PressError(Exception):
    """The press refused."""

    def __init__(self, detail: str = "") -> None:
        """Take the sentence to show; without one the class docstring speaks."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class ComposerMissing(PressError):
    """No composer is registered; add broadsheet.edition to INSTALLED_APPS."""


class UntrackedRead(PressError):
    """A sheet asked the database while it was rendered; it may show only what it gathered."""


class MovingFactInStory(PressError):
    """A story sheet read a moving list; it may read settled facts only."""


class AnotherPressRuns(PressError):
    """Another press works on this paper; there is one at a time."""


class StoreError(PressError):
    """The store could not write."""


class BadSheetPath(StoreError):
    """The sheet's path is not a clean absolute path."""


class StoreFull(StoreError):
    """The disk is full; the sheet keeps its old file."""


class RenderFailed(PressError):
    """A sheet could not be rendered; it keeps its old file."""
