"""The list of all stories: newest work first, by section, language and status."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import CharField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Locale, WorkflowState

from broadsheet.desk.models import PaperHome, Section, StandingPage, Story
from broadsheet.desk.screens.choosing import ChoosePlaceView
from broadsheet.desk.status import StoryStatus, status_of
from broadsheet.ledger.values import Act


class StatusColumn(Column):
    """Where the story or standing page stands, as a label."""

    cell_template_name = "desk/status_cell.html"

    def get_value(self, instance: Story | StandingPage) -> StoryStatus:
        """Return the status."""
        return status_of(instance)


def section_choices() -> list[tuple[str, str]]:
    """Return each section once by its key, named as in the first language that has it."""
    titles: dict[str, str] = {}
    for key, title in Section.objects.order_by("locale_id", "order").values_list("key", "title"):
        titles.setdefault(key, title)
    return list(titles.items())


def language_choices() -> list[tuple[str, str]]:
    """Return the paper's languages by code."""
    return [(locale.language_code, locale.get_display_name()) for locale in Locale.objects.all()]


def languages_of(user: Any) -> QuerySet[Locale]:  # noqa: ANN401 - any user model
    """Return the languages in which the person may do something."""
    homes = PaperHome.objects.all()
    if not user.is_superuser:
        homes = homes.filter(group_permissions__group__user=user)
    return Locale.objects.filter(pk__in=homes.values("locale"))


def with_status(stories: QuerySet[Story], status: str) -> QuerySet[Story]:
    """Return those stories that stand there; the same rule as ``status_of``, for the database."""
    # Object ids of workflow states are text in the database, and PostgreSQL compares no text with numbers.
    waiting = WorkflowState.objects.active().filter(object_id=Cast(OuterRef("pk"), CharField()))
    waiting = waiting.filter(base_content_type__app_label="wagtailcore", base_content_type__model="page")
    stories = stories.annotate(in_approval=Subquery(waiting.values("pk")[:1]))
    if status == StoryStatus.IN_APPROVAL:
        return stories.filter(in_approval__isnull=False)
    gone = Q(live=False, first_released_at__isnull=False)
    conditions = {
        StoryStatus.DRAFT: Q(live=False, first_released_at__isnull=True) & ~Q(removed_by=Act.ERASE),
        StoryStatus.RELEASED: Q(live=True, has_unpublished_changes=False),
        StoryStatus.CHANGED: Q(live=True, has_unpublished_changes=True),
        StoryStatus.WITHDRAWN: gone & ~Q(removed_by__in=[Act.KILL, Act.TAKEDOWN, Act.ERASE]),
        StoryStatus.KILLED: gone & Q(removed_by=Act.KILL),
        StoryStatus.TAKEN_DOWN: gone & Q(removed_by=Act.TAKEDOWN),
        StoryStatus.ERASED: Q(removed_by=Act.ERASE),
    }
    return stories.filter(conditions[StoryStatus(status)], in_approval__isnull=True)


class StoryFilters(WagtailFilterSet):
    """What the list can be narrowed by."""

    section = django_filters.ChoiceFilter(
        field_name="section__key", choices=section_choices, label="Section", empty_label="All", widget=forms.RadioSelect
    )
    locale = django_filters.ChoiceFilter(
        field_name="locale__language_code",
        choices=language_choices,
        label="Language",
        empty_label="All",
        widget=forms.RadioSelect,
    )
    status = django_filters.ChoiceFilter(
        method="filter_status",
        choices=[(status.value, status.label) for status in StoryStatus],
        label="Status",
        empty_label="All",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Story
        fields: list[str] = []

    def filter_status(self, stories: QuerySet[Story], _name: str, status: str) -> QuerySet[Story]:
        """Narrow by status."""
        return with_status(stories, status)


def _approvals() -> Prefetch[Any]:
    """Read the approvals under way where Wagtail's page looks for them; they hang on the story's own type here."""
    states = WorkflowState.objects.active().select_related("current_task_state__task")
    return Prefetch("_specific_workflow_states", queryset=states, to_attr="_current_workflow_states")


class StoryListView(IndexView):
    """The list. Rows are stories, so nothing is fetched a second time as its specific page."""

    page_title = "Stories"
    paginate_by = 25
    base_columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label="Headline", sort_key="title", classname="title"),
        Column("section", label="Section", accessor="section.title"),
        StatusColumn("status", label="Status"),
        DateColumn("latest_revision_created_at", label="Changed", sort_key="latest_revision_created_at", width="12%"),
    ]

    def get_base_queryset(self) -> QuerySet[Story]:
        """Return the stories of the languages the person works in.

        Rights stand at the language homes only, so Wagtail's own question, a pattern over the path of every page
        that no index answers, comes to the same (decision 0011).
        """
        return self.annotate_queryset(Story.objects.filter(locale__in=languages_of(self.request.user)))

    def annotate_queryset(self, pages: QuerySet[Story]) -> QuerySet[Story]:
        """Read with each row what its columns and buttons show."""
        return (
            pages.defer_streamfields()  # type: ignore[attr-defined]
            .select_related("section", "locale", "content_type")
            .prefetch_related("sites_rooted_here", _approvals())
            .annotate_site_root_state()
            .annotate_approved_schedule()
        )


class ChooseSectionView(ChoosePlaceView):
    """Asks in which section a new story is written. Sections outside the person's limits are not offered."""

    page_title = "In which section?"

    def get_valid_parent_pages(self, user: Any) -> QuerySet[Any]:  # noqa: ANN401 - Wagtail's signature
        """Return the sections the person may write in, of every language."""
        pages = super().get_valid_parent_pages(user)
        limits = [] if user.is_superuser else list(user.section_limits.values_list("section_key", flat=True))
        return pages.filter(slug__in=limits) if limits else pages


class StoryViewSet(PageListingViewSet):
    """Stories, first in the menu."""

    model = Story
    name = "story_list"
    url_prefix = "stories"
    icon = "doc-full"
    menu_label = "Stories"
    menu_name = "stories"
    menu_order = 100
    add_to_admin_menu = True
    index_view_class = StoryListView
    choose_parent_view_class = ChooseSectionView
    filterset_class = StoryFilters
    columns = StoryListView.base_columns

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, Any]:
        """Say “Add a story” on the button."""
        return super().get_common_view_kwargs(add_item_label="Add a story", **kwargs)
