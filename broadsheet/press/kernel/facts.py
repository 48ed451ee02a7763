"""Facts: named plain values with a digest. Each is computed once in a snapshot."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.press.composing import Composer
    from broadsheet.press.values import FactName

#: Marks the digest of a fact that could not be computed; it differs from every real one.
_FAILED: Final = "failed:"


class Known(NamedTuple):
    """A fact as a snapshot shows it. ``error`` says why it could not be computed; its digest then names the error."""

    value: Any
    digest: str
    error: Exception | None = None


def digest_of(data: bytes) -> str:
    """Return the BLAKE2b digest of the bytes, 16 bytes as 32 hex digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def encode_value(value: Any) -> bytes:  # noqa: ANN401 - a fact is any plain value
    """Return the value as JSON, sets and mappings in a fixed order. Raises: TypeError when it is no plain value."""
    return msgspec.json.encode(value, order="deterministic")


def fact_digest(value: Any) -> str:  # noqa: ANN401 - a fact is any plain value
    """Return the digest two equal values share. Raises: TypeError when it is no plain value."""
    return digest_of(encode_value(value))


#: A fact nobody has ever read counts as one that does not exist.
ABSENT: Final = fact_digest(None)


class Facts:
    """The facts of one snapshot, remembered.

    ``fatal`` names the errors that end the run (the database is gone) instead of spoiling one fact. ``allow_reads``
    opens the guard against untracked reads while a fact is computed.
    """

    def __init__(
        self,
        *,
        composer: Composer,
        reader: Any,  # noqa: ANN401 - the composer's own
        fatal: tuple[type[Exception], ...] = (),
        allow_reads: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self.fatal = fatal
        self.allow_reads = allow_reads
        self._composer = composer
        self._reader = reader
        self._known: dict[FactName, Known] = {}

    def know(self, name: FactName) -> Known:
        """Return the fact; one that cannot be computed carries its error. Raises: the fatal ones."""
        if name not in self._known:
            self._known[name] = self._compute(name)
        return self._known[name]

    def _compute(self, name: FactName) -> Known:
        try:
            with self.allow_reads():
                value = self._composer.compute(name, self._reader)
            return Known(value, fact_digest(value))
        except self.fatal:
            raise
        except Exception as error:  # noqa: BLE001 - one broken fact must not stop the others; its sheets report it
            return Known(None, _FAILED + digest_of(repr(error).encode()), error)
