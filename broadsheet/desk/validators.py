"""What may be typed into the desk's fields, and the sentence that refuses the rest."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.core.exceptions import ValidationError

KEY_LENGTH: Final = 40
HEADLINE_LENGTH: Final = 200
#: More than these on one story help no reader to find it.
MOST_TOPICS: Final = 12

#: First path segments below a language that belong to other sheets (docs/urls.md), kept or planned.
RESERVED_KEYS: Final = frozenset(
    {
        "404", "about", "archive", "assets", "atom", "authors", "by", "contact", "corrections", "feed", "feeds", "gone",
        "healthz", "home", "imprint", "index", "live", "media", "newsletters", "pages", "pictures", "privacy", "rss",
        "search", "sitemap", "sitemaps", "static", "tags", "terms", "topics", "well-known",
    }
)  # fmt: skip

_KEY: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_URL_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ALLOWED_CONTROLS: Final = frozenset("\n\r\t")


def check_section_key(key: str) -> None:
    """Refuse a section key that cannot stand in an address for ever. Raises: ValidationError."""
    if len(key) > KEY_LENGTH or not _KEY.fullmatch(key):
        msg = (
            f"Use at most {KEY_LENGTH} small letters, digits and single hyphens, starting with a letter, "
            "for example “politics” or “arts-and-books”."
        )
        raise ValidationError(msg, code="key")
    if key in RESERVED_KEYS:
        msg = f"“{key}” is an address the site itself needs. Choose another key."
        raise ValidationError(msg, code="reserved")


def check_byline_key(key: str) -> None:
    """Refuse a byline key that is no URL slug. Raises: ValidationError."""
    if not _URL_SLUG.fullmatch(key):
        msg = "Use small letters, digits and single hyphens, for example “lan-nguyen”."
        raise ValidationError(msg, code="key")


def check_url_slug(slug: str) -> None:
    """Refuse a last part of the address that readers could not type. Raises: ValidationError."""
    if not _URL_SLUG.fullmatch(slug):
        msg = "Use small letters without accents, digits and single hyphens, for example “harbour-opens-again”."
        raise ValidationError(msg, code="url_slug")


def check_printable(text: str) -> None:
    """Refuse control characters and broken Unicode, which no database and no page can carry.

    Raises: ValidationError naming the first such character and the words before it, so that it can be found.
    """
    for place, character in enumerate(text):
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in _ALLOWED_CONTROLS:
            before = text[:place].rsplit("\n", 1)[-1][-20:].strip()
            where = f"after “{before}”" if before else "at the beginning"
            msg = f"There is an invisible control character (U+{ord(character):04X}) {where}. Delete it and save again."
            raise ValidationError(msg, code="control_character")
