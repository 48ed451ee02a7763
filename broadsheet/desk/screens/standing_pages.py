"""The list of standing pages in all languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from broadsheet.desk.models import StandingPage
from broadsheet.desk.page_rights import HomePermissions
from broadsheet.desk.screens.choosing import ChooseLanguageView
from broadsheet.desk.status import StoryStatus, status_of

if TYPE_CHECKING:
    from django.db.models import QuerySet


class StatusColumn(Column):
    """Where the page stands, as a label."""

    cell_template_name = "desk/status_cell.html"

    def get_value(self, instance: StandingPage) -> StoryStatus:
        """Return the status."""
        return status_of(instance)


class StandingPageListView(IndexView):
    """The list, by title."""

    page_title = "Standing pages"
    default_ordering = "title"
    base_columns = [
        PageTitleColumn("title", label="Title", sort_key="title", classname="title"),
        Column("purpose", label="For", accessor="get_purpose_display", sort_key="purpose"),
        StatusColumn("status", label="Status"),
        DateColumn("latest_revision_created_at", label="Changed", sort_key="latest_revision_created_at", width="12%"),
    ]
    filterset_class = None

    def annotate_queryset(self, pages: QuerySet[StandingPage]) -> QuerySet[StandingPage]:
        """Read with each row what its columns show."""
        return (
            pages.defer_streamfields()  # type: ignore[attr-defined]  # Django's and Wagtail's types know less than they have
            .select_related("locale", "content_type")
            .prefetch_related("sites_rooted_here")
            .prefetch_workflow_states()
            .annotate_site_root_state()
            .annotate_approved_schedule()
        )


class ChooseHomeView(ChooseLanguageView):
    """Whoever is limited to sections is offered none."""

    right = HomePermissions.can_add_standing_page


class StandingPageViewSet(PageListingViewSet):
    """Standing pages, below sections in the menu."""

    model = StandingPage
    name = "standing_page_list"
    url_prefix = "standing-pages"
    icon = "doc-empty-inverse"
    menu_label = "Standing pages"
    menu_name = "standing_pages"
    menu_order = 132
    add_to_admin_menu = True
    index_view_class = StandingPageListView
    choose_parent_view_class = ChooseHomeView
    columns = StandingPageListView.base_columns

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, Any]:
        """Say “Add a standing page” on the button."""
        return super().get_common_view_kwargs(add_item_label="Add a standing page", **kwargs)
