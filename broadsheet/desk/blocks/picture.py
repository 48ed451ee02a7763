"""Pictures between paragraphs."""

from __future__ import annotations

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(blocks.StructBlock):
    """A picture in the text. Credit and focal point are the picture's own."""

    picture = ImageChooserBlock()
    caption = blocks.CharBlock(
        required=False,
        max_length=600,
        help_text="Leave empty to print the picture's own caption, where it is in the story's language.",
    )
    alt = blocks.CharBlock(
        required=False,
        max_length=300,
        label="Alternative text",
        help_text="What the picture shows, for those who cannot see it. Empty means the picture's own.",
    )

    class Meta:
        icon = "image"
        label = "Picture"
        label_format = "{caption}"
