"""Presses Wagtail's buttons as a browser does."""

from __future__ import annotations

import gc
import warnings
from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

#: A browser sends the id a block has; without one each press would make a new block.
BLOCK = "5f0f3a52-5f5e-4b8c-9b52-0a4f0d8f3c11"


def fields(*, title: str, body: str = "Words of a story.", **more: Any) -> dict[str, Any]:
    """Return what the form of a story sends."""
    empty = {name: inline_formset([]) for name in ("bylines", "sources", "comments")}
    text = rich_text(f"<p>{body}</p>", features=["bold", "italic", "link"])
    blocks = streamfield([("paragraph", text)] if body else [])
    if body:
        blocks["0"]["id"] = BLOCK
    return nested_form_data({"title": title, "genre": "news", "body": blocks, **empty, **more})


def press(client: Client, page: Any, button: str | None, **changes: Any) -> HttpResponse:
    """Send the form of an existing story with that button; None: save the draft."""
    data = fields(**{"title": page.title, **changes})
    if button:
        data[button] = button
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def create(client: Client, section: Any, button: str | None, **changes: Any) -> HttpResponse:
    """Send the form of a new story."""
    data = fields(**{"title": "A new story", **changes})
    if button:
        data[button] = button
    return client.post(reverse("wagtailadmin_pages:add", args=["desk", "story", section.pk]), data)


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
