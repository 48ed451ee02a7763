"""The site's own words in the language of the page, from the catalogues in ``locale/<language>/LC_MESSAGES/edition.po``.

The English words are the keys, so English has no catalogue. The text catalogues are read as they are at start: there is
no compiled twin that could fall behind (decision 0008).
"""

from __future__ import annotations

import contextlib
import gettext
import io
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel import Locale as Cldr
from babel import UnknownLocaleError
from babel.core import get_global
from babel.dates import format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

from broadsheet.edition.calendars import first_day

if TYPE_CHECKING:
    from broadsheet.edition.calendars import Month
    from broadsheet.plain.locales import Locale

CATALOGUES: Final = Path(__file__).parent / "locale"
_TERRITORY: Final = re.compile("[A-Z]{2}")
_SCRIPT: Final = re.compile("[A-Z][a-z]{3}")
_FILE: Final = Path("LC_MESSAGES") / "edition.po"


@cache
def words_of(locale: Locale) -> gettext.NullTranslations:
    """Return the words of that language: its own catalogue, that of the language without region, or English.

    What the paper says otherwise, in a catalogue of its theme folder, comes first.
    """
    found = [
        _compiled(path)
        for folder in (_own_catalogues(), CATALOGUES)
        for candidate in dict.fromkeys((locale.replace("-", "_"), locale.partition("-")[0]))
        if (path := folder / candidate / _FILE).is_file()
    ]
    words: gettext.NullTranslations = gettext.NullTranslations()
    for each in reversed(found):
        each.add_fallback(words)
        words = each
    return words


def catalogue_bytes() -> bytes:
    """Return all catalogues one after the other, in a fixed order, the paper's own with them."""
    folders = (CATALOGUES, _own_catalogues())
    return b"".join(path.read_bytes() for folder in folders for path in sorted(folder.glob(f"*/{_FILE}")))


def _own_catalogues() -> Path:
    return Path(settings.PAPER_DIR) / "theme" / "locale"


def language_name(locale: Locale, *, shown_in: Locale) -> str:
    """Return what the language is called in another one, e.g. "Russian"; the code itself where CLDR has no name."""
    name = cldr(shown_in).languages.get(locale.partition("-")[0])
    return str(name) if name else locale


def month_name(month: Month, shown_in: Locale) -> str:
    """Return the month as a language names it, with its year: "March 2026", "tháng 3 năm 2026".  Source: CLDR."""
    return str(format_skeleton("yMMMM", first_day(month), locale=cldr(shown_in)))


def territory_locale(locale: Locale) -> str:
    """Return the language with the country most of its readers live in, e.g. ``vi_VN``; empty where CLDR has none.

    Source: CLDR likely subtags; the form is that of Open Graph's ``og:locale``.
    """
    language, *rest = locale.split("-")
    likely = get_global("likely_subtags").get(locale.replace("-", "_")) or get_global("likely_subtags").get(
        language, ""
    )
    territories = [part for part in [*rest, *likely.split("_")[1:]] if _TERRITORY.fullmatch(part)]
    return f"{language}_{territories[0]}" if territories else ""


def script_of(locale: Locale) -> str:
    """Return the script the language is written in, e.g. ``Latn`` (ISO 15924); empty where CLDR does not know it."""
    likely = get_global("likely_subtags").get(locale.partition("-")[0], "")
    return next((part for part in [*locale.split("-")[1:], *likely.split("_")[1:]] if _SCRIPT.fullmatch(part)), "")


def cldr_version() -> str:
    """Return the version of CLDR that names of languages and forms of times come from."""
    return str(get_global("cldr")["version"])


@cache
def cldr(locale: Locale) -> Cldr:
    """Return what CLDR knows of the language; of one it does not know, what it knows of English.

    English without a country is that of the world, with the day before the month: CLDR's bare ``en`` is American.
    """
    for candidate in (locale, locale.partition("-")[0]):
        if candidate != "en":
            with contextlib.suppress(UnknownLocaleError):
                return Cldr.parse(candidate, sep="-")
    return Cldr("en", "001")


def _compiled(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as file:
        catalogue = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
