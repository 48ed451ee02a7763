"""Which fonts a page will surely need, so that a browser asks for them before it has read the stylesheet."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from broadsheet.edition import assets
from broadsheet.edition.words import script_of

if TYPE_CHECKING:
    from broadsheet.plain.locales import Locale
    from broadsheet.press.values import SheetPath

#: By script (ISO 15924). Every other script is written in the fonts of the reader's machine.
_BY_SCRIPT: Final = {
    "Latn": ("serif-latin.woff2",),
    "Cyrl": ("serif-cyrillic.woff2", "serif-latin.woff2"),
    "Grek": ("serif-greek.woff2", "serif-latin.woff2"),
}
_VIETNAMESE: Final = ("serif-vietnamese.woff2",)


@cache
def needed_fonts(locale: Locale) -> tuple[SheetPath, ...]:
    """Return the addresses; of a paper with fonts of its own those that keep our names."""
    wanted = _BY_SCRIPT.get(script_of(locale), ())
    if locale.partition("-")[0] == "vi":
        wanted += _VIETNAMESE
    return tuple(assets.theme_path(name) for name in wanted if name in assets.font_names())
