"""The navigation of each language: one screen that says where head and foot of every page lead, and sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from broadsheet.desk.actions import Release, Withdraw
from broadsheet.desk.actions.act import is_released
from broadsheet.desk.actions.navigating import send_navigation
from broadsheet.desk.asking import what_was_asked
from broadsheet.desk.errors import ActRefused
from broadsheet.desk.models import Navigation, StandingPage
from broadsheet.desk.page_rights import is_limited
from broadsheet.desk.panels import NAVIGATION_PANELS
from broadsheet.desk.screens import navigation_clock
from broadsheet.desk.screens.addresses import screen_address
from broadsheet.desk.screens.appointing import AppointForm
from broadsheet.desk.screens.asking_for import note_what_was_seen
from broadsheet.desk.screens.preview import show_unsent
from broadsheet.desk.screens.sending import add_refusal, languages, may_send, standing_of
from broadsheet.ledger.values import Act
from broadsheet.plain.times import utc_now

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


class NavigationView(View):
    """Shows the navigation of one language; POST sends what was put together, shows or appoints it, or withdraws it."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Show the form."""
        navigation = self.navigation_for(request, code)
        navigation_clock.show(navigation, request.GET.get("appointed", ""))
        return answer(request, navigation, form_of(request, navigation))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Do what the button says, or show why not; what was put together stays in the form."""
        navigation = self.navigation_for(request, code)
        note_what_was_seen(request, navigation)
        if "withdraw" in request.POST:
            Withdraw(navigation, now=utc_now()).execute()
            messages.success(
                request, f"“{navigation}” is withdrawn. Readers see all sections and standing pages again."
            )
            return redirect("desk_navigation", code)
        if "cancel" in request.POST:
            navigation_clock.cancel(request, navigation, request.POST["cancel"])
            return redirect("desk_navigation", code)
        if "appoint" in request.POST:
            return self.appoint(request, navigation)
        form = form_of(request, navigation)
        if form.is_valid():
            try:
                if "preview" in request.POST:
                    return show_unsent(form.save(commit=False))
                send_navigation(form.save(commit=False), now=utc_now())
            except ActRefused as refused:
                add_refusal(request, form, refused)
            else:
                done = "is on its way to readers" if what_was_asked().done else "is as readers have it already"
                messages.success(request, f"“{navigation}” {done}.")
                return redirect("desk_navigation", code)
        return answer(request, navigation, form)

    def appoint(self, request: HttpRequest, navigation: Navigation) -> HttpResponse:
        """Appoint what was put together, or the withdrawal, or show why not."""
        form, when = form_of(request, navigation), AppointForm(request.POST)
        act = Act.WITHDRAW if request.POST["appoint"] == Act.WITHDRAW else Act.RELEASE
        if when.is_valid() and (act is Act.WITHDRAW or form.is_valid()):
            try:
                wanted = navigation if act is Act.WITHDRAW else form.save(commit=False)
                navigation_clock.appoint(request, wanted, act=act, due_at=when.cleaned_data["due_at"])
            except ActRefused as refused:
                add_refusal(request, form, refused)
            else:
                return redirect("desk_navigation", navigation.locale.language_code)
        return answer(request, navigation, form, when)

    def navigation_for(self, request: HttpRequest, code: str) -> Navigation:
        """Return the navigation. Raises: Http404; PermissionDenied when the person may not send it."""
        navigation = navigation_of(get_object_or_404(Locale, language_code=code))
        if not may_send(request, navigation):
            raise PermissionDenied
        return navigation


def navigation_of(language: Locale) -> Navigation:
    """Return the language's navigation; one never made says what readers see without it."""
    found = Navigation.objects.select_related("locale").filter(locale=language).first()
    if found is not None:
        return found
    pages = StandingPage.objects.filter(locale=language, live=True).order_by("title")
    footer = [{"type": "page", "value": {"target": page.pk, "label": ""}} for page in pages]
    return Navigation(locale=language, menu=[("sections", None)], footer=footer)


def form_of(request: HttpRequest, navigation: Navigation) -> ModelForm[Navigation]:
    """Return the form, filled in where something was sent."""
    form_class = NAVIGATION_PANELS.bind_to_model(Navigation).get_form_class()
    form: ModelForm[Navigation] = form_class(request.POST or None, instance=navigation, for_user=request.user)
    return form


def answer(
    request: HttpRequest, navigation: Navigation, form: ModelForm[Navigation], when: AppointForm | None = None
) -> HttpResponse:
    """Return the screen."""
    panel = NAVIGATION_PANELS.bind_to_model(Navigation).get_bound_panel(instance=navigation, request=request, form=form)
    standing = standing_of(navigation)
    title = f"{_TITLE}: {navigation.locale.get_display_name()}"
    context = {
        "form": form,
        "when": when or AppointForm(),
        "appointments": navigation_clock.appointed(navigation),
        "by_the_clock": navigation_clock.SENTENCES,
        "panel": panel,
        "media": panel.media + form.media,
        "seen": standing.number if standing is not None else "",
        "sentences": Release(navigation, now=utc_now()).foresee(),
        "withdrawal": Withdraw(navigation, now=utc_now()).foresee() if is_released(standing) else (),
        "restore": screen_address(navigation, Act.RESTORE) if standing is not None and navigation.pk else "",
        "page_title": title,
        "header_title": title,
        "header_icon": _ICON,
    }
    return render(request, "desk/navigation.html", context)
