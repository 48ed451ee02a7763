"""The document an act sends to readers: compiled, with the rights to show what it shows, agreed to by every guard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.desk.actions.guarding import run_guards
from broadsheet.desk.actions.holding import check_not_held
from broadsheet.desk.compiling import rights_problems
from broadsheet.desk.errors import NotReady

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.subjects import DeskSubject
    from broadsheet.ledger.values import Document


def compile_for_readers(subject: DeskSubject, *, now: datetime) -> Document:
    """Return the document. The rights are asked at that moment, so a document alone cannot say whether it may go.

    Raises: NotReady with everything that is missing, ended rights among it, or what holds it back.
    """
    check_not_held(subject.row, now=now)
    ended = tuple(rights_problems(subject.row, now=now))
    try:
        document = subject.compile()
    except NotReady as refused:
        raise NotReady((*refused.problems, *ended)) from refused
    if ended:
        raise NotReady(ended)
    run_guards(document)
    return document


def check_rights(row: Any, *, now: datetime) -> None:  # noqa: ANN401 - any subject's row
    """Raise NotReady when the rights to something the row shows have ended."""
    if ended := tuple(rights_problems(row, now=now)):
        raise NotReady(ended)
