"""Lists."""

from __future__ import annotations

from wagtail import blocks

from broadsheet.desk.blocks.paragraph import INLINE_FEATURES


class ItemListBlock(blocks.StructBlock):
    """A bulleted or numbered list of one level."""

    ordered = blocks.BooleanBlock(required=False, label="Numbered")
    items = blocks.ListBlock(blocks.RichTextBlock(features=list(INLINE_FEATURES), label="Item"), label="Items")

    class Meta:
        icon = "list-ul"
        label = "List"
