"""The list and form of topics, people and places."""

from __future__ import annotations

from wagtail.snippets.views.snippets import SnippetViewSet

from broadsheet.desk.models import Topic
from broadsheet.desk.panels import TOPIC_PANELS


class TopicViewSet(SnippetViewSet):
    """What stories are about."""

    model = Topic
    icon = "tag"
    menu_label = "Topics"
    menu_name = "topics"
    menu_order = 125
    add_to_admin_menu = True
    list_display = ["name", "kind", "key"]
    list_filter = ["kind"]
    list_per_page = 50
    edit_handler = TOPIC_PANELS
    copy_view_enabled = False
