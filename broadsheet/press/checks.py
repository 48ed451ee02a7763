"""System checks of the press: what must be in place before it can work."""

from __future__ import annotations

from django.core.checks import CheckMessage, Error

from broadsheet.press.composing import the_composer
from broadsheet.press.errors import ComposerMissing


def check_composer(**_: object) -> list[CheckMessage]:
    """Report that nobody has said what the pages are."""
    try:
        the_composer()
    except ComposerMissing as missing:
        return [Error("The press has no composer.", hint=str(missing), id="press.E001")]
    return []
