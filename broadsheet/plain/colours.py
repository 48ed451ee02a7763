"""Colours as settings write them, and whether words in one can be read on another."""

from __future__ import annotations

import re
from typing import Final

#: What ordinary words need.  Source: WCAG 2.2, success criterion 1.4.3.
READABLE: Final = 4.5
_HEX: Final = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_RED_GREEN_BLUE: Final = (0.2126, 0.7152, 0.0722)
_DARKEST: Final = 0.04045


def is_colour(text: str) -> bool:
    """Return whether the text is a colour such as ``#0a5c8c``."""
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Return how far two colours stand apart, from 1 to 21.  Source: WCAG 2.2, contrast ratio."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return sum(weight * _linear(channel) for weight, channel in zip(_RED_GREEN_BLUE, channels, strict=True))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _DARKEST else ((channel + 0.055) / 1.055) ** 2.4
