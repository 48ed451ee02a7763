"""Quotations."""

from __future__ import annotations

from django.core.validators import RegexValidator
from wagtail import blocks

from broadsheet.desk.blocks.paragraph import INLINE_FEATURES


class QuotationBlock(blocks.StructBlock):
    """Words somebody said or wrote, set off from the text, with the original where they were translated."""

    words = blocks.RichTextBlock(
        features=list(INLINE_FEATURES), help_text="Without quotation marks; the page sets the words apart."
    )
    speaker = blocks.CharBlock(required=False, max_length=200, help_text="Who said it.")
    source = blocks.CharBlock(required=False, max_length=200, help_text="Where: an interview, a book, a speech.")
    original = blocks.TextBlock(required=False, rows=2, label="Original words", help_text="If you translated them.")
    original_locale = blocks.CharBlock(
        required=False,
        max_length=12,
        label="Language of the original",
        help_text="Its code, such as ja or pt-BR.",
        validators=[
            RegexValidator(
                r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
                "Write the language as a code such as ja, vi or pt-BR.",
            )
        ],
    )

    class Meta:
        icon = "openquote"
        label = "Quotation"
        label_format = "{speaker}"
