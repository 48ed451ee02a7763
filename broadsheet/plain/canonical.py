"""One way to turn a value into bytes, and bytes into a digest."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import rfc8785


def canonical_bytes(value: Any) -> bytes:  # noqa: ANN401 - any msgspec Struct or JSON value
    """Return the canonical JSON of a Struct or JSON value.

    Raises: rfc8785.CanonicalizationError for NaN, infinities and integers beyond 2^53.  Source: RFC 8785.
    """
    return rfc8785.dumps(msgspec.to_builtins(value, str_keys=True))


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of the bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()
