"""Where a picture is used, for its own screen: Wagtail's view of a picture cannot be replaced, its template can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from broadsheet.desk.actors import current_actor
from broadsheet.desk.permissions import may
from broadsheet.desk.queries import uses_of
from broadsheet.desk.status import StoryStatus, status_of
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from broadsheet.desk.models import Picture, PictureShown

register = template.Library()


@register.inclusion_tag("desk/picture_uses.html")
def picture_uses(picture: Picture) -> dict[str, Any]:
    """Show every story that shows the picture, with its section."""
    return {"uses": [(shown.story, _where_it_stands(shown)) for shown in uses_of(picture)]}


@register.inclusion_tag("desk/erase_link.html")
def erase_link(picture: Picture) -> dict[str, Any]:
    """Lead an administrator to the screen before the picture is erased."""
    return {"picture": picture, "is_shown": may(actor=current_actor(), act=Act.ERASE, subject=subject_of(picture))}


def _where_it_stands(shown: PictureShown) -> str:
    """Return in which of the story's texts the picture is."""
    if shown.in_released and not shown.in_draft:
        return "Released; taken out in the draft"
    if shown.in_draft and not shown.in_released and shown.story.live:
        return "In the draft of a released story"
    status = status_of(shown.story)
    return StoryStatus.RELEASED.label if status is StoryStatus.CHANGED else status.label
