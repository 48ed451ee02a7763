"""Timelines."""

from __future__ import annotations

from wagtail import blocks

from broadsheet.desk.blocks.paragraph import INLINE_FEATURES


class TimelineEventBlock(blocks.StructBlock):
    """What happened at one time."""

    when = blocks.CharBlock(max_length=120, help_text="As it is to be printed: 4 March 2026, spring 1975, 09:30.")
    words = blocks.RichTextBlock(features=list(INLINE_FEATURES), label="What happened")

    class Meta:
        label = "Event"
        label_format = "{when}"


class TimelineBlock(blocks.StructBlock):
    """Events one after the other, in the order written."""

    title = blocks.CharBlock(required=False, max_length=200)
    events = blocks.ListBlock(TimelineEventBlock())

    class Meta:
        icon = "history"
        label = "Timeline"
        label_format = "{title}"
