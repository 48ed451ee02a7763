"""What keeps a story or standing page at the desk although it is ready: a legal hold, and a story's embargo.

A hold is put on and lifted by who may release; it belongs to the row and not to a draft. An embargo is part of the
text it came with. Neither stands in the way of taking something from readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from wagtail.log_actions import log

from broadsheet.desk.actions.act import refuse_erased
from broadsheet.desk.actions.moments import said
from broadsheet.desk.actors import current_actor
from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotAllowed, NotReady, Problem
from broadsheet.desk.models import StandingPage, Story
from broadsheet.desk.permissions import may
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

REASON_CHARACTERS: Final = 300


def put_on_hold(page: Story | StandingPage, *, reason: str) -> None:
    """Let nothing of the page go out until the hold is lifted. A new reason takes the place of an older one.

    Raises: NotAllowed; NotReady without a reason or with one that is too long.
    """
    reason = one_line(reason)
    if not reason:
        raise NotReady((Problem("reason", "Say why, for whoever wants to release it."),))
    if len(reason) > REASON_CHARACTERS:
        sentence = f"The reason has {len(reason)} characters; {REASON_CHARACTERS} is the most."
        raise NotReady((Problem("reason", sentence),))
    _write(page, reason, action="broadsheet.hold")


def lift_hold(page: Story | StandingPage) -> None:
    """Let it go out again. Raises: NotAllowed."""
    _write(page, "", action="broadsheet.lift")


def check_not_held(row: Any, *, now: datetime) -> None:  # noqa: ANN401 - any subject's row
    """Raise NotReady while a hold or an embargo keeps the story or standing page at the desk. Nothing else is ever held."""
    if isinstance(row, Story | StandingPage) and (problems := tuple(_holding(row, now))):
        raise NotReady(problems)


def _holding(page: Story | StandingPage, now: datetime) -> Iterator[Problem]:
    if page.legal_hold:
        yield Problem("", f"“{page.title}” is under legal hold: {page.legal_hold}")
    if isinstance(page, Story) and page.embargo_until is not None and page.embargo_until > now:
        yield Problem("embargo_until", f"“{page.title}” is under embargo until {said(page.embargo_until)}.")


def _write(page: Story | StandingPage, reason: str, *, action: str) -> None:
    subject, actor = subject_of(page), current_actor()
    refuse_erased(subject)
    if not may(actor=actor, act=Act.RELEASE, subject=subject):
        msg = f"You may not put “{page.title}” on hold or lift it. A chief editor can."
        raise NotAllowed(msg)
    with transaction.atomic():
        type(page).objects.filter(pk=page.pk).update(legal_hold=reason)
        log(instance=page, action=action, user=actor.user, data={"reason": reason})
    page.legal_hold = reason
