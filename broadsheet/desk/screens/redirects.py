"""The redirects: what there are, a form that adds some or a whole file of them, and boxes that take some away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from broadsheet.desk.actions.redirecting import add_redirects, delete_redirects
from broadsheet.desk.actors import person
from broadsheet.desk.errors import NotReady
from broadsheet.desk.permissions import may_redirect
from broadsheet.desk.redirects import kept_redirects
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_TITLE: Final = "Redirects"
_ICON: Final = "redirect"
_PER_SCREEN: Final = 100
#: The most redirects there may be, of addresses as long as they may be, are far below it.
_FILE_BYTES: Final = 50_000_000


class RedirectsMenuItem(MenuItem):
    """The redirects, for administrators."""

    def __init__(self) -> None:
        super().__init__(_TITLE, reverse_lazy("desk_redirects"), name="redirects", icon_name=_ICON, order=700)

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person keeps them."""
        return may_redirect(person(request.user))  # type: ignore[arg-type]  # behind the log-in


class RedirectsForm(forms.Form):
    """Lines typed, or a file of them."""

    lines = forms.CharField(
        required=False,
        strip=False,
        label="Redirects",
        help_text="A line each: the old address, a space, the new one, both beginning with a slash. "
        "What stands behind a question mark plays no part.",
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "/2014/03/old-name.html /en/sea/2014/03/02/new-name/"}),
    )
    file = forms.FileField(
        required=False,
        label="Or a file of such lines",
        help_text="Text or CSV. It is taken whole, or not at all.",
        widget=forms.FileInput(attrs={"accept": ".txt,.csv,text/plain,text/csv"}),
    )

    def clean(self) -> dict[str, str]:
        """Return the words of whichever was given."""
        given = self.cleaned_data.get("file")
        if given is None:
            return {"text": self.cleaned_data.get("lines", "")}
        if given.size > _FILE_BYTES:
            msg = "The file is too large to be a list of redirects."
            raise forms.ValidationError(msg)
        try:
            return {"text": given.read().decode("utf-8-sig")}
        except UnicodeDecodeError as error:
            msg = "The file is no text in UTF-8. Save it anew as “CSV UTF-8” or plain text."
            raise forms.ValidationError(msg) from error


class RedirectsView(View):
    """Shows the redirects; POST adds some, all or none, or takes some away."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        _check(request)
        return _answer(request, RedirectsForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what the button says, or show why not; what was typed stays in the form."""
        _check(request)
        if "delete" in request.POST:
            gone = delete_redirects(request.POST.getlist("old"), now=utc_now())
            messages.success(request, f"{gone} taken away. Readers soon find nothing at those addresses.")
            return redirect("desk_redirects")
        form = RedirectsForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                added = add_redirects(form.cleaned_data["text"], now=utc_now())
            except NotReady as refused:
                for problem in refused.problems:
                    form.add_error(None, problem.sentence)
            else:
                messages.success(request, f"{added} on their way to readers." if added else "There was nothing new.")
                return redirect("desk_redirects")
        return _answer(request, form)


def _check(request: HttpRequest) -> None:
    if not may_redirect(person(request.user)):  # type: ignore[arg-type]  # behind the log-in
        raise PermissionDenied


def _answer(request: HttpRequest, form: RedirectsForm) -> HttpResponse:
    sought = request.GET.get("q", "").strip()
    kept = kept_redirects()
    found = [pair for pair in kept.items() if sought in pair[0] or sought in pair[1]]
    context = {
        "form": form,
        "sought": sought,
        "total": len(kept),
        "page": Paginator(found, _PER_SCREEN).get_page(request.GET.get("page")),
        "page_title": _TITLE,
        "header_title": _TITLE,
        "header_icon": _ICON,
    }
    return render(request, "desk/redirects.html", context)
