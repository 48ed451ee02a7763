"""Copies of the ledger that left the house: deposit packages and backups. An erasure cannot reach into them.

They are listed when they are made, so that whoever erases knows which copies to call back.
"""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Literal, NamedTuple

from django.db import connection

from broadsheet.ledger.models import HandedOut, Release
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadsheet.plain.locales import Locale
    from broadsheet.plain.urns import Urn


class Copy(NamedTuple):
    """A copy that was handed out. ``number`` is the last release in it, ``made_by`` the account on the machine."""

    kind: Literal["export", "backup"]
    name: str
    number: int
    made_by: str
    made_at: datetime

    def sentence(self) -> str:
        """Return what it is, for a person who has to find it."""
        what = {"export": "The deposit package", "backup": "The backup"}[self.kind]
        return f"{what} “{self.name}”, made by {self.made_by} on {self.made_at:%Y-%m-%d at %H:%M} UTC"


def note_handed_out(*, kind: Literal["export", "backup"], path: Path, number: int, now: datetime) -> None:
    """List a copy that was just made, with the last release in it. Of its path only the last name is kept.

    A paper that was not yet brought to this version, backed up before that is done, has no list to put it into.
    """
    if HandedOut._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001 - Django's documented name
        return
    HandedOut.objects.create(kind=kind, name=path.name[:255], number=number, made_by=_account(), made_at=now)


def copies_holding(subject: Urn, locale: Locale) -> tuple[Copy, ...]:
    """Return the copies that hold documents of the subject, oldest first; of an erased one, those made before that."""
    rows = Release.objects.filter(subject=subject, locale=locale).order_by("number").values_list("number", "act")
    kept = [number for number, act in rows if act != Act.ERASE]
    ended = next((number for number, act in rows if act == Act.ERASE), None)
    if not kept:
        return ()
    copies = HandedOut.objects.filter(number__gte=kept[0]).order_by("made_at", "pk")
    if ended is not None:
        copies = copies.filter(number__lt=ended)
    return tuple(Copy(*row) for row in copies.values_list(*Copy._fields))


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "an unnamed account"
