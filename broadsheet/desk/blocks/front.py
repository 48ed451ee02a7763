"""What an editor puts on a front: stories in order, and a sentence over all of them."""

from __future__ import annotations

from typing import Final

from wagtail import blocks

from broadsheet.desk.blocks.paper_time import PaperTimeBlock

#: More than this and nobody scrolls to the end.
PINS: Final = 12
_STRIP_CHARACTERS: Final = 200


class PinBlock(blocks.StructBlock):
    """One story, until it is taken out or its moment has come."""

    story = blocks.PageChooserBlock(page_type="desk.Story")
    until = PaperTimeBlock(
        required=False, label="Until", help_text="In the paper's time. Empty: until somebody takes it out."
    )

    class Meta:
        icon = "pin"
        label = "Story"


class PinsBlock(blocks.StreamBlock):
    """Stories in the order readers see them."""

    story = PinBlock()

    class Meta:
        required = False
        max_num = PINS


class BreakingBlock(blocks.StructBlock):
    """The sentence, where it leads and when it ends."""

    words = blocks.CharBlock(label="Sentence", max_length=_STRIP_CHARACTERS)
    until = PaperTimeBlock(label="Until", help_text="In the paper's time. It goes then by itself.")
    story = blocks.PageChooserBlock(
        page_type="desk.Story",
        required=False,
        label="Leads to",
        help_text="May stay empty. The sentence is shown while readers can have the story.",
    )

    class Meta:
        icon = "warning"
        label = "Breaking news"


class StripBlock(blocks.StreamBlock):
    """One sentence or none."""

    breaking = BreakingBlock()

    class Meta:
        required = False
        max_num = 1
