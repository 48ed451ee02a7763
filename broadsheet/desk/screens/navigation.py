"""The navigation of each language: one screen that says where head and foot of every page lead, and sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views import View
from wagtail.admin.menu import MenuItem
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from broadsheet.desk.actions.act import is_released
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.models import Navigation, StandingPage
from broadsheet.desk.page_rights import is_limited
from broadsheet.desk.panels import NAVIGATION_PANELS
from broadsheet.desk.screens.preview import show_unsent
from broadsheet.desk.screens.sending import add_refusal, languages, may_send, standing_of
from broadsheet.desk.screens.undrafted import UndraftedView

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

_TITLE = "Navigation"
_ICON = "list-ul"


class NavigationMenuItem(MenuItem):
    """The navigation, for those who may release in some language and are limited to nothing."""

    def __init__(self) -> None:
        super().__init__(_TITLE, reverse_lazy("desk_navigations"), name="navigation", icon_name=_ICON, order=134)

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person may do anything there."""
        may_release = policy_registry.get_by_type(Page).user_has_permission(request.user, "publish")
        return may_release and not is_limited(request.user)


class NavigationsView(View):
    """Lists the languages in which the person may change the navigation; a single one is opened at once."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        rows = [row for row in map(navigation_of, languages()) if may_send(request, row)]
        if len(rows) == 1:
            return redirect("desk_navigation", rows[0].locale.language_code)
        context = {
            "rows": [(row, is_released(standing_of(row))) for row in rows],
            "page_title": _TITLE,
            "header_title": _TITLE,
            "header_icon": _ICON,
        }
        return render(request, "desk/navigations.html", context)


class NavigationView(UndraftedView[Navigation]):
    """The navigation of one language."""

    panels = NAVIGATION_PANELS
    template_name = "desk/navigation.html"
    icon = _ICON
    without_it = "Readers see all sections and standing pages again."

    def find(self, **place: str) -> Navigation:
        """See ``UndraftedView.find``."""
        return navigation_of(get_object_or_404(Locale, language_code=place["code"]))

    def title_of(self, row: Navigation) -> str:
        """See ``UndraftedView.title_of``."""
        return f"{_TITLE}: {row.locale.get_display_name()}"

    def preview(self, request: HttpRequest, row: Navigation, form: ModelForm[Navigation]) -> HttpResponse:
        """Return the home front with it, or the form with the sentences why not."""
        if form.is_valid():
            try:
                return show_unsent(form.save(commit=False))
            except ActRefused as refused:
                add_refusal(request, form, refused)
        return self.answer(request, row, form)


def navigation_of(language: Locale) -> Navigation:
    """Return the language's navigation; one never made says what readers see without it."""
    found = Navigation.objects.select_related("locale").filter(locale=language).first()
    if found is not None:
        return found
    pages = StandingPage.objects.filter(locale=language, live=True).order_by("title")
    footer = [{"type": "page", "value": {"target": page.pk, "label": ""}} for page in pages]
    return Navigation(locale=language, menu=[("sections", None)], footer=footer)
