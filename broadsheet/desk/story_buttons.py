"""Buttons that lead from a story's form to something beside it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from broadsheet.desk.actions.follow_up import may_follow_up
from broadsheet.desk.models import Story


class ShareButton(ActionMenuItem):
    """Leads to the preview links of a story. Shown to who may edit it."""

    label = "Share a preview…"
    name = "desk-share"
    icon_name = "link"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Only for a story that is there already."""
        story = context.get("page")
        if context["view"] == "create" or not isinstance(story, Story):
            return False
        return story.permissions_for_user(context["request"].user).can_edit()

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Return the address of the screen."""
        return reverse("desk_share", args=(parent_context["page"].pk,))


class FollowUpButton(ActionMenuItem):
    """Leads to the screen that starts a follow-up. Shown for a story readers have, to who may write in its section."""

    label = "Write a follow-up…"
    name = "desk-follow-up"
    icon_name = "copy"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """See the class."""
        story = context.get("page")
        if context["view"] == "create" or not isinstance(story, Story) or not story.live:
            return False
        return may_follow_up(context["request"].user, story)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Return the address of the screen."""
        return reverse("desk_follow_up", args=(parent_context["page"].pk,))


@hooks.register("register_page_action_menu_item")
def follow_up_button() -> ActionMenuItem:
    """Write a follow-up."""
    return FollowUpButton(order=155)


@hooks.register("register_page_action_menu_item")
def share_button() -> ActionMenuItem:
    """Share a preview."""
    return ShareButton(order=160)
