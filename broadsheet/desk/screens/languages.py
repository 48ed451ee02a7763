"""The screen on which the language versions of a story or standing page are tied and untied by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Locale, Page

from broadsheet.desk.errors import DeskError
from broadsheet.desk.linking import Tied, tie_versions, untie_version, word_for
from broadsheet.desk.models import StandingPage, Story

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict


class OtherVersionForm(forms.Form):
    """Asks for the story or standing page this one is a version of."""

    other = forms.ModelChoiceField(queryset=Page.objects.none())

    def __init__(self, data: QueryDict | None = None, *, story: Tied) -> None:
        super().__init__(data)
        what, model = word_for(story), type(story)
        other: Any = self.fields["other"]
        other.label = f"The same {what} in another language"
        other.error_messages["required"] = f"Choose the {what} in the other language."
        other.error_messages["invalid_choice"] = f"Choose a {what} in another language."
        other.queryset = model.objects.exclude(locale=story.locale)
        chooser = AdminPageChooser(target_models=[model])
        chooser.choose_one_text, chooser.choose_another_text = f"Choose a {what}", f"Choose another {what}"
        other.widget = chooser


class LanguageVersionsView(View):
    """Shows the versions of a story or standing page; POST ties another one to it, or unties one."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the versions and the form."""
        story = self.story_for(request, pk)
        return self.answer(request, story, OtherVersionForm(story=story))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Tie or untie, and come back with what happened; a refusal is one sentence and changes nothing."""
        story = self.story_for(request, pk)
        if "untie" in request.POST:
            return self.untie(request, story, request.POST["untie"])
        form = OtherVersionForm(request.POST, story=story)
        if not form.is_valid():
            return self.answer(request, story, form)
        other = form.cleaned_data["other"]
        self.check_may_edit(request, other)
        try:
            tie_versions(story=story, other=other)
        except DeskError as error:
            form.add_error("other", str(error))
            return self.answer(request, story, form)
        messages.success(request, f"“{story.title}” and “{other.title}” are now versions of each other.")
        return redirect("desk_languages", story.pk)

    def untie(self, request: HttpRequest, story: Tied, which: str) -> HttpResponse:
        """Untie one of the versions, this story or another."""
        versions = type(story).objects.filter(translation_key=story.translation_key)
        version: Tied = get_object_or_404(versions, pk=which if which.isascii() and which.isdigit() else 0)
        self.check_may_edit(request, version)
        try:
            untie_version(story=version)
        except DeskError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"“{version.title}” stands alone now.")
        return redirect("desk_languages", story.pk)

    def story_for(self, request: HttpRequest, pk: int) -> Tied:
        """Return the story or page. Raises: Http404; PermissionDenied when the person may not edit it."""
        page = StandingPage.objects.select_related("locale").filter(pk=pk).first()
        story: Tied = page or get_object_or_404(Story.objects.select_related("locale", "section"), pk=pk)
        self.check_may_edit(request, story)
        return story

    def check_may_edit(self, request: HttpRequest, story: Tied) -> None:
        """Raise PermissionDenied when the person may not edit it."""
        if not story.permissions_for_user(request.user).can_edit():
            raise PermissionDenied

    def answer(self, request: HttpRequest, story: Tied, form: OtherVersionForm) -> HttpResponse:
        """Return the screen."""
        beside = ("locale", "section") if isinstance(story, Story) else ("locale",)
        versions = type(story).objects.filter(translation_key=story.translation_key).select_related(*beside)
        versions = versions.order_by("locale")
        context: dict[str, Any] = {
            "story": story,
            "what": word_for(story),
            "versions": versions,
            "is_complete": len(versions) == Locale.objects.count(),
            "form": form,
            "media": form.media,
            "page_title": "Language versions",
            "header_title": "Language versions",
            "header_icon": "site",
        }
        return render(request, "desk/language_versions.html", context)
