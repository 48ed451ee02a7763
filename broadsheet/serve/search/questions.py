"""What a reader asks: words, phrases in quotation marks, and what to narrow them to. Anything at all may be asked.

Nothing typed is ever an operator: a query is folded into words, and only words of letters and digits go on.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

from broadsheet.plain.errors import BadLocale
from broadsheet.plain.folding import words_in
from broadsheet.plain.locales import Locale, parse_locale

#: What is typed beyond is not looked for; the field of the form takes no more.
QUERY_CHARACTERS: Final = 200
#: Words or phrases in one question.
PHRASES: Final = 16
PAGE_HITS: Final = 10
#: Whoever has not found it on so many pages needs another word.
PAGES: Final = 50
ALL_LANGUAGES: Final = "all"
BY_DATE: Final = "date"

_ADDRESS_CHARACTERS: Final = 16_384
_FIELDS: Final = 32
_NAME_CHARACTERS: Final = 80
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»「」『』\uff02", '"'))
_PIECE: Final = re.compile(r'"([^"]*)"?|([^\s"]+)')
_SECTION: Final = re.compile(r"(?=.{1,80}$)[a-z0-9]+(?:-[a-z0-9]+)*")
#: Signs that shape a word in scripts such as Persian's; all others that nobody can see are dropped.
_JOINERS: Final = "\u200c\u200d"


class Phrase(NamedTuple):
    """Words that must stand one after the other. ``begins``: one sign, with which a word may begin."""

    words: tuple[str, ...]
    begins: bool = False


class Question(NamedTuple):
    """One question, made clean. ``language`` is a locale or ``all``; days are the paper's; ``page`` counts from 1."""

    text: str = ""
    by: str = ""
    section: str = ""
    language: str = ""
    first_day: date | None = None
    last_day: date | None = None
    order: str = ""
    page: int = 1

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """What has to be in the story."""
        return phrases_in(self.text)

    @property
    def name(self) -> Phrase | None:
        """Who has to have written it."""
        return _phrase(self.by)

    @property
    def narrows(self) -> bool:
        """Whether anything but words is asked, so that the form shows its other fields."""
        return any((self.by, self.section, self.language, self.first_day, self.last_day, self.order))

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.phrases or self.name or self.section or self.first_day or self.last_day)

    def query(self, *, page: int) -> str:
        """Return the question as an address has it, turned to that page."""
        fields = {
            "q": self.text,
            "section": self.section,
            "language": self.language,
            "by": self.by,
            "from": _told(self.first_day),
            "to": _told(self.last_day),
            "order": self.order,
            "page": str(page) if page > 1 else "",
        }
        return urlencode({name: value for name, value in fields.items() if value})


def parse_question(query: str, *, locale: Locale) -> Question:
    """Return what the query string asks on the page of that language; what makes no sense in it is left out."""
    fields = _fields(query)
    language = _language(fields.get("language", ""))
    section = fields.get("section", "")
    return Question(
        text=_cleaned(fields.get("q", ""), QUERY_CHARACTERS),
        by=_cleaned(fields.get("by", ""), _NAME_CHARACTERS),
        section=section if _SECTION.fullmatch(section) else "",
        language="" if language == locale else language,
        first_day=_day(fields.get("from", "")),
        last_day=_day(fields.get("to", "")),
        order=BY_DATE if fields.get("order") == BY_DATE else "",
        page=_page(fields.get("page", "")),
    )


def phrases_in(text: str) -> tuple[Phrase, ...]:
    """Return the words of the text, and its phrases: what stands in quotation marks, or together as in ``covid-19``."""
    pieces = (quoted or alone for quoted, alone in _PIECE.findall(text.translate(_QUOTES)))
    found = dict.fromkeys(phrase for phrase in map(_phrase, pieces) if phrase is not None)
    return tuple(found)[:PHRASES]


def _phrase(piece: str) -> Phrase | None:
    words = list(words_in(piece))
    if not words:
        return None
    last = words[-1]
    if last.closes and len(words) > 1:
        words.pop()
    return Phrase(tuple(word.folded for word in words), begins=last.closes and len(words) == 1 and words[0] is last)


def _fields(query: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(query[:_ADDRESS_CHARACTERS], errors="replace", max_num_fields=_FIELDS)
    except ValueError:
        return {}
    return dict(reversed(pairs))


def _cleaned(text: str, limit: int) -> str:
    """Return the text on one line, without what cannot be seen: controls, overrides of direction, half characters."""
    line = " ".join(text.split())
    return "".join(sign for sign in line if sign.isprintable() or sign in _JOINERS)[:limit].strip()


def _language(text: str) -> str:
    if text == ALL_LANGUAGES:
        return text
    try:
        return parse_locale(text)
    except BadLocale:
        return ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # The day after must be a day too.
    return day if date.min < day < date.max - timedelta(days=1) else None


def _told(day: date | None) -> str:
    return day.isoformat() if day else ""


def _page(text: str) -> int:
    return min(int(text), PAGES) if re.fullmatch("[1-9][0-9]{0,3}", text) else 1
