"""Taking items over: each becomes a story, through the act ``import``, or is refused with a reason.

Must never lose one: for every part of the file there is one report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import DeskError
from broadsheet.plain.canonical import sha256_hex
from broadsheet.wire.dispatches import Dispatch, Unreadable
from broadsheet.wire.drafts import draft_of
from broadsheet.wire.errors import WireError
from broadsheet.wire.models import TakenItem
from broadsheet.wire.ninjs import parse_item
from broadsheet.wire.picture_folder import PictureFolder
from broadsheet.wire.picturing import picture_story
from broadsheet.wire.reports import ItemReport
from broadsheet.wire.stories import refuse_erased, write_story

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from broadsheet.plain.configuration import Configuration
    from broadsheet.wire.items import Item

SYSTEM: Final = "system:import"


def import_items(
    *,
    items: Iterable[Dispatch | Unreadable],
    configuration: Configuration,
    pictures_dir: Path | None,
    default_section: str,
    now: datetime,
) -> Iterator[ItemReport]:
    """Take over the items one by one, each in a transaction of its own, and yield what became of it.

    Stopping at any moment leaves whole stories only, and doing it again goes on where it stopped.
    Shapes: ``default_section`` is the key for items that name no subject, "" for none.
    """
    work = _Taking(configuration, PictureFolder(pictures_dir), default_section, now)
    for part in items:
        if isinstance(part, Unreadable):
            yield ItemReport(line=part.line, uri="", outcome="refused", sentence=part.reason)
        else:
            with acting_as(SYSTEM):
                became = work.take(part)
            yield became


class _Taking:
    """One import under way."""

    def __init__(
        self, configuration: Configuration, folder: PictureFolder, default_section: str, now: datetime
    ) -> None:
        self._configuration = configuration
        self._folder = folder
        self._default_section = default_section
        self._now = now

    def take(self, dispatch: Dispatch) -> ItemReport:
        uri = ""
        try:
            item = parse_item(dispatch)
            uri = item.uri
            return self._take_over(dispatch, item)
        except (WireError, DeskError) as error:
            sentence = str(error)
        except ValidationError as error:
            sentence = " ".join(error.messages)
        except (DataError, IntegrityError) as error:
            sentence = f"The database does not take it: {error}"
        return ItemReport(line=dispatch.line, uri=uri, outcome="refused", sentence=sentence)

    def _take_over(self, dispatch: Dispatch, item: Item) -> ItemReport:
        uri_digest = sha256_hex(item.uri.encode())
        taken = TakenItem.objects.filter(uri_digest=uri_digest).first()
        if taken is not None and not _is_newer(dispatch, item, than=taken):
            return ItemReport(line=dispatch.line, uri=item.uri, outcome="unchanged")
        refuse_erased(item.uri)
        draft = draft_of(item, configuration=self._configuration, default_section=self._default_section, now=self._now)
        pictures = picture_story(draft, folder=self._folder)
        with transaction.atomic():
            outcome = write_story(draft, pictures, now=self._now)
            TakenItem.objects.update_or_create(
                uri_digest=uri_digest,
                defaults={
                    "uri": item.uri,
                    "version": item.version[:80],
                    "dispatch_digest": dispatch.digest,
                    "taken_at": self._now,
                },
            )
        return ItemReport(line=dispatch.line, uri=item.uri, outcome=outcome, notes=(*draft.notes, *pictures.notes))


def _is_newer(dispatch: Dispatch, item: Item, *, than: TakenItem) -> bool:
    """Return whether this is another version than the one taken, and where versions count up, a later one."""
    if dispatch.digest == than.dispatch_digest:
        return False
    if item.version.isdecimal() and than.version.isdecimal():
        return int(item.version) > int(than.version)
    return not item.version or item.version != than.version
