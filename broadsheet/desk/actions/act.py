"""What all acts share: who, on what, when, and the one transaction.

An act checks everything itself, so that no screen, command or import can leave a check out. It must never render,
fetch or resize anything: the write lock of the whole desk may be held while it runs.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from wagtail.log_actions import log
from wagtail.models import Page

from broadsheet.desk.actions.moments import said
from broadsheet.desk.actions.notifying import tell_of_act
from broadsheet.desk.actors import Actor, current_actor
from broadsheet.desk.asking import what_was_asked
from broadsheet.desk.errors import ActRefused, AlreadyReleased, NotAllowed, WasErased, WasRemoved
from broadsheet.desk.models import Story
from broadsheet.desk.permissions import may
from broadsheet.desk.subjects import DeskSubject, subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import UNTIL_RESTORED, Act, ReleaseRecord, Standing, State, StoryDocument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from broadsheet.plain.urns import Urn

_DID: Final = {
    Act.RELEASE: "released",
    Act.UPDATE: "updated",
    Act.CORRECT: "corrected",
    Act.WITHDRAW: "withdrew",
    Act.KILL: "killed",
    Act.TAKEDOWN: "took down",
    Act.RESTORE: "restored",
    Act.IMPORT: "imported",
    Act.ERASE: "erased",
}

_under_way: ContextVar[frozenset[tuple[Urn, str]]] = ContextVar("broadsheet_under_way", default=frozenset())


class DeskAct:
    """One mutation of what readers see. ``check`` says whether it may be done, ``execute`` does it."""

    act: ClassVar[Act]
    #: The word for it in a sentence: "You may not <verb> ...".
    verb: ClassVar[str]

    def __init__(self, row: Any, *, now: datetime) -> None:  # noqa: ANN401 - a row of SUBJECT_MODELS
        """Take the saved row to act on and the present moment (UTC). What is not saved is not acted on."""
        self.row = row
        self.now = now
        self.actor: Actor = current_actor()

    @property
    def subject(self) -> DeskSubject:
        """Return the row as a subject, as it is now."""
        return subject_of(self.row)

    def standing(self) -> Standing | None:
        """Return where the subject stands for readers; None when it was never released."""
        return LedgerReader().current(self.subject.urn, self.subject.locale)

    def check(self) -> None:
        """Say nothing when the act may be done now.

        Raises: ActRefused (NotAllowed, NotReady, AlreadyReleased, NotReleased, NothingToUpdate, StillInUse, WayClosed).
        """
        raise NotImplementedError

    def execute(self) -> ReleaseRecord:
        """Do it in one transaction: log, row, ledger and notice together or not at all.

        Raises: ActRefused, as ``check``.
        """
        subject = self.subject
        try:
            with transaction.atomic(), _acting_on(subject):
                self.lock()
                record = self.perform()
        except ActRefused as refused:
            refused.page_id = refused.page_id or subject.page_id
            raise
        asked = what_was_asked()
        asked.seen[subject.urn] = record.number
        asked.done.append(record)
        return record

    def perform(self) -> ReleaseRecord:
        """Do the act, the row locked and a transaction open; append to the ledger last."""
        raise NotImplementedError

    def lock(self) -> None:
        """Read the row again and hold it until the transaction ends.

        A second person pressing the button waits here, and then sees what the first one did.
        """
        self.row = hold(self.row)

    def check_permission(self) -> None:
        """Raise NotAllowed unless the actor may do this act here; WasErased where nothing may be done by anybody."""
        refuse_erased(self.subject)
        if not may(actor=self.actor, act=self.act, subject=self.subject):
            msg = f"You may not {self.verb} “{self.subject.title}”. A chief editor can; send it for approval."
            raise NotAllowed(msg)

    def check_nobody_was_first(self, standing: Standing | None) -> None:
        """Raise AlreadyReleased when the subject was released after the person looked at it."""
        asked = what_was_asked()
        urn = self.subject.urn
        if urn in asked.seen and standing is not None and standing.number != asked.seen[urn]:
            raise already_released(self.subject, standing)

    @property
    def words_told(self) -> str:
        """Return what was said with the act, for those who are told of it."""
        return ""

    def log_and_tell(self) -> None:
        """Write the desk's log entry of the act, and the notices to its people."""
        self.write_log()
        tell_of_act(self.row, act=self.act, actor=self.actor, now=self.now, words=self.words_told)

    def write_log(self) -> None:
        """Write the desk's log entry of the act."""
        log(instance=self.row, action=f"broadsheet.{self.act.value}", user=self.actor.user)


def hold(row: Any) -> Any:  # noqa: ANN401 - a row of SUBJECT_MODELS
    """Return the row as it is now, held until the transaction ends (SQLite: the whole database is ours already).

    Of a page it is the row Wagtail itself writes first that is held: whoever saves, moves or acts waits at the same
    place, so that no two of them wait for each other.
    """
    rows = type(row)._default_manager.all()  # noqa: SLF001 - Django's documented name
    if not isinstance(row, Page):
        return rows.select_for_update(no_key=True).get(pk=row.pk)
    if connection.features.has_select_for_update:
        Page.objects.select_for_update(no_key=True).values_list("pk").get(pk=row.pk)
    related = ("locale", "section__locale") if isinstance(row, Story) else ("locale",)
    return rows.select_related(*related).get(pk=row.pk)


def is_released(standing: Standing | None) -> bool:
    """Return whether readers see the subject."""
    return standing is not None and standing.state is State.RELEASED


def refuse_erased(subject: DeskSubject) -> None:
    """Raise WasErased for what was erased by order: no act, no button and no import does anything with it again."""
    standing = LedgerReader().current(subject.urn, subject.locale)
    if standing is not None and standing.state is State.ERASED:
        record = LedgerReader().record(standing.number)
        msg = (
            f"This {subject.kind} was erased by order at {said(record.recorded_at)}. "
            "Nothing is left of it, and nothing can be done with it any more."
        )
        raise WasErased(msg)


def refuse_removed(subject: DeskSubject, standing: Standing | None) -> None:
    """Raise WasRemoved for what was killed or taken down, so that no button brings it back by mistake."""
    if standing is None or standing.state not in UNTIL_RESTORED:
        return
    record = LedgerReader().record(standing.number)
    msg = (
        f"{name_of(record.released_by)} {_DID[record.act]} “{subject.title}” at {said(record.recorded_at)}. "
        "It comes back only by restoring one of its versions."
    )
    raise WasRemoved(msg)


def already_released(subject: DeskSubject, standing: Standing) -> AlreadyReleased:
    """Return the refusal that names who released the subject, and when."""
    record = LedgerReader().record(standing.number)
    title = standing.document.headline if isinstance(standing.document, StoryDocument) else subject.title
    return AlreadyReleased(
        f"{name_of(record.released_by)} {_DID[record.act]} “{title}” at {said(record.recorded_at)}. "
        "Look at that version before you go on.",
        by=record.released_by,
        at=record.recorded_at,
    )


def name_of(released_by: str) -> str:
    """Return the person's full name where the desk knows it, else the name the ledger keeps."""
    user = get_user_model()._default_manager.filter(username=released_by).first()  # noqa: SLF001
    return (user.get_full_name() if user is not None else "") or released_by


def under_way(subject: DeskSubject) -> bool:
    """Return whether an act on this subject is being done, so that the saves it makes call for no other."""
    return (subject.urn, subject.locale) in _under_way.get()


@contextmanager
def _acting_on(subject: DeskSubject) -> Iterator[None]:
    token = _under_way.set(_under_way.get() | {(subject.urn, subject.locale)})
    try:
        yield
    finally:
        _under_way.reset(token)
