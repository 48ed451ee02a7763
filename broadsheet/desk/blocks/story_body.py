"""The body of a story."""

from __future__ import annotations

from wagtail import blocks

from broadsheet.desk.blocks.heading import HeadingBlock
from broadsheet.desk.blocks.item_list import ItemListBlock
from broadsheet.desk.blocks.paragraph import ParagraphBlock
from broadsheet.desk.blocks.picture import PictureBlock
from broadsheet.desk.blocks.quotation import QuotationBlock


class StoryBodyBlock(blocks.StreamBlock):
    """Every block a body may hold. There is no raw HTML block."""

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    list = ItemListBlock()
    quotation = QuotationBlock()
    picture = PictureBlock()

    class Meta:
        required = False
