"""Errors of the wire.

WireError
├── NotAnItem
├── BodyRefused
└── ItemRefused
"""

from __future__ import annotations


class WireError(Exception):
    """What came in cannot be taken over."""

    def __init__(self, detail: str = "") -> None:
        """Take the sentence to show; without one the class docstring speaks."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class NotAnItem(WireError):
    """The bytes are not one news item."""


class BodyRefused(WireError):
    """The body cannot be read safely."""


class ItemRefused(WireError):
    """The item can be read, but this paper does not take it."""
