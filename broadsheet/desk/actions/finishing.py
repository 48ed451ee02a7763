"""What an erasure does after its commit: the files, which no transaction can take back, and the database's own traces."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from broadsheet.desk.models import Picture, Remnant
from broadsheet.ledger.pictures import destroy_original, destroy_words
from broadsheet.press.queries import something_due

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)
#: How long readers and writers of an SQLite database are waited for before its log of writes is emptied another time.
_WAIT_MS: Final = 500


def finish_erasures() -> tuple[str, ...]:
    """Take from the disk what erasures left there, and return in words what is not done with yet.

    Called after the commit of each erasure, after every press, and whenever the paper is started: doing it again takes
    up what a crash left. While something is due, a run that read the ledger before may make a size of the picture
    again, and what the press keeps of the story may still stand in the database's log; both are done with after that.
    The files of the site are the press's own: it takes them away itself, as those of every picture that leaves.
    """
    if connection.in_atomic_block or not Remnant.objects.exists():
        return remnants()
    is_pressed = not something_due()
    files = Remnant.objects.exclude(kind=Remnant.Kind.DATABASE).order_by("pk")
    gone = [each.pk for each in files if _is_gone(each)]
    os.sync()  # a power cut must not bring back a file whose row is gone
    if is_pressed:
        Remnant.objects.filter(pk__in=gone).delete()
        # The log last: until then it holds the names of the files.
        if _empty_log_of_writes():
            Remnant.objects.filter(kind=Remnant.Kind.DATABASE).delete()
    return remnants()


def remnants() -> tuple[str, ...]:
    """Return in words what erasures still have to take from the disk."""
    return tuple(
        f"{remnant.get_kind_display()} {remnant.name}".strip() for remnant in Remnant.objects.order_by("kind", "name")
    )


def _is_gone(remnant: Remnant) -> bool:
    try:
        _TAKE_AWAY[Remnant.Kind(remnant.kind)](remnant.name)
    except OSError:
        _log.warning("%s of what was erased could not be removed.", remnant, exc_info=True)
        return False
    return True


def _original(digest: str) -> None:
    # Somebody may have brought in the same file again meanwhile.
    if not Picture.objects.filter(original_digest=digest).exists():
        destroy_original(digest=digest, pictures_dir=Path(settings.PICTURES_DIR))


def _words(digest: str) -> None:
    destroy_words(digest=digest, pictures_dir=Path(settings.PICTURES_DIR))


_TAKE_AWAY: Final[dict[Remnant.Kind, Callable[[str], object]]] = {
    Remnant.Kind.MEDIA: default_storage.delete,
    Remnant.Kind.ORIGINAL: _original,
    Remnant.Kind.WORDS: _words,
}


def _empty_log_of_writes() -> bool:
    """Let SQLite write its log into the database and cut it to nothing; return whether nobody stood in the way.

    Source: https://www.sqlite.org/pragma.html#pragma_wal_checkpoint: the first column of its answer is 1 when it was
    kept from it.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
