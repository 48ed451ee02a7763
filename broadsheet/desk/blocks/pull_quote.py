"""Pull quotes."""

from __future__ import annotations

from wagtail import blocks


class PullQuoteBlock(blocks.StructBlock):
    """A sentence of the story itself, printed large beside it to draw readers in."""

    words = blocks.CharBlock(
        max_length=300, help_text="A sentence that also stands in the text. Without quotation marks."
    )
    speaker = blocks.CharBlock(required=False, max_length=200, help_text="Whose words they are, if not the story's.")

    class Meta:
        icon = "openquote"
        label = "Pull quote"
        label_format = "{words}"
