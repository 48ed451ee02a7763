"""Where the screens of a subject stand at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from wagtail.models import Page

from broadsheet.desk.models import Picture, Story
from broadsheet.desk.subjects import subject_of

if TYPE_CHECKING:
    from broadsheet.ledger.values import Act


def form_address(row: Any) -> str:  # noqa: ANN401 - a Story, Section, Byline or Picture
    """Return the address of the subject's form."""
    if isinstance(row, Page):
        return reverse("wagtailadmin_pages:edit", args=[row.pk])
    name = "wagtailimages:edit" if isinstance(row, Picture) else f"wagtailsnippets_desk_{row._meta.model_name}:edit"  # noqa: SLF001
    return reverse(name, args=[row.pk])


def act_address(row: Any, act: Act) -> str:  # noqa: ANN401 - as above
    """Return the address of the screen before the act."""
    name = f"desk_{act}" if isinstance(row, Story) else f"desk_{act}_{subject_of(row).kind}"
    return reverse(name, args=[row.pk])
