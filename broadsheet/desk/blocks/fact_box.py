"""Fact boxes."""

from __future__ import annotations

from wagtail import blocks

from broadsheet.desk.blocks.paragraph import INLINE_FEATURES


class FactBoxBlock(blocks.StructBlock):
    """What readers should know beside the story: who, since when, how much."""

    title = blocks.CharBlock(max_length=200)
    text = blocks.RichTextBlock(features=list(INLINE_FEATURES))

    class Meta:
        icon = "info-circle"
        label = "Fact box"
        label_format = "{title}"
