"""Errors of the reader server.

ServeError
├── FolderMissing
├── PortTaken
├── OutsideTheFolder
└── RangeNotSatisfiable
"""

from __future__ import annotations


class ServeError(Exception):
    """The reader server refused."""

    def __init__(self, detail: str = "") -> None:
        """Take the sentence to show; without one the class docstring speaks."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class FolderMissing(ServeError):
    """The folder to serve does not exist."""


class PortTaken(ServeError):
    """Another program already answers on that port."""


class OutsideTheFolder(ServeError):
    """The file's real place is outside the pressed folder, or hidden."""


class RangeNotSatisfiable(ServeError):
    """The range asked for begins after the end of the file."""
