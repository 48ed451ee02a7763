"""The list of sections in all languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from broadsheet.desk.models import Section
from broadsheet.desk.page_rights import HomePermissions
from broadsheet.desk.screens.choosing import ChooseLanguageView

if TYPE_CHECKING:
    from django.db.models import QuerySet


class SectionListView(IndexView):
    """The list, in the order of the navigation."""

    page_title = "Sections"
    default_ordering = "order"
    base_columns = [
        PageTitleColumn("title", label="Title", sort_key="title", classname="title"),
        Column("key", label="Key", sort_key="key"),
        Column("order", label="Place", sort_key="order"),
        PageStatusColumn("status", label="Status"),
    ]
    filterset_class = None

    def annotate_queryset(self, pages: QuerySet[Section]) -> QuerySet[Section]:
        """Read with each row what its columns show."""
        return (
            pages.select_related("locale", "content_type")
            .prefetch_related("sites_rooted_here")
            .prefetch_workflow_states()  # type: ignore[attr-defined]
            .annotate_site_root_state()
            .annotate_approved_schedule()
        )


class ChooseHomeView(ChooseLanguageView):
    """Readers see a section at once, so it takes the right to release."""

    right = HomePermissions.can_add_section


class SectionViewSet(PageListingViewSet):
    """Sections, below stories in the menu."""

    model = Section
    name = "section_list"
    url_prefix = "sections"
    icon = "folder-open-inverse"
    menu_label = "Sections"
    menu_name = "sections"
    menu_order = 130
    add_to_admin_menu = True
    index_view_class = SectionListView
    choose_parent_view_class = ChooseHomeView
    columns = SectionListView.base_columns

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, Any]:
        """Say “Add a section” on the button."""
        return super().get_common_view_kwargs(add_item_label="Add a section", **kwargs)
