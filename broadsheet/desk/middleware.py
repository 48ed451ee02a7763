"""The edge of the desk: who acts in this request, and refusals told to the person instead of a broken page.

Most of Wagtail's screens build their actions themselves, so a refusal comes up from a save deep inside them. Whatever
they had begun was one transaction and is undone; here the sentence becomes a message, and the person is led back to
the page it is about. The edit form handles refusals itself, to keep what was typed (``editing``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from broadsheet.desk.actors import acting_for
from broadsheet.desk.asking import asking
from broadsheet.desk.errors import ActRefused, NotReady, StillInUse
from broadsheet.desk.full_disk import answer_full_disk, is_full_disk

if TYPE_CHECKING:
    from collections.abc import Callable

_REFUSED: Final = 409
_NAMED: Final = 3


class ActorMiddleware:
    """Lets acts know the request they are done in. Its user is asked for late, when an act is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its person as the actor."""
        with acting_for(request), asking():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refused act into a message and the way back, a full disk into a sentence; leave the rest alone."""
        if is_full_disk(exception):
            return answer_full_disk(request)
        if isinstance(exception, ProtectedError):
            exception = _in_use(exception)
        if not isinstance(exception, ActRefused):
            return None
        if request.headers.get("x-requested-with") != "XMLHttpRequest" and "json" in request.headers.get("accept", ""):
            answer = {"success": False, "error_code": "refused", "error_message": str(exception)}
            return JsonResponse(answer, status=_REFUSED)
        tell(request, exception)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # Wagtail's dialogs follow this word to the page named with it, where the message is shown.
            return JsonResponse({"step": "success", "redirect": _way_back(request, exception)})
        return redirect(_way_back(request, exception))


def tell(request: HttpRequest, refused: ActRefused) -> None:
    """Show every sentence of the refusal, each as a message of its own."""
    sentences = [problem.sentence for problem in refused.problems] if isinstance(refused, NotReady) else [str(refused)]
    for sentence in sentences:
        messages.error(request, sentence)


def _in_use(error: ProtectedError) -> StillInUse:
    """Return the database's refusal to delete in a person's words; drafts hold on to what they show as well."""
    users = {str(getattr(row, "story", row)) for row in error.protected_objects}
    named = ", ".join(f"“{title}”" for title in sorted(users)[:_NAMED])
    more = " and others" if len(users) > _NAMED else ""
    return StillInUse(f"This is still used by {named}{more}. Take it out there first.")


def _way_back(request: HttpRequest, refused: ActRefused) -> str:
    if asked_for := get_valid_next_url_from_request(request):
        return str(asked_for)
    if refused.page_id is not None:
        return reverse("wagtailadmin_pages:edit", args=(refused.page_id,))
    return reverse("wagtailadmin_home")
