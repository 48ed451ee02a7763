"""Running text."""

from __future__ import annotations

from typing import Final

from wagtail import blocks

#: What an editor may do to words. Headings, lists, quotations and pictures are blocks of their own.
INLINE_FEATURES: Final = ("bold", "italic", "link", "superscript", "subscript")


class ParagraphBlock(blocks.RichTextBlock):
    """One or several paragraphs; each becomes a paragraph of its own in the released story."""

    def __init__(self, **kwargs: object) -> None:
        """Allow inline features only; an empty one is left out of the story instead of standing in its way."""
        super().__init__(required=False, features=list(INLINE_FEATURES), **kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Paragraph"
        form_classname = "desk-paragraph"
