"""Names of subjects: ``urn:broadsheet:<kind>:<key>``, stable for ever.

The key is a UUID in hex for stories, pictures, bylines and topics, and a word for the few subjects a paper
has one of (``urn:broadsheet:paper:paper``) or names itself (``urn:broadsheet:section:politics``).
"""

from __future__ import annotations

import re
from typing import Final, Literal, NewType, cast, get_args

from broadsheet.plain.errors import BadUrn

Urn = NewType("Urn", str)
Kind = Literal["story", "picture", "byline", "topic", "section", "front", "page", "navigation", "paper", "redirects"]

KINDS: Final[frozenset[str]] = frozenset(get_args(Kind))
_SHAPE: Final = re.compile(r"urn:broadsheet:([a-z]+):([a-z0-9][a-z0-9-]{0,79})")


def make_urn(kind: Kind, key: str) -> Urn:
    """Return the name of a subject.

    Raises: BadUrn when the kind or key has the wrong shape.
    """
    return parse_urn(f"urn:broadsheet:{kind}:{key}")


def front_urn(section_key: str = "") -> Urn:
    """Return the name of a section's front, without a key of the home front. Each language has its own of that name.

    Raises: BadUrn when the key has the wrong shape.
    """
    return make_urn("front", f"section-{section_key}" if section_key else "home")


def parse_urn(text: str) -> Urn:
    """Return the text as a Urn. Raises: BadUrn."""
    match = _SHAPE.fullmatch(text)
    if match is None or match[1] not in KINDS:
        msg = f"{text!r} does not name a subject; the form is urn:broadsheet:<kind>:<key>."
        raise BadUrn(msg)
    return Urn(text)


def kind_of(urn: Urn) -> Kind:
    """Return the kind part, e.g. ``story``."""
    return cast("Kind", urn.split(":")[2])


def key_of(urn: Urn) -> str:
    """Return the key part, e.g. the UUID in hex."""
    return urn.split(":")[3]
