"""Links to stories in the editor: Wagtail marks a link as broken whose page has no address, and at the desk none has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import ExternalLinkElementHandler, PageLinkElementHandler

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wagtail.rich_text.feature_registry import FeatureRegistry

#: After Wagtail's own.
_LATER: Final = 10


class StoryLinkHandler(PageLinkElementHandler):
    """Lets the editor lead from a link to the form of the story it means. What is stored is the story's number alone."""

    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, Any]:
        """Return what the editor knows of the link; no address where the story is gone."""
        data: dict[str, Any] = super().get_attribute_data(attrs)
        if data["parentId"] is not None:
            data["url"] = reverse("wagtailadmin_pages:edit", args=[data["id"]])
        return data


@hooks.register("register_rich_text_features", order=_LATER)
def lead_to_stories(features: FeatureRegistry) -> None:
    """Put our handler in the place of Wagtail's; the rest of its rule stays."""
    rule = {
        "from_database_format": {
            "a[href]": ExternalLinkElementHandler("LINK"),
            'a[linktype="page"]': StoryLinkHandler("LINK"),
        },
        "to_database_format": {"entity_decorators": {"LINK": link_entity}},
    }
    features.register_converter_rule("contentstate", "link", rule)
