"""The question before a new story or section: where does it go? One link for each place, by language."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.admin.utils import quote
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.admin.views.pages.choose_parent import ChooseParentView

from broadsheet.desk.models import PaperHome

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

    from broadsheet.desk.page_rights import HomePermissions


class ChoosePlaceView(ChooseParentView):
    """Lists the places a person may add to. A single place is taken without asking."""

    #: A person may write in every language, so the list is not narrowed to one.
    locale = None

    def get(self, request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
        """Show the places, or lead to the form where there is only one."""
        places = [(place, self.add_url_below(place)) for place in self.places()]
        if len(places) == 1:
            return redirect(places[0][1])
        context: dict[str, Any] = {
            "groups": [
                (language, list(group))
                for language, group in groupby(places, key=lambda place: place[0].locale.get_display_name())
            ],
            "page_title": self.page_title,
            "header_title": self.page_title,
            "header_icon": "circle-plus",
        }
        return render(request, "desk/choose_place.html", context)

    def places(self) -> QuerySet[Page]:
        """Return the pages the person may add to, by language and then as the tree has them."""
        pages = self.get_valid_parent_pages(self.request.user)
        return pages.select_related("locale").order_by("locale_id", "path")

    def add_url_below(self, place: Page) -> str:
        """Return the address of the form for a new page there."""
        options = self.model._meta  # noqa: SLF001 - Django's documented name
        return reverse("wagtailadmin_pages:add", args=[options.app_label, options.model_name, quote(place.pk)])


class ChooseLanguageView(ChoosePlaceView):
    """Asks in which language, among the homes where the person has the right."""

    page_title = "In which language?"
    #: The question put to a person's rights to a home.
    right: ClassVar[Callable[[HomePermissions], bool]]

    def get_valid_parent_pages(self, user: Any) -> QuerySet[Any]:  # noqa: ANN401 - Wagtail's signature
        """Return the language homes the person may add to."""
        allowed = [home.pk for home in PaperHome.objects.all() if type(self).right(home.permissions_for_user(user))]
        return super().get_valid_parent_pages(user).filter(pk__in=allowed)
