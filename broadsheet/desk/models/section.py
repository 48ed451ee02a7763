"""Sections: politics, arts, the harbour."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.db import models
from wagtail.models import Page

from broadsheet.desk.models.keeping import Kept
from broadsheet.desk.models.unserved import UnservedPage
from broadsheet.desk.page_rights import SectionPermissions
from broadsheet.desk.panels import SECTION_PANELS
from broadsheet.desk.validators import KEY_LENGTH, check_printable, check_section_key

#: Names the sections of any paper; a version 5 UUID below it is the same for a key in every language.
_SECTIONS: Final = uuid.UUID("6f9a1d0e-27a5-5a4f-9f54-0d2b4b5a6c11")


def section_translation_key(key: str) -> uuid.UUID:
    """Return the key by which Wagtail knows the versions of a section in all languages: the same for the same key."""
    return uuid.uuid5(_SECTIONS, key)


class Section(Kept, UnservedPage, Page):  # type: ignore[django-manager-missing]  # Wagtail's managers have no types
    """A section in one language. Its key is the same in every language, part of addresses, and never changes."""

    #: Named by hand, because Wagtail's Page would otherwise have an attribute ``section`` that hides the story's own.
    page_ptr = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="as_section"
    )
    key = models.CharField(max_length=KEY_LENGTH, validators=[check_section_key])
    description = models.TextField(blank=True, validators=[check_printable])
    order = models.PositiveSmallIntegerField(default=0)

    edit_handler = SECTION_PANELS
    parent_page_types = ["desk.PaperHome"]
    subpage_types = ["desk.Story"]
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        verbose_name = "section"
        verbose_name_plural = "sections"
        indexes = [models.Index(fields=["key"], name="desk_section_key")]

    def _set_core_field_defaults(self) -> None:
        """Let the key name the row in the tree and tie it to its versions in other languages.

        Wagtail calls this before every check of a draft or a live page; one section per key and language is then
        kept by the database, by the tree's own uniqueness of (translation key, locale).
        """
        self.slug = self.key
        self.translation_key = section_translation_key(self.key)
        super()._set_core_field_defaults()

    def with_content_json(self, content: dict[str, Any]) -> Section:
        """Return the revision's section with the key of the row: an old revision cannot change it."""
        section: Section = super().with_content_json(content)
        section.key = self.key
        section.as_read = self.as_read
        return section

    def permissions_for_user(self, user: Any) -> SectionPermissions:  # noqa: ANN401
        """Return what the user may do to this section."""
        return SectionPermissions(user, self)
