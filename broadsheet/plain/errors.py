"""Errors of the shared values.

PlainError
├── BadLocale
├── BadUrn
├── BadTime
├── BadAddress
└── BadConfiguration
"""

from __future__ import annotations


class PlainError(ValueError):
    """A value is not what its type promises."""

    def __init__(self, detail: str = "") -> None:
        """Take the sentence to show; without one the class docstring speaks."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class BadLocale(PlainError):
    """The language code is not a BCP 47 code such as en, vi or pt-BR."""


class BadUrn(PlainError):
    """The subject name is not of the form urn:broadsheet:<kind>:<key>."""


class BadTime(PlainError):
    """The time has no zone, or is not an ISO 8601 time."""


class BadAddress(PlainError):
    """This cannot be the address of a page."""


class BadConfiguration(PlainError):
    """The paper's broadsheet.toml cannot be used."""
