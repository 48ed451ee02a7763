"""The fronts: a list of those a person may arrange, and one screen for each, with the real front beside the form."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.views import View
from wagtail.admin.menu import MenuItem
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from broadsheet.desk.actors import current_actor
from broadsheet.desk.errors import NotReady
from broadsheet.desk.models import Front, Section
from broadsheet.desk.panels import FRONT_PANELS
from broadsheet.desk.permissions import allowed
from broadsheet.desk.screens.addresses import front_address
from broadsheet.desk.screens.preview import show_unsent
from broadsheet.desk.screens.sending import languages
from broadsheet.desk.screens.undrafted import UndraftedView
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import Act

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

_ICON = "grip"


class FrontsMenuItem(MenuItem):
    """The fronts, for those who may release in some language."""

    def __init__(self) -> None:
        super().__init__("Fronts", reverse_lazy("desk_fronts"), name="fronts", icon_name=_ICON, order=107)

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person may do anything there."""
        return bool(policy_registry.get_by_type(Page).user_has_permission(request.user, "publish"))


class FrontsView(View):
    """Lists the fronts the person may arrange, by language: the home front, then those of sections."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        theirs = allowed(actor=current_actor(), act=Act.RELEASE, subjects=map(subject_of, _all_fronts()))
        released = LedgerReader().released_among((subject.urn, subject.locale) for subject in theirs)
        context = {
            "rows": [
                (subject.row, front_address(subject.row), (subject.urn, subject.locale) in released)
                for subject in theirs
            ],
            "page_title": "Fronts",
            "header_title": "Fronts",
            "header_icon": _ICON,
        }
        return render(request, "desk/fronts.html", context)


class FrontView(UndraftedView[Front]):
    """One front, with the real one beside the form."""

    panels = FRONT_PANELS
    template_name = "desk/front.html"
    icon = _ICON
    without_it = "Readers see its newest stories again."

    def find(self, **place: str) -> Front:
        """Return the front; that of a section readers no longer have too, as something may be appointed for it."""
        language = get_object_or_404(Locale, language_code=place["code"])
        key = place.get("key", "")
        section = get_object_or_404(Section, locale=language, key=key) if key else None
        found = Front.objects.select_related("locale", "section").filter(locale=language, section=section).first()
        return found or Front(locale=language, section=section)

    def get(self, request: HttpRequest, **place: str) -> HttpResponse:
        """Show the form; where the frame beside it asks, the front itself."""
        if "shown" not in request.GET:
            return super().get(request, **place)
        front = self.row_for(request, **place)
        return _shown(request, front, self.form_of(request, front))

    def preview(self, request: HttpRequest, row: Front, form: ModelForm[Front]) -> HttpResponse:
        """Return the front, or a page with the sentences why it cannot be shown: either stands in the frame."""
        return _shown(request, form.save(commit=False) if form.is_valid() else row, form)


def _all_fronts() -> Iterator[Front]:
    """Yield the fronts of readers' sections and those that were arranged, by language; three queries."""
    fronts = Front.objects.select_related("locale", "section")
    there = {(front.locale_id, front.section_id): front for front in fronts}
    sections = defaultdict(list)
    for each in Section.objects.filter(Q(live=True) | Q(front__isnull=False)).order_by("order", "key"):
        sections[each.locale_id].append(each)
    for language in languages():
        for section in (None, *sections[language.pk]):
            front = there.get((language.pk, section.pk if section is not None else None))
            yield front or Front(locale=language, section=section)


def _shown(request: HttpRequest, front: Front, form: ModelForm[Front]) -> HttpResponse:
    """Return the front with what the form holds, or the sentences why it cannot be shown."""
    section = front.section
    if form.errors:
        sentences = [str(error) for errors in form.errors.values() for error in errors]
    elif section is not None and not section.live:
        sentences = [f"Readers do not have the section “{section.title}”, so it has no front to look at."]
    else:
        try:
            return show_unsent(front)
        except NotReady as refused:
            sentences = [problem.sentence for problem in refused.problems]
    return render(request, "desk/front_not_shown.html", {"sentences": sentences})
