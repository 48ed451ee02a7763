"""The home of one language of the paper: the page its sections and standing pages stand under."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from broadsheet.desk.models.unserved import UnservedPage
from broadsheet.desk.page_rights import HomePermissions


class PaperHome(UnservedPage, Page):
    """One per language, side by side under the tree's root; made by the desk's set-up, never by hand."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["desk.Section", "desk.StandingPage"]
    is_creatable = False
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        verbose_name = "language home"
        verbose_name_plural = "language homes"

    def permissions_for_user(self, user: Any) -> HomePermissions:  # noqa: ANN401
        """Return what the user may do to this home: give it sections and standing pages, nothing else."""
        return HomePermissions(user, self)
