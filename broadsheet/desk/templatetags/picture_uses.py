"""Where a picture is used, for its own screen: Wagtail's view of a picture cannot be replaced, its template can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from broadsheet.desk.queries import PageShowing, pages_showing, uses_of
from broadsheet.desk.status import StoryStatus, status_of

if TYPE_CHECKING:
    from broadsheet.desk.models import Picture, PictureShown

register = template.Library()


@register.inclusion_tag("desk/picture_uses.html")
def picture_uses(picture: Picture) -> dict[str, Any]:
    """Show every story that shows the picture, with its section, and every standing page."""
    stories = [(shown.story, shown.story.section, _where_it_stands(shown)) for shown in uses_of(picture)]
    return {"uses": [*stories, *((shown.page, None, _where_page_stands(shown)) for shown in pages_showing(picture))]}


def _where_page_stands(shown: PageShowing) -> str:
    """Return in which of the page's texts the picture is."""
    if shown.in_released:
        return "Released" if shown.in_draft else "Released; taken out in the draft"
    return "In the draft of a released page" if shown.page.live else "Draft"


def _where_it_stands(shown: PictureShown) -> str:
    """Return in which of the story's texts the picture is."""
    if shown.in_released and not shown.in_draft:
        return "Released; taken out in the draft"
    if shown.in_draft and not shown.in_released and shown.story.live:
        return "In the draft of a released story"
    status = status_of(shown.story)
    return StoryStatus.RELEASED.label if status is StoryStatus.CHANGED else status.label
