"""What the ledger's screens share: who may see them, and the way back to the list."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from broadsheet.desk.permissions import may_see_ledger
from broadsheet.plain.locales import MULTIPLE, Locale, direction

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from broadsheet.ledger.values import ReleaseRecord

ICON: Final = "history"


def ledger_screen(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view be read by those who may see the ledger, and answer GET and HEAD only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        if not may_see_ledger(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(require_safe(guarded))


def show(
    request: HttpRequest, template: str, *, title: str, way: list[tuple[str, str]], **context: object
) -> HttpResponse:
    """Return the screen.

    Shapes: ``way`` is label and address of each screen between the list and this one.
    """
    steps = [("Ledger", reverse("ledger_list")), *way, (title, "")]
    breadcrumbs = [{"label": label, "url": url} for label, url in dict.fromkeys(steps)]
    frame = {
        "breadcrumbs_items": breadcrumbs if title != "Ledger" else [{"label": "Ledger", "url": ""}],
        "header_title": title,
        "header_icon": ICON,
    }
    return render(request, f"desk/ledger/{template}.html", {**frame, **context})


def way_to(record: ReleaseRecord, title: str) -> tuple[str, str]:
    """Return the step that leads to the record's subject."""
    return title, reverse("ledger_subject", args=[record.subject])


def script_of(locale: Locale) -> dict[str, str]:
    """Return the language and direction of a document's words, as HTML wants them; empty for one of all languages."""
    return {} if locale == MULTIPLE else {"lang": locale, "dir": direction(locale)}
