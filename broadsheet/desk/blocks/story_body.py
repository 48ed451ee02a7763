"""The body of a story."""

from __future__ import annotations

from wagtail import blocks

from broadsheet.desk.blocks.fact_box import FactBoxBlock
from broadsheet.desk.blocks.gallery import GalleryBlock
from broadsheet.desk.blocks.heading import HeadingBlock
from broadsheet.desk.blocks.item_list import ItemListBlock
from broadsheet.desk.blocks.paragraph import ParagraphBlock
from broadsheet.desk.blocks.picture import PictureBlock
from broadsheet.desk.blocks.pull_quote import PullQuoteBlock
from broadsheet.desk.blocks.quotation import QuotationBlock
from broadsheet.desk.blocks.table import TableBlock
from broadsheet.desk.blocks.timeline import TimelineBlock


class StoryBodyBlock(blocks.StreamBlock):
    """Every block a body may hold. There is no raw HTML block."""

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    list = ItemListBlock()
    quotation = QuotationBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    pull_quote = PullQuoteBlock()
    fact_box = FactBoxBlock()
    table = TableBlock()
    timeline = TimelineBlock()

    class Meta:
        required = False
