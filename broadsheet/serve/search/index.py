"""The index: an SQLite file beside the pressed folder, made of search sheets and nothing else, so it may be lost.

Each story is one row of words. Its number grows with the time of publication, so the newest are found first without
sorting, and days are a range of numbers. All else that is asked for is a word too, with a mark that no folded word has:
``h-`` in the headline, ``l-`` in headline or standfirst, ``b-`` in a byline, ``section-``, ``in-`` (a language).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from broadsheet.plain.folding import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from broadsheet.plain.searching import SearchSheet

#: Raise it when the tables change, or how words are folded: an index of another format is made anew.
FORMAT: Final = 1
FILE_NAME: Final = "index.sqlite3"
#: Put beside the index by who finds it damaged; whoever follows then makes it anew.
DAMAGED_NAME: Final = "damaged"
HEADLINE, LEAD, BYLINE, SECTION, LANGUAGE = "h-", "l-", "b-", "section-", "in-"

#: A word of its own between the fields of a row: no phrase runs from one into the next.
_BREAK: Final = " - "
#: Below the seconds of publication, for stories of one second.
_ROOM_BITS: Final = 24
_LOCK_SECONDS: Final = 10
#: Pages of the file written in one step of tidying; a step must not keep a release waiting.
_TIDY_PAGES: Final = 200
_NEARLY_NOTHING: Final = 2
#: The low byte of an error names it.  Source: sqlite.org, Result and Error Codes.
_PRIMARY: Final = 0xFF
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})

_TABLES: Final = f"""
CREATE TABLE story (id INTEGER PRIMARY KEY, sheet TEXT NOT NULL UNIQUE, place INTEGER NOT NULL UNIQUE, seen TEXT NOT NULL);
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (text, columnsize = 0, tokenize = "ascii tokenchars '-'");
PRAGMA user_version = {FORMAT};
"""


class Seen(NamedTuple):
    """A search sheet as it lies in the folder now. ``file`` tells it from any other that stood there."""

    locale: str
    file: str
    sheet: SearchSheet


def index_folder(pressed: Path) -> Path:
    """Return the folder of the index: beside the pressed one and named after it."""
    return pressed.absolute().with_name(f"{pressed.absolute().name}-search")


def place_of(moment: datetime, room: int = 0) -> int:
    """Return the number of a story published at that moment of the paper's own clocks."""
    return int(moment.replace(tzinfo=UTC).timestamp()) << _ROOM_BITS | room & ((1 << _ROOM_BITS) - 1)


def has_format(connection: sqlite3.Connection) -> bool:
    """Return whether this version can read the index."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == FORMAT)


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether the index has to be made anew; else disk, memory or lock are at fault, and it is still good."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _DAMAGE


class Keeper:
    """The one connection that writes. Whoever has it holds the lock beside the index."""

    def __init__(self, file: Path) -> None:
        """Open the index; an empty one where there is none.  Raises: sqlite3.Error."""
        self._connection = sqlite3.connect(file, isolation_level=None, timeout=_LOCK_SECONDS)
        self._is_tidying = False
        try:
            self._set_up()
        except sqlite3.Error:
            self._connection.close()
            raise

    def _set_up(self) -> None:
        # What is taken out must not stay readable; losing the last second in a power cut is mended from the slips.
        for pragma in ("secure_delete = ON", "journal_mode = WAL", "synchronous = NORMAL", "cache_size = -32000"):
            self._connection.execute(f"PRAGMA {pragma}").close()
        if not has_format(self._connection) and not self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._connection.executescript(_TABLES)

    @property
    def is_readable(self) -> bool:
        """Whether it is of this format."""
        return has_format(self._connection)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def state(self, name: str) -> str:
        """Return what was noted under that name, empty where nothing was."""
        row = self._connection.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def note(self, **values: str) -> None:
        """Note the values."""
        with self._writing():
            self._connection.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", values.items())

    def files(self) -> Mapping[str, str]:
        """Return which file each sheet was when it was taken in."""
        return dict(self._connection.execute("SELECT sheet, seen FROM story"))

    def put(self, sheets: Mapping[str, Seen]) -> None:
        """Take the stories in, in place of what was there, in one transaction."""
        if not sheets:
            return
        with self._writing():
            for path, seen in sheets.items():
                self._remove(path)
                self._add(path, seen)

    def remove(self, paths: Iterable[str]) -> None:
        """Take the stories out, in one transaction; those that are not in are none."""
        gone = list(paths)
        if not gone:
            return
        with self._writing():
            if sum(map(self._remove, gone)):
                self._connection.execute("INSERT OR REPLACE INTO state VALUES ('untidy', '1')")
                self._is_tidying = False

    def tidy(self) -> None:
        """Do a step of rewriting the index, so that no word of what was taken out is left in the file."""
        if not self.state("untidy"):
            return
        before = self._connection.total_changes
        pages = _TIDY_PAGES if self._is_tidying else -_TIDY_PAGES
        self._connection.execute("INSERT INTO words (words, rank) VALUES ('merge', ?)", (pages,))
        if self._is_tidying and self._connection.total_changes - before < _NEARLY_NOTHING:
            self._connection.execute("DELETE FROM state WHERE name = 'untidy'")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        self._is_tidying = True

    def _remove(self, path: str) -> int:
        row = self._connection.execute("SELECT place FROM story WHERE sheet = ?", (path,)).fetchone()
        if row is None:
            return 0
        self._connection.execute("DELETE FROM words WHERE rowid = ?", row)
        self._connection.execute("DELETE FROM story WHERE sheet = ?", (path,))
        return 1

    def _add(self, path: str, seen: Seen) -> None:
        published = datetime.fromisoformat(seen.sheet.published_iso)
        cursor = self._connection.execute("SELECT coalesce(max(id), 0) + 1 FROM story")
        number = cursor.fetchone()[0]
        place = place_of(published, number)
        self._connection.execute("INSERT INTO story VALUES (?, ?, ?, ?)", (number, path, place, seen.file))
        self._connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (place, _row(seen)))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:  # also when the program is told to end
            # On a full disk SQLite has undone it by itself.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def open_for_reading(file: Path) -> sqlite3.Connection:
    """Return a connection that cannot write.  Raises: sqlite3.Error where there is no index."""
    connection = sqlite3.connect(
        f"{file.as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=1, check_same_thread=False
    )
    connection.execute("PRAGMA cache_size = -32000").close()
    return connection


def is_complete(connection: sqlite3.Connection) -> bool:
    """Return whether every story was once taken in."""
    with closing(connection.execute("SELECT 1 FROM state WHERE name = 'complete'")) as cursor:
        return cursor.fetchone() is not None


def _row(seen: Seen) -> str:
    sheet = seen.sheet
    fields = [
        _words(sheet.headline),
        _words(sheet.standfirst),
        *map(_words, sheet.text.split("\n")),
        *map(_words, sheet.bylines),
        *map(_words, sheet.topics),
        _words(sheet.headline, HEADLINE),
        _words(sheet.headline, LEAD),
        _words(sheet.standfirst, LEAD),
        *(_words(name, BYLINE) for name in sheet.bylines),
        SECTION + sheet.section,
        LANGUAGE + seen.locale,
    ]
    return _BREAK.join(fields)


def _words(text: str, mark: str = "") -> str:
    return " ".join(mark + word.folded for word in words_in(text))
