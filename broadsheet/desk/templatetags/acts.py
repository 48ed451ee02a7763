"""What acts will change, and the ways to their screens, for templates that take the place of Wagtail's."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, Final

from django import template

from broadsheet.desk.actions import Release, Update, Withdraw
from broadsheet.desk.actors import current_actor
from broadsheet.desk.errors import ActRefused, NothingToUpdate, NotReady
from broadsheet.desk.permissions import may
from broadsheet.desk.screens.addresses import act_address
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from broadsheet.desk.models import Picture, Section, Story

register = template.Library()

_OF_PICTURES: Final = {
    Act.KILL: "Kill…",
    Act.TAKEDOWN: "Take down…",
    Act.RESTORE: "Restore a version…",
}


@register.inclusion_tag("desk/foreseen.html")
def foreseen_sending(story: Story) -> dict[str, Any]:
    """Say what releasing or updating the story will change, and what stands in the way."""
    # An act fills in the address it would give; the form beside this must not show it.
    act = (Update if story.live else Release)(copy(story), now=utc_now())
    hindrances: tuple[str, ...] = ()
    try:
        act.check()
    except NotReady as refused:
        hindrances = tuple(problem.sentence for problem in refused.problems) or (str(refused),)
    except NothingToUpdate:
        pass  # is said by the act itself, and nothing that has to be mended
    except ActRefused as refused:
        hindrances = (str(refused),)
    return {"hindrances": hindrances, "sentences": () if hindrances else act.foresee()}


@register.inclusion_tag("desk/foreseen.html")
def foreseen_withdrawal(page: Story | Section) -> dict[str, Any]:
    """Say what withdrawing the page will change."""
    return {"sentences": Withdraw(page, now=utc_now()).foresee()}


@register.inclusion_tag("desk/picture_acts.html")
def picture_acts(picture: Picture) -> dict[str, Any]:
    """Lead to the screens of what the person may do to a picture readers had."""
    subject = subject_of(picture)
    if LedgerReader().current(subject.urn, subject.locale) is None:
        return {"acts": ()}
    allowed = [act for act in _OF_PICTURES if may(actor=current_actor(), act=act, subject=subject)]
    return {"acts": [(act_address(picture, act), _OF_PICTURES[act]) for act in allowed]}
