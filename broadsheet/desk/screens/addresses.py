"""Where the screens of a subject stand at the desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.models import Page

from broadsheet.desk.models import Navigation, Picture, Story
from broadsheet.desk.subjects import subject_of


def form_address(row: Any) -> str:  # noqa: ANN401 - a row of SUBJECT_MODELS
    """Return the address of the subject's form."""
    if isinstance(row, Page):
        return reverse("wagtailadmin_pages:edit", args=[row.pk])
    if isinstance(row, Navigation):
        return reverse("desk_navigation", args=[row.locale.language_code])
    name = "wagtailimages:edit" if isinstance(row, Picture) else f"wagtailsnippets_desk_{row._meta.model_name}:edit"  # noqa: SLF001
    return reverse(name, args=[row.pk])


def screen_address(row: Any, screen: str) -> str:  # noqa: ANN401 - as above
    """Return the address of a screen of the subject: of the one before an act by the act's name, or of one beside it."""
    name = f"desk_{screen}" if isinstance(row, Story) else f"desk_{screen}_{subject_of(row).kind}"
    return reverse(name, args=[row.pk])
