"""Errors of the ledger.

LedgerError
├── NotInTransaction
├── NothingToRemove
├── AddressTaken
├── BadDocument
│   └── DocumentErased
├── SharedDocument
├── WasErased
├── UnknownSubject
├── ProjectorMissing
├── PictureRefused
├── PictureMissing
├── DepositRefused
└── DepositFailed
"""

from __future__ import annotations


class LedgerError(Exception):
    """The ledger refused."""

    def __init__(self, detail: str = "") -> None:
        """Take the sentence to show; without one the class docstring speaks."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class NotInTransaction(LedgerError):
    """A release is appended only inside the act's own transaction."""


class NothingToRemove(LedgerError):
    """The subject is not before readers, so there is nothing to take from them."""


class AddressTaken(LedgerError):
    """Another story of this language already has this address."""


class BadDocument(LedgerError):
    """The bytes of a document cannot be read back as one."""


class DocumentErased(BadDocument):
    """The document was destroyed by order."""


class SharedDocument(LedgerError):
    """Another subject has the very same document, so it is not erased."""


class WasErased(LedgerError):
    """This was erased by order and never comes back."""


class UnknownSubject(LedgerError):
    """The ledger holds nothing of this subject."""


class ProjectorMissing(LedgerError):
    """No projector is registered; add broadsheet.edition to INSTALLED_APPS."""


class PictureRefused(LedgerError):
    """The file cannot be used as a picture."""


class PictureMissing(LedgerError):
    """The picture's original is not kept here."""


class DepositRefused(LedgerError):
    """A deposit package is written into a new or empty folder only."""


class DepositFailed(LedgerError):
    """The deposit package could not be written, so nothing of it was kept."""


class WordsMissing(PictureMissing):
    """The words of that file (creator, credit, copyright) are not kept here."""
