"""Rights that end: what they keep from readers, and taking away by itself what readers have already.

The clock of the paper calls ``withdraw_expired_pictures``; no person may withdraw a picture that stories show.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from wagtail.log_actions import log

from broadsheet.desk.actions.act import is_released
from broadsheet.desk.actions.withdraw import Withdraw
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import NotAllowed, NotReleased
from broadsheet.desk.models import Picture
from broadsheet.desk.queries import released_stories_using
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.plain.locales import MULTIPLE

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.ledger.values import ReleaseRecord, Standing

RIGHTS: Final = "system:rights"


class EndRights(Withdraw):
    """Withdraw a picture whose rights have ended, though stories show it. They stay, and show it no longer."""

    def check_permission(self) -> None:
        """Raise NotAllowed for a person, whatever their rights."""
        if self.actor.user is not None:
            msg = f"“{self.subject.title}” is taken away by the paper itself when its rights end; set when that is."
            raise NotAllowed(msg)

    def check_state(self, standing: Standing | None) -> None:
        """Raise NotReleased when there is nothing to take away (any more)."""
        if not is_released(standing) or not self.row.has_expired(now=self.now):
            msg = f"“{self.subject.title}” is not before readers, or its rights have not ended."
            raise NotReleased(msg)

    def write_log(self) -> None:
        """Say in the desk's log why it went."""
        log(instance=self.row, action="broadsheet.rights_ended")


def withdraw_expired_pictures(*, now: datetime) -> tuple[ReleaseRecord, ...]:
    """Withdraw every released picture whose rights have ended, each in a transaction of its own.

    Units: ``now`` is UTC.
    """
    expired = {
        subject_of(picture).urn: picture
        for picture in Picture.objects.filter(rights_expire_at__lte=now).order_by("rights_expire_at", "pk")
    }
    released = LedgerReader().released_among((urn, MULTIPLE) for urn in expired)
    records = []
    with acting_as(RIGHTS):
        for urn, picture in expired.items():
            if (urn, MULTIPLE) not in released:
                continue
            # Its rights may be renewed, or somebody withdraw it, while this one waits for the row.
            with suppress(NotReleased):
                records.append(EndRights(picture, now=now).execute())
    return tuple(records)


def is_missed(row: Any, *, now: datetime) -> bool:  # noqa: ANN401 - any subject's row
    """Return whether this is a picture released stories show, not out, and free to be shown: its rights were renewed."""
    return isinstance(row, Picture) and not row.has_expired(now=now) and any(released_stories_using(row, limit=1))
