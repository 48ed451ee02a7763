"""What acts will change, and the ways to their screens, for templates that take the place of Wagtail's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import template

from broadsheet.desk.actions import Withdraw
from broadsheet.desk.actors import current_actor
from broadsheet.desk.erasing.pictures import is_erased
from broadsheet.desk.permissions import may
from broadsheet.desk.queries import was_released
from broadsheet.desk.screens.addresses import screen_address
from broadsheet.desk.screens.foreseeing import hindrances_of, sending
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.values import Act
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from broadsheet.desk.models import Picture, Section, StandingPage, Story

register = template.Library()

_OF_PICTURES: Final = {
    Act.KILL: "Kill…",
    Act.TAKEDOWN: "Take down…",
    Act.RESTORE: "Restore a version…",
    Act.ERASE: "Erase…",
}
#: What was never before readers is erased as well.
_OF_DRAFTS: Final = (Act.ERASE,)


@register.inclusion_tag("desk/foreseen.html")
def foreseen_sending(page: Story | StandingPage) -> dict[str, Any]:
    """Say what releasing or updating the page will change, and what stands in the way."""
    hindrances = hindrances_of(page, now=utc_now())
    return {"hindrances": hindrances, "sentences": () if hindrances else sending(page, now=utc_now()).foresee()}


@register.inclusion_tag("desk/foreseen.html")
def foreseen_withdrawal(page: Story | StandingPage | Section) -> dict[str, Any]:
    """Say what withdrawing the page will change."""
    return {"sentences": Withdraw(page, now=utc_now()).foresee()}


@register.inclusion_tag("desk/picture_acts.html")
def picture_acts(picture: Picture) -> dict[str, Any]:
    """Lead to the screens of what the person may do to the picture."""
    if is_erased(picture):
        return {"acts": ()}
    subject = subject_of(picture)
    there = _OF_PICTURES if was_released(picture) else _OF_DRAFTS
    allowed = [act for act in there if may(actor=current_actor(), act=act, subject=subject)]
    return {"acts": [(screen_address(picture, act), _OF_PICTURES[act]) for act in allowed]}
