"""Erase: an order from outside wants it destroyed, not only taken from readers. One administrator asks, another does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from wagtail.log_actions import log

from broadsheet.desk.actions.act import hold, is_released, name_of, refuse_erased
from broadsheet.desk.actions.finishing import finish_erasures
from broadsheet.desk.actions.foreseeing_erasures import foresee_erasure
from broadsheet.desk.actions.moments import said
from broadsheet.desk.actions.withdraw import Withdraw
from broadsheet.desk.actors import current_actor
from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.erasing.bylines import empty_byline
from broadsheet.desk.erasing.pages import empty_page
from broadsheet.desk.erasing.pictures import empty_picture, only_shown_by
from broadsheet.desk.erasing.reaching import Erasable, reach_other_rooms
from broadsheet.desk.erasing.topics import empty_topic
from broadsheet.desk.errors import NotAgreed, NotAllowed, NotReady, Problem, WayClosed
from broadsheet.desk.models import ErasureRequest, Picture, Remnant, StandingPage, Story, Topic
from broadsheet.desk.models.erasure import REFERENCE_LENGTH
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.erasing import append_erasure
from broadsheet.ledger.values import Act, ReleaseRecord

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.subjects import DeskSubject

REFERENCE_CHARACTERS: Final = REFERENCE_LENGTH


def ask_to_erase(row: Erasable, *, reference: str, now: datetime) -> ErasureRequest:
    """Ask for the row to be erased by that order; another administrator has to agree. Nothing is changed yet.

    Units: ``now`` is UTC.
    Raises: NotAllowed; WasErased; NotReady without a reference, or with one that is too long; NotAgreed where it waits
    already.
    """
    reference = one_line(reference)
    _check_reference(reference)
    with transaction.atomic():
        row = hold(row)
        subject = _erasable(row)
        user = administrator(current_actor().user, subject)
        if (waiting := waiting_request(subject)) is not None:
            raise NotAgreed(_asked_already(subject, waiting))
        log(instance=row, action="broadsheet.erasure_asked", user=user)
        return ErasureRequest.objects.create(
            subject=subject.urn, locale=subject.locale, reference=reference, asked_by=user, asked_at=now
        )


def take_back_erasure(row: Erasable) -> None:
    """Drop what was asked. Any administrator may.  Raises: NotAllowed; WasErased; NotAgreed where nothing waits."""
    with transaction.atomic():
        row = hold(row)
        subject = _erasable(row)
        user = administrator(current_actor().user, subject)
        required_request(subject).delete()
        log(instance=row, action="broadsheet.erasure_taken_back", user=user)


def waiting_request(subject: DeskSubject) -> ErasureRequest | None:
    """Return what was asked and is not done yet."""
    rows = ErasureRequest.objects.select_related("asked_by")
    return rows.filter(subject=subject.urn, locale=subject.locale).first()


def required_request(subject: DeskSubject) -> ErasureRequest:
    """Return the same. Raises: NotAgreed where nobody asked."""
    request = waiting_request(subject)
    if request is None:
        msg = f"Nobody asks for “{subject.title}” to be erased. Ask for it; another administrator then agrees."
        raise NotAgreed(msg)
    return request


def administrator(user: Any, subject: DeskSubject) -> Any:  # noqa: ANN401 - any user model, or nobody
    """Return the person as the database has them now. Raises: NotAllowed for who is no active administrator."""
    known = get_user_model()._default_manager.filter(is_active=True, is_superuser=True)  # noqa: SLF001 - Django's documented name
    found = known.filter(pk=user.pk).first() if user is not None else None
    if found is None:
        msg = f"You may not erase “{subject.title}”. Two administrators can, one after the other."
        raise NotAllowed(msg)
    return found


class Erase(Withdraw):
    """Destroy a story, standing page, picture, byline or topic in the ledger and at the desk, and what was asked with it.

    With a page go the pictures that no other shows, each as an act of its own in the ledger. Nothing brings it back.
    """

    act: ClassVar[Act] = Act.ERASE
    verb: ClassVar[str] = "erase"

    def check(self) -> None:
        """See ``DeskAct.check``. Raises: NotAgreed unless another administrator, who still is one, asked for it."""
        self.check_permission()
        self.agreed_request()

    def check_permission(self) -> None:
        """Raise as every act, WayClosed, and NotAllowed for whoever is not an active administrator now."""
        _require_kind(self.row, self.subject)
        administrator(self.actor.user, self.subject)
        super().check_permission()

    def agreed_request(self) -> ErasureRequest:
        """Return what was asked. Raises: NotAgreed."""
        request = required_request(self.subject)
        if request.asked_by_id == getattr(self.actor.user, "pk", None):
            msg = f"You asked for “{self.subject.title}” to be erased yourself; another administrator has to agree."
            raise NotAgreed(msg)
        if not (request.asked_by.is_active and request.asked_by.is_superuser):
            who = name_of(request.asked_by.get_username())
            msg = f"{who}, who asked for it, is no administrator any more. Take it back, and ask for it anew."
            raise NotAgreed(msg)
        return request

    def perform(self) -> ReleaseRecord:
        """See ``DeskAct.perform``; every row is held before the first is appended to the ledger."""
        self.check_permission()
        request = self.agreed_request()
        is_page = isinstance(self.row, Story | StandingPage)
        pictures = [hold(picture) for picture in only_shown_by(self.row)] if is_page else []
        for picture in pictures:
            self.empty(picture)
            log(instance=picture, action=f"broadsheet.{self.act.value}", user=self.actor.user)
        self.empty(self.row)
        self.log_and_tell()
        if connection.vendor == "sqlite":
            Remnant.objects.get_or_create(kind=Remnant.Kind.DATABASE, name="")
        records = [self.append(row, request) for row in (*pictures, self.row)]
        transaction.on_commit(finish_erasures, robust=True)
        return records[-1]

    def empty(self, row: Erasable) -> None:
        """Destroy what the desk and other rooms keep of the row."""
        subject = subject_of(row)
        ErasureRequest.objects.filter(subject=subject.urn, locale=subject.locale).delete()
        reach_other_rooms(row)
        if isinstance(row, Story | StandingPage):
            empty_page(row)
        elif isinstance(row, Picture):
            empty_picture(row)
        elif isinstance(row, Topic):
            empty_topic(row)
        else:
            empty_byline(row)
        row.refresh_from_db()

    def append(self, row: Erasable, request: ErasureRequest) -> ReleaseRecord:
        """Append the erasure of the row to the ledger, which destroys its documents."""
        subject = subject_of(row)
        return append_erasure(
            subject=subject.urn,
            locale=subject.locale,
            reference=request.reference,
            asked_by=request.asked_by.get_username(),
            released_by=self.actor.name,
            recorded_at=self.now,
        )

    def foresee(self) -> tuple[str, ...]:
        """Return what the act will change, as sentences for the two people who do it."""
        leaving = self.leaving() if is_released(self.standing()) else ()
        return tuple(foresee_erasure(self.row, leaving=leaving))


def _erasable(row: Any) -> DeskSubject:  # noqa: ANN401 - any subject's row
    """Return the row as a subject. Raises: WayClosed for what is never erased; WasErased."""
    subject = subject_of(row)
    _require_kind(row, subject)
    refuse_erased(subject)
    return subject


def _require_kind(row: Any, subject: DeskSubject) -> None:  # noqa: ANN401 - any subject's row
    if not isinstance(row, Erasable):
        msg = f"“{subject.title}” is no story, standing page, picture, byline or topic, so it cannot be erased."
        raise WayClosed(msg)


def _check_reference(reference: str) -> None:
    if not reference:
        raise NotReady((Problem("reference", "Name the order: who gave it, its number and date."),))
    if len(reference) > REFERENCE_CHARACTERS:
        sentence = f"The reference has {len(reference)} characters; {REFERENCE_CHARACTERS} is the most."
        raise NotReady((Problem("reference", sentence),))


def _asked_already(subject: DeskSubject, request: ErasureRequest) -> str:
    who = name_of(request.asked_by.get_username())
    return (
        f"{who} asked for “{subject.title}” to be erased at {said(request.asked_at)}. Agree to that, or take it back."
    )
