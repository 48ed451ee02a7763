"""The list and form of bylines."""

from __future__ import annotations

from wagtail.snippets.views.snippets import SnippetViewSet

from broadsheet.desk.models import Byline
from broadsheet.desk.panels import BYLINE_PANELS


class BylineViewSet(SnippetViewSet):
    """People and agencies who sign stories."""

    model = Byline
    icon = "user"
    menu_label = "Bylines"
    menu_name = "bylines"
    menu_order = 120
    add_to_admin_menu = True
    list_display = ["name", "key", "is_agency"]
    list_filter = ["is_agency"]
    list_per_page = 50
    edit_handler = BYLINE_PANELS
    copy_view_enabled = False
