"""The screen that starts a follow-up of a story readers have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from wagtail.admin import messages

from broadsheet.desk.actions.follow_up import may_follow_up, start_follow_up
from broadsheet.desk.models import Story

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class FollowUpView(View):
    """Says what a follow-up takes over; POST makes the draft and leads to its form."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the sentences and the button. Raises: PermissionDenied for whoever may not write in the section."""
        story = self.story_for(pk)
        if not may_follow_up(request.user, story):
            raise PermissionDenied
        context = {
            "story": story,
            "page_title": "Write a follow-up",
            "header_title": "Write a follow-up",
            "header_icon": "copy",
        }
        return render(request, "desk/follow_up.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the draft, and lead to it."""
        follow_up = start_follow_up(self.story_for(pk))
        messages.success(request, "This is your draft of the follow-up. Give it a headline of its own.")
        return redirect("wagtailadmin_pages:edit", follow_up.pk)

    def story_for(self, pk: int) -> Story:
        """Return the story. Raises: Http404."""
        story: Story = get_object_or_404(Story.objects.select_related("locale", "section"), pk=pk)
        return story
