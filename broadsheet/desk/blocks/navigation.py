"""What a menu or a footer is made of."""

from __future__ import annotations

from typing import Any, Final

from django.core.validators import URLValidator
from wagtail import blocks

#: More than this and nobody finds anything.
ENTRIES: Final = 30
_LABEL_CHARACTERS: Final = 80
_BY_TITLE: Final = "Empty: the title of the page it leads to."


def _label(**more: Any) -> blocks.CharBlock:  # noqa: ANN401 - a block's own options
    return blocks.CharBlock(**{"required": False, "max_length": _LABEL_CHARACTERS, "help_text": _BY_TITLE, **more})


class SectionEntryBlock(blocks.StructBlock):
    """One section."""

    target = blocks.PageChooserBlock(page_type="desk.Section", label="Section")
    label = _label(label="Other name")

    class Meta:
        icon = "folder-open-inverse"
        label = "Section"


class PageEntryBlock(blocks.StructBlock):
    """One standing page."""

    target = blocks.PageChooserBlock(page_type="desk.StandingPage", label="Standing page")
    label = _label(label="Other name")

    class Meta:
        icon = "doc-empty-inverse"
        label = "Standing page"


class FrontEntryBlock(blocks.StructBlock):
    """The home front."""

    label = _label(label="Other name", help_text="Empty: “Front page”, in the language of the site.")

    class Meta:
        icon = "home"
        label = "Front page"


class LinkEntryBlock(blocks.StructBlock):
    """A site outside the paper."""

    url = blocks.CharBlock(
        label="Address",
        max_length=2000,
        validators=[
            URLValidator(
                schemes=["https"],
                message="Write a whole address that begins with https://, such as https://example.org/shop.",
            )
        ],
    )
    label = _label(label="Name", required=True, help_text="")

    class Meta:
        icon = "link-external"
        label = "Link out of the site"


class NavigationBlock(blocks.StreamBlock):
    """The entries of a menu or footer, in order."""

    sections = blocks.StaticBlock(
        icon="list-ul", label="All sections", admin_text="All sections in their own order, those to come too."
    )
    section = SectionEntryBlock()
    page = PageEntryBlock()
    front = FrontEntryBlock()
    link = LinkEntryBlock()

    class Meta:
        required = False
        max_num = ENTRIES
