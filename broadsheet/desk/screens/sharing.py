"""The screen on which a draft is shared with somebody outside: its links, a new one, and ending each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View
from wagtail.admin import messages

from broadsheet.desk.actions.sharing import LIFETIMES, end_preview, share_preview
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.models import Story
from broadsheet.desk.previewing import living_links
from broadsheet.desk.screens.asking_for import show_refusal
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class ShareForm(forms.Form):
    """Asks for how long."""

    days = forms.TypedChoiceField(
        label="The link works for",
        coerce=int,
        choices=list(LIFETIMES.items()),
        initial=min(LIFETIMES),
        widget=forms.RadioSelect,
    )


class SharePreviewView(View):
    """Shows the links that work now; POST makes one, and shows its address this once, or ends one."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show links and form."""
        return self.answer(request, self.story_for(request, pk), ShareForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link, or end the one asked for."""
        story = self.story_for(request, pk)
        if "end" in request.POST:
            return self.end(request, story, request.POST["end"])
        form = ShareForm(request.POST)
        address = ""
        if form.is_valid():
            try:
                shared = share_preview(story, days=form.cleaned_data["days"], now=utc_now())
            except ActRefused as refused:
                show_refusal(refused, form)
            else:
                path = reverse("desk_shared_preview", args=[shared.token])
                address = f"{settings.WAGTAILADMIN_BASE_URL}{path}"
        return self.answer(request, story, form, address=address)

    def end(self, request: HttpRequest, story: Story, which: str) -> HttpResponse:
        """End that link of the story."""
        number = int(which) if which.isascii() and which.isdigit() else 0
        link = story.preview_links.filter(pk=number).first()
        if link is None:
            messages.success(request, "That link had ended already.")
        else:
            end_preview(link)
            messages.success(request, "The link shows nothing any more.")
        return redirect("desk_share", story.pk)

    def story_for(self, request: HttpRequest, pk: int) -> Story:
        """Return the story. Raises: Http404; PermissionDenied when the person may not edit it."""
        story: Story = get_object_or_404(Story.objects.select_related("locale", "section"), pk=pk)
        if not story.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return story

    def answer(self, request: HttpRequest, story: Story, form: ShareForm, *, address: str = "") -> HttpResponse:
        """Return the screen, which nobody may keep: an address may stand on it."""
        context = {
            "story": story,
            "links": living_links(story, now=utc_now()),
            "form": form,
            "address": address,
            "page_title": "Share a preview",
            "header_title": "Share a preview",
            "header_icon": "link",
        }
        response = render(request, "desk/share.html", context)
        response["Cache-Control"] = "no-store, private"
        return response
