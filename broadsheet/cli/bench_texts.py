"""Made-up stories for the bench of the search: many files, put straight into a pressed folder.

Words follow the law of Zipf and Mandelbrot, as those of every language do: a few stand in nearly each story, most in
hardly any. That is what a search has to cope with.
"""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from broadsheet.plain.folding import words_in
from broadsheet.plain.locales import Locale
from broadsheet.plain.searching import SearchSheet, search_sheet_path

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from pathlib import Path

LANGUAGES: Final = (Locale("en"), Locale("vi"))
_VOCABULARY: Final = 60_000
_SECTIONS: Final = 12
_BYLINES: Final = 400
_SYLLABLES: Final = {
    "en": (
        "ba",
        "con",
        "der",
        "el",
        "fin",
        "gar",
        "ho",
        "in",
        "ker",
        "lan",
        "mo",
        "ner",
        "or",
        "pel",
        "ra",
        "son",
        "tor",
    ),
    "vi": (
        "bảo",
        "cường",
        "đà",
        "gặp",
        "hải",
        "khách",
        "lễ",
        "mặt",
        "nẵng",
        "ổn",
        "phố",
        "quý",
        "rừng",
        "sông",
        "tiến",
    ),
}
#: Median and spread of the length of a body, in words.
_BODY: Final = (365, 0.5)
_PARAGRAPH_WORDS: Final = 60
_NEWEST: Final = datetime(2026, 11, 1, tzinfo=UTC)


class Texts:
    """Draws stories, and what readers may ask for."""

    def __init__(self, *, chance: random.Random) -> None:
        self.chance = chance
        self._words = {locale: _vocabulary(locale) for locale in LANGUAGES}
        self._weights = list(itertools.accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(_VOCABULARY)))
        self._headlines: dict[Locale, list[str]] = {locale: [] for locale in LANGUAGES}

    def write_archive(self, folder: Path, *, stories: int) -> None:
        """Write so many stories, one each half hour back from the newest."""
        for number in range(stories):
            locale = LANGUAGES[number % len(LANGUAGES)]
            self.write_story(folder, locale=locale, published_at=_NEWEST - timedelta(minutes=30 * number))

    def write_story(self, folder: Path, *, locale: Locale, headline: str = "", published_at: datetime = _NEWEST) -> str:
        """Write a story's page and its search sheet; return the path of the sheet."""
        key = uuid.UUID(int=self.chance.getrandbits(128)).hex
        median, spread = _BODY
        body = self._draw(locale, int(median * self.chance.lognormvariate(0, spread)))
        starts = range(0, len(body), _PARAGRAPH_WORDS)
        sheet = SearchSheet(
            path=f"/{locale}/{self.section()}/{published_at:%Y/%m/%d}/{key}/",
            headline=headline or " ".join(self._draw(locale, 8)).capitalize(),
            standfirst=" ".join(self._draw(locale, 22)).capitalize() + ".",
            text="\n".join(" ".join(body[start : start + _PARAGRAPH_WORDS]) for start in starts),
            section=self.section(),
            section_title="Section",
            bylines=(self.byline(),),
            published_iso=published_at.isoformat(),
            published_shown=f"{published_at:%d/%m/%Y %H:%M}",
        )
        path = search_sheet_path(locale, key)
        _write(folder, sheet.path + "index.html", sheet.headline.encode())
        _write(folder, path, msgspec.json.encode(sheet))
        self._headlines[locale].append(sheet.headline)
        return path

    def section(self) -> str:
        """Return the key of a section."""
        return f"section-{self.chance.randrange(_SECTIONS)}"

    def byline(self) -> str:
        """Return the name of a writer."""
        return f"Writer {self.chance.randrange(_BYLINES)}"

    def asked_words(self, locale: Locale, *, count: int) -> str:
        """Return words that stand one after the other in some headline, without accents; the first is any, at times."""
        words = [word.folded for word in words_in(self.chance.choice(self._headlines[locale]))]
        begins = self.chance.randrange(max(1, len(words) - count))
        asked = words[begins : begins + count]
        if self.chance.randrange(4) == 0:
            asked[:1] = (word.folded for word in words_in(self.chance.choice(self._words[locale])))
        return " ".join(asked)

    def _draw(self, locale: Locale, count: int) -> Sequence[str]:
        return self.chance.choices(self._words[locale], cum_weights=self._weights, k=count)


def _vocabulary(locale: Locale) -> Sequence[str]:
    """Return so many words, short ones first: the frequent words of a language are short."""
    syllables = _SYLLABLES[locale]
    lengths = (itertools.product(syllables, repeat=length) for length in itertools.count(1))
    return ["".join(parts) for parts in itertools.islice(itertools.chain.from_iterable(lengths), _VOCABULARY)]


def _write(folder: Path, path: str, data: bytes) -> None:
    file = folder / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
