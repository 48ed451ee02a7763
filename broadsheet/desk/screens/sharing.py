"""The screen on which a draft is shared with somebody outside: its links, a new one, and ending each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View
from wagtail.admin import messages

from broadsheet.desk.actions.sharing import LIFETIMES, end_preview, share_preview
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.models import StandingPage, Story
from broadsheet.desk.previewing import living_links
from broadsheet.desk.screens.addresses import screen_address
from broadsheet.desk.screens.asking_for import show_refusal
from broadsheet.desk.subjects import subject_of
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

    #: What is shared.
    model: type[Story | StandingPage] = Story

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show links and form."""
        return self.answer(request, self.page_for(request, pk), ShareForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link, or end the one asked for."""
        page = self.page_for(request, pk)
        if "end" in request.POST:
            return self.end(request, page, request.POST["end"])
        form = ShareForm(request.POST)
        address = ""
        if form.is_valid():
            try:
                shared = share_preview(page, days=form.cleaned_data["days"], now=utc_now())
            except ActRefused as refused:
                show_refusal(refused, form)
            else:
                path = reverse("desk_shared_preview", args=[shared.token])
                address = f"{settings.WAGTAILADMIN_BASE_URL}{path}"
        return self.answer(request, page, form, address=address)

    def end(self, request: HttpRequest, page: Any, which: str) -> HttpResponse:  # noqa: ANN401 - a row of ``model``
        """End that link of the page."""
        number = int(which) if which.isascii() and which.isdigit() else 0
        link = page.preview_links.filter(pk=number).first()
        if link is None:
            messages.success(request, "That link had ended already.")
        else:
            end_preview(link)
            messages.success(request, "The link shows nothing any more.")
        return redirect(screen_address(page, "share"))

    def page_for(self, request: HttpRequest, pk: int) -> Any:  # noqa: ANN401 - a row of ``model``
        """Return the page. Raises: Http404; PermissionDenied when the person may not edit it."""
        page: Any = get_object_or_404(self.model, pk=pk)
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return page

    def answer(self, request: HttpRequest, page: Any, form: ShareForm, *, address: str = "") -> HttpResponse:  # noqa: ANN401 - as above
        """Return the screen, which nobody may keep: an address may stand on it."""
        context = {
            "page": page,
            "what": subject_of(page).kind,
            "links": living_links(page, now=utc_now()),
            "form": form,
            "address": address,
            "page_title": "Share a preview",
            "header_title": "Share a preview",
            "header_icon": "link",
        }
        response = render(request, "desk/share.html", context)
        response["Cache-Control"] = "no-store, private"
        return response
