"""Crossheads."""

from __future__ import annotations

from wagtail import blocks


class HeadingBlock(blocks.StructBlock):
    """A crosshead of level 2, or 3 below one of level 2."""

    text = blocks.CharBlock(max_length=200)
    level = blocks.ChoiceBlock(choices=[("2", "Crosshead"), ("3", "Smaller crosshead")], default="2", label="Size")

    class Meta:
        icon = "title"
        label = "Crosshead"
        label_format = "{text}"
