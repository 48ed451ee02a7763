"""Errors of the edition.

EditionError
├── UnknownAsset
├── BadTemplate
└── NothingToPreview
"""

from __future__ import annotations


class EditionError(Exception):
    """The edition refused."""

    def __init__(self, detail: str = "") -> None:
        """Take the sentence to show; without one the class docstring speaks."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class UnknownAsset(EditionError):
    """No asset has this address."""


class BadTemplate(EditionError):
    """The template cannot be used."""


class NothingToPreview(EditionError):
    """The paper, or this language of it, is not out yet, so there is no page to show."""
