"""Previews: the reader's page of an unsaved draft with its pictures, behind the log-in, or for outsiders by a link.

How a page looks is the edition's business. The settings name the function that composes it, because the desk and the
edition never import each other.
"""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Final, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe
from django.views.static import serve

from broadsheet.desk.compiling import compile_draft, compile_page_draft
from broadsheet.desk.models import StandingPage
from broadsheet.desk.models.previewed import register_preview
from broadsheet.desk.previewing import pictures_for_outsiders, shared_draft
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.errors import LedgerError
from broadsheet.ledger.pictures import size_bytes
from broadsheet.plain.times import utc_now

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.desk.compiling import Draft, PageDraft
    from broadsheet.desk.models import Front, Navigation, Story

#: A draft may hold anything somebody pasted, so its page may run and fetch nothing but its own pictures and styles.
PREVIEW_POLICY: Final = (
    "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
#: An outsider's page loads nothing at all; pictures and styles stand inside it.
_OUTSIDE_POLICY: Final = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_FILE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

Answer = TypeVar("Answer", bound=HttpResponseBase)

_at_the_desk = permission_required("wagtailadmin.access_admin", login_url="wagtailadmin_login")


def connect() -> None:
    """Let stories and standing pages be previewed. Called once, from the desk's ``AppConfig.ready``."""
    register_preview(show_draft)


def show_draft(page: Story | StandingPage) -> HttpResponse:
    """Return the reader's page of the draft held in memory, whatever is missing in it."""
    now = utc_now()
    draft = _draft_of(page, now=now)
    preview_story = import_string(settings.BROADSHEET_PREVIEW)
    # A picture's address is the same here as on the site; here it is answered behind the log-in, released or not.
    shown = preview_story(draft.document, pictures=draft.pictures, topics=draft.topics, now=now, picture_url=str)
    return _kept_by_nobody(HttpResponse(shown), policy=PREVIEW_POLICY)


def show_unsent(row: Navigation | Front) -> HttpResponse:
    """Return the unsaved front as readers would see it now, or the home front with the unsaved navigation round it.

    Raises: NotReady.
    """
    preview_story = import_string(settings.BROADSHEET_PREVIEW)
    shown = preview_story(subject_of(row).compile(), pictures={}, now=utc_now(), picture_url=str)
    return _kept_by_nobody(HttpResponse(shown), policy=PREVIEW_POLICY)


@require_safe
def shared_preview(_request: HttpRequest, token: str) -> HttpResponse:
    """Return the page a preview link shows to whoever has it, log-in or not; 404 for a link that ended or never was."""
    now = utc_now()
    shared = shared_draft(token, now=now)
    if shared is None:
        sentence = "This link shows nothing (any more). Ask whoever sent it for a new one.\n"
        return _for_outsiders(HttpResponseNotFound(sentence, content_type="text/plain; charset=utf-8"))
    draft = _draft_of(shared, now=now)
    preview_story = import_string(settings.BROADSHEET_PREVIEW)
    # Without addresses of pictures they stand in the page itself: no address of the desk opens for an outsider.
    pictures = pictures_for_outsiders(draft.pictures, now=now)
    page = preview_story(draft.document, pictures=pictures, topics=draft.topics, now=now)
    return _for_outsiders(HttpResponse(page))


def _for_outsiders(response: HttpResponse) -> HttpResponse:
    """Let nothing lead from the page to the desk, and its secret address to nobody else."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Frame-Options"] = "DENY"
    return _kept_by_nobody(response, policy=_OUTSIDE_POLICY)


def _kept_by_nobody(response: HttpResponse, *, policy: str) -> HttpResponse:
    response["Content-Security-Policy"] = policy
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _draft_of(page: Story | StandingPage, *, now: datetime) -> Draft | PageDraft:
    if isinstance(page, StandingPage):
        return compile_page_draft(page, now=now)
    return compile_draft(page, now=now, zone=settings.TIME_ZONE)


@require_safe
@_at_the_desk
def picture_size(_request: HttpRequest, path: str) -> HttpResponse:
    """Return a size of a picture, released or not, as a preview shows it. Raises: Http404."""
    try:
        data = size_bytes(path=f"/pictures/{path}", pictures_dir=settings.PICTURES_DIR)
    except LedgerError as error:
        raise Http404 from error
    return _file(data, path)


@require_safe
@_at_the_desk
def desk_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return a file of the desk's own, such as a picture's thumbnail. Raises: Http404."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    return _guarded(response)


def _file(data: bytes, path: str) -> HttpResponse:
    content_type, _encoding = mimetypes.guess_type(path)
    return _guarded(HttpResponse(data, content_type=content_type or "application/octet-stream"))


def _guarded(response: Answer) -> Answer:
    """Let only this person's browser keep the file, and let nothing in it run."""
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = _FILE_POLICY
    return response
