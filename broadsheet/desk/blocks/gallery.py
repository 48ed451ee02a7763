"""Galleries."""

from __future__ import annotations

from wagtail import blocks

from broadsheet.desk.blocks.picture import PictureBlock


class GalleryBlock(blocks.StructBlock):
    """Pictures side by side that readers look through."""

    title = blocks.CharBlock(required=False, max_length=200)
    pictures = blocks.ListBlock(PictureBlock(), help_text="At least two.")

    class Meta:
        icon = "image"
        label = "Gallery"
        label_format = "{title}"
