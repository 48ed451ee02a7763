"""Errors of keeping.

KeepingError
├── BadBackup
├── CannotKeep
└── KeepingRefused
    ├── NoBackup
    ├── FileInTheWay
    ├── PaperInTheWay
    ├── OtherEngine
    └── ToolMissing
"""

from __future__ import annotations


class KeepingError(Exception):
    """A backup could not be made or restored."""

    def __init__(self, detail: str = "") -> None:
        """Take the sentence to show; without one the class docstring speaks."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class BadBackup(KeepingError):
    """The file is damaged, cut off, or no backup at all."""


class CannotKeep(KeepingError):
    """The disk or the database did not do what was asked."""


class KeepingRefused(KeepingError):
    """What was asked for cannot be right; nothing was begun."""


class NoBackup(KeepingRefused):
    """There is no such file, or it may not be read."""


class FileInTheWay(KeepingRefused):
    """A backup is never written over another file."""


class PaperInTheWay(KeepingRefused):
    """A backup is never restored over another paper."""


class OtherEngine(KeepingRefused):
    """The backup is of a paper on the other database."""


class ToolMissing(KeepingRefused):
    """PostgreSQL's own programs are not on this machine."""
