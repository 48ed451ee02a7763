"""Standing pages: about, imprint, privacy, contact."""

from __future__ import annotations

import uuid
from typing import Any, Final, get_args

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from broadsheet.desk.blocks import StoryBodyBlock
from broadsheet.desk.models.addressed import AddressedPage
from broadsheet.desk.models.keeping import Kept
from broadsheet.desk.models.previewed import PreviewedPage
from broadsheet.desk.models.unserved import UnservedPage
from broadsheet.desk.page_rights import StandingPagePermissions
from broadsheet.desk.panels import STANDING_PAGE_TABS
from broadsheet.desk.validators import check_printable, check_url_slug
from broadsheet.ledger.values import Purpose

_WORDS: Final = {
    "about": "About the paper",
    "contact": "Contact",
    "imprint": "Imprint",
    "privacy": "Privacy",
    "other": "Anything else",
}
PURPOSES: Final = [(purpose, _WORDS[purpose]) for purpose in get_args(Purpose)]


class StandingPage(Kept, AddressedPage, PreviewedPage, UnservedPage, Page):  # type: ignore[django-manager-missing]  # Wagtail's managers have no types
    """One standing page in one language, directly below the language's home.

    Versions in other languages share ``translation_key``. Wagtail's ``slug`` is an opaque id; the end of the reader's
    address is ``url_slug``, frozen at first release by the act.
    """

    slug: str
    standfirst = models.TextField(blank=True, validators=[check_printable])
    body = StreamField(StoryBodyBlock(), blank=True)
    purpose = models.CharField(
        "what it is for",
        max_length=16,
        choices=PURPOSES,
        default="other",
        help_text="Search engines are told of pages about the paper and of contact pages.",
    )
    url_slug = models.CharField(
        "end of the address",
        blank=True,
        max_length=80,
        validators=[check_url_slug],
        help_text="The last part of the reader's address. Empty: made from the title at first release.",
    )
    subject_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: When readers first had it (UTC); both are written by acts only.
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_released_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: The act that took it from readers; empty while they have it. Written by acts only.
    removed_by = models.CharField(max_length=16, blank=True, editable=False)
    #: Why nothing of the page may go out until somebody lifts it; empty: no hold. Written by ``actions.holding`` only.
    legal_hold = models.TextField(blank=True, editable=False)

    row_fields = ("subject_key", "published_at", "first_released_at", "removed_by", "legal_hold")
    edit_handler = STANDING_PAGE_TABS
    parent_page_types = ["desk.PaperHome"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = [*row_fields, "url_slug"]

    class Meta:
        verbose_name = "standing page"
        verbose_name_plural = "standing pages"

    def permissions_for_user(self, user: Any) -> StandingPagePermissions:  # noqa: ANN401 - any user model
        """Return what the user may do to this page."""
        return StandingPagePermissions(user, self)
