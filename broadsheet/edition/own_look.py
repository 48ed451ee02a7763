"""What a paper says of its own look in ``broadsheet.toml``: colours, nameplate, the lines at the foot. Read once a process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.conf import settings

if TYPE_CHECKING:
    from broadsheet.plain.configuration import Configuration
    from broadsheet.plain.locales import Locale


def colours() -> str:
    """Return the rules that put the paper's colours in place of ours; empty where it names none."""
    theme = _configuration().theme
    light = f":root {{ --accent: {theme.accent}; }}\n" if theme.accent else ""
    if not theme.accent_dark:
        return light
    dark = f"{{ --accent: {theme.accent_dark}; }}"
    # As paper.css says it: the reader's machine, unless the reader chose otherwise.
    return (
        f'{light}@media screen and (prefers-color-scheme: dark) {{ :root:not([data-scheme="light"]) {dark} }}\n'
        f'@media screen {{ :root[data-scheme="dark"] {dark} }}\n'
    )


def nameplate() -> str:
    """Return the name of the theme file that shows the paper's name; empty where it is set in type."""
    return _configuration().theme.nameplate


def contact() -> str:
    """Return where readers reach the paper, as an address a link can have; empty where it does not say."""
    said = _configuration().paper.contact
    return f"mailto:{said}" if said and "://" not in said else said


def foot(locale: Locale) -> tuple[str, ...]:
    """Return the lines at the foot of every page of that language."""
    said = next((each.footer for each in _configuration().languages if each.code == locale), "")
    return tuple(line.strip() for line in said.splitlines() if line.strip())


def said_bytes() -> bytes:
    """Return everything of it that stands on pages, in bytes that are the same for the same words."""
    configuration = _configuration()
    feet = [(each.code, each.footer) for each in configuration.languages]
    return msgspec.json.encode([configuration.theme, configuration.paper.contact, feet])


def _configuration() -> Configuration:
    configuration: Configuration = settings.CONFIGURATION
    return configuration
