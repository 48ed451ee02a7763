"""Presses Wagtail's buttons as a browser does."""

from __future__ import annotations

import gc
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import WayClosed
from broadsheet.desk.models import StandingPage
from tests.factories import desk

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

#: A browser sends the id a block has; without one each press would make a new block.
BLOCK = "5f0f3a52-5f5e-4b8c-9b52-0a4f0d8f3c11"


def fields(*, title: str, body: str = "Words of a story.", **more: Any) -> dict[str, Any]:
    """Return what the form of a story sends."""
    empty = {name: inline_formset([]) for name in ("bylines", "topics", "sources", "comments")}
    text = rich_text(f"<p>{body}</p>", features=["bold", "italic", "link"])
    blocks = streamfield([("paragraph", text)] if body else [])
    if body:
        blocks["0"]["id"] = BLOCK
    return nested_form_data({"title": title, "genre": "news", "body": blocks, **empty, **more})


def page_fields(*, title: str, body: str = "A paper of its own.", **more: Any) -> dict[str, Any]:
    """Return what the form of a standing page sends."""
    blocks = streamfield([("paragraph", rich_text(f"<p>{body}</p>", features=["bold", "italic", "link"]))])
    blocks["0"]["id"] = BLOCK
    told = {"title": title, "body": blocks, "purpose": "about", "comments": inline_formset([])}
    return nested_form_data({**told, **more})


def press(client: Client, page: Any, button: str | None, **changes: Any) -> HttpResponse:
    """Send the form of an existing story or standing page with that button; None: save the draft."""
    sent = page_fields if isinstance(page, StandingPage) else fields
    data = sent(**{"title": page.title, **changes})
    if button:
        data[button] = button
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def create(client: Client, section: Any, button: str | None, **changes: Any) -> HttpResponse:
    """Send the form of a new story."""
    data = fields(**{"title": "A new story", **changes})
    if button:
        data[button] = button
    return client.post(reverse("wagtailadmin_pages:add", args=["desk", "story", section.pk]), data)


def create_page(client: Client, button: str | None, *, locale: str = "en", **changes: Any) -> HttpResponse:
    """Send the form of a new standing page."""
    data = page_fields(**{"title": "About us", **changes})
    if button:
        data[button] = button
    home = desk.paper_home(locale=locale)
    return client.post(reverse("wagtailadmin_pages:add", args=["desk", "standingpage", home.pk]), data)


def bulk(client: Client, action: str, pages: Any, **data: Any) -> Any:
    """Tick these pages in Wagtail's list and choose what to do with all of them."""
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    numbers = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{url}?{numbers}", data)


WAYS_TO_DELETE = ("view", "bulk", "code", "query", "plain page")


def delete_in_vain(newsroom: Newsroom, page: Any, way: str) -> None:
    """Try to delete what was released, as the chief editor; in code the refusal says that it is never deleted."""
    chief = newsroom.client(newsroom.chief)
    if way == "view":
        chief.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    elif way == "bulk":
        bulk(chief, "delete", [page])
    else:
        in_code = {
            "code": page.delete,
            "query": type(page).objects.filter(pk=page.pk).delete,
            "plain page": Page.objects.get(pk=page.pk).delete,
        }
        with acting_as(newsroom.chief), pytest.raises(WayClosed, match="never deleted"), transaction.atomic():
            in_code[way]()


def approve(client: Client, page: Any, action: str = "approve") -> HttpResponse:
    """Press "Approve" (or another word) outside the form, as on the home screen."""
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(url, {"comment": ""})


def told(response: HttpResponse) -> str:
    """Return every message the person is shown next."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def look_first(client: Client, *addresses: str) -> None:
    """Look at screens for the first time, when thumbnails are made.

    Wagtail leaves the files of a new thumbnail to be closed by the collector.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        for address in addresses:
            assert client.get(address).status_code == 200, address
        gc.collect()
