"""Stories: one article in one language."""

from __future__ import annotations

import uuid
from typing import Any, Final, get_args

from django.conf import settings
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from broadsheet.desk.blocks import StoryBodyBlock
from broadsheet.desk.models.addressed import AddressedPage
from broadsheet.desk.models.keeping import Kept
from broadsheet.desk.models.previewed import PreviewedPage
from broadsheet.desk.models.unserved import UnservedPage
from broadsheet.desk.page_rights import StoryPermissions
from broadsheet.desk.panels import STORY_TABS
from broadsheet.desk.validators import check_printable, check_url_slug
from broadsheet.ledger.values import Genre

_GENRE_WORDS: Final = {
    "news": "News",
    "analysis": "Analysis",
    "opinion": "Opinion",
    "interview": "Interview",
    "photo-essay": "Photo essay",
    "sponsored": "Sponsored content: paid for by somebody else",
}
GENRES: Final = [(genre, _GENRE_WORDS[genre]) for genre in get_args(Genre)]


class Story(Kept, AddressedPage, PreviewedPage, UnservedPage, Page):  # type: ignore[django-manager-missing]  # Wagtail's managers have no types
    """One article in one language, directly below its section. Versions in other languages share ``translation_key``.

    Wagtail's ``title`` is the headline and its ``slug`` an opaque id; the reader's address is ``first_section_key``,
    ``first_day`` and ``url_slug``, frozen at first release by the act.
    """

    slug: str
    standfirst = models.TextField(blank=True, validators=[check_printable])
    body = StreamField(StoryBodyBlock(), blank=True)
    genre = models.CharField(
        "type",
        max_length=16,
        choices=GENRES,
        default="news",
        help_text="Readers see it over the headline, here and on every front. News goes without.",
    )
    lead_picture = models.ForeignKey(
        "desk.Picture", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="lead picture"
    )
    lead_caption = models.TextField(
        "caption",
        blank=True,
        max_length=600,
        validators=[check_printable],
        help_text="In the story's language. Empty: the picture's own, where it is in this language.",
    )
    lead_alt = models.CharField(
        "alternative text",
        blank=True,
        max_length=300,
        validators=[check_printable],
        help_text="What the picture shows, for those who cannot see it. Empty: the picture's own.",
    )
    dateline_place = models.CharField("place", blank=True, max_length=120, validators=[check_printable])
    dateline_day = models.DateField("day", null=True, blank=True)
    url_slug = models.CharField(
        "end of the address",
        blank=True,
        max_length=80,
        validators=[check_url_slug],
        help_text="The last part of the reader's address. Empty: made from the headline at first release.",
    )
    show_as_updated = models.BooleanField(
        "show readers that this was updated",
        default=False,
        help_text="Tick it when the next release changes what a reader knew, not for a comma.",
    )

    embargo_until = models.DateTimeField(
        "embargo until",
        null=True,
        blank=True,
        help_text="Nothing of this goes out before, whoever presses the button. It does not release by itself.",
    )

    subject_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: Equal to the parent in the tree; kept by the acts so that lists of a section need no tree clause.
    section = models.ForeignKey(
        "desk.Section", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="stories"
    )
    #: The archive's date for imports, else the first release (UTC).
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: The frozen address, written by acts only. The day is that of the paper's zone.
    first_released_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_section_key = models.CharField(max_length=40, blank=True, editable=False)
    first_day = models.DateField(null=True, blank=True, editable=False)
    #: When an update was last shown to readers as one (UTC); written by acts only.
    shown_updated_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: The act that took the story from readers; empty while they have it or never had it. Written by acts only.
    removed_by = models.CharField(max_length=16, blank=True, editable=False)
    #: Why nothing of the story may go out until somebody lifts it; empty: no hold. Written by ``actions.holding`` only.
    legal_hold = models.TextField(blank=True, editable=False)
    #: The archive's own id, so that importing again finds the story it made.
    import_source_id = models.CharField(max_length=255, null=True, blank=True, unique=True, editable=False)
    #: Who has to see to the story, and by when (UTC). Written by ``actions.assigning`` only; readers never see either.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="assigned_stories",
    )
    deadline = models.DateTimeField(null=True, blank=True, editable=False)

    row_fields = (
        "subject_key",
        "section_id",
        "published_at",
        "first_released_at",
        "first_section_key",
        "first_day",
        "shown_updated_at",
        "removed_by",
        "legal_hold",
        "import_source_id",
        "assignee_id",
        "deadline",
    )
    edit_handler = STORY_TABS
    parent_page_types = ["desk.Section"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = [
        "subject_key",
        "section",
        "published_at",
        "first_released_at",
        "first_section_key",
        "first_day",
        "shown_updated_at",
        "removed_by",
        "legal_hold",
        "import_source_id",
        "assignee",
        "deadline",
        "url_slug",
        "show_as_updated",
    ]

    #: Lets the ledger's screens look for headlines among stories that were released.
    search_fields: Final = [*Page.search_fields, index.FilterField("first_released_at")]

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"
        indexes = [
            models.Index(fields=["section", "-published_at"], name="desk_story_section"),
        ]

    def permissions_for_user(self, user: Any) -> StoryPermissions:  # noqa: ANN401
        """Return what the user may do to this story."""
        return StoryPermissions(user, self)
