"""What a backup is made of: its members, and the head that vouches for them.

The file is a plain tar. Its members are ``broadsheet.toml``, the database (compressed), the files under ``theme/``,
``originals/`` and ``media/``, and at the very end ``head.json``: a file cut off anywhere has no head.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, Literal

import msgspec

from broadsheet.plain.configuration import FILE_NAME

Engine = Literal["sqlite", "postgresql"]

#: Raised when an older Broadsheet could no longer read the file.
FORMAT: Final = 1
HEAD_NAME: Final = "head.json"
DATABASE_NAMES: Final[dict[Engine, str]] = {"sqlite": "database.sqlite3.gz", "postgresql": "database.dump"}
#: Folders of members, by what they hold: the theme, the originals of pictures, the files uploaded at the desk.
FOLDERS: Final = ("theme", "originals", "media")


class Member(msgspec.Struct, frozen=True):
    """One file of the backup. ``sha256`` is hex."""

    name: str
    size: int
    sha256: str


class LedgerEnd(msgspec.Struct, frozen=True):
    """The last release of a ledger; number 0 and the digest before release 1 where there is none."""

    number: int
    digest: str


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the backup is, and every other file in it.

    ``product`` is the version of Broadsheet that made it, ``ledger`` the end of the ledger in this very copy of the
    database, ``database_size`` the bytes the database takes once it is unpacked (PostgreSQL: as it lies in the file).
    """

    format: int = FORMAT
    product: str
    engine: Engine
    paper: str
    made_at: datetime
    ledger: LedgerEnd
    database_size: int
    files: tuple[Member, ...] = ()


def is_member_name(name: str, engine: Engine) -> bool:
    """Return whether a backup may hold a file of that name: no other place, no way out of its folder."""
    if name in {FILE_NAME, DATABASE_NAMES[engine]}:
        return True
    folder, *parts = name.split("/")
    return folder in FOLDERS and bool(parts) and not {"", ".", ".."} & set(parts) and "\0" not in name


def version_numbers(version: str) -> tuple[int, ...]:
    """Return the first three numbers of a version, to compare: ``0.12.1`` comes after ``0.9``."""
    return tuple(int(number) for number in re.findall(r"[0-9]{1,9}", version)[:3])
