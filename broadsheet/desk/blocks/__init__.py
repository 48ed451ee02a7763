"""The blocks a body and a menu are made of, one per file. They hold what is typed; ``desk.compiling`` makes it plain."""

from __future__ import annotations

from broadsheet.desk.blocks.front import PinsBlock, StripBlock
from broadsheet.desk.blocks.heading import HeadingBlock
from broadsheet.desk.blocks.item_list import ItemListBlock
from broadsheet.desk.blocks.navigation import NavigationBlock
from broadsheet.desk.blocks.paragraph import INLINE_FEATURES, ParagraphBlock
from broadsheet.desk.blocks.picture import PictureBlock
from broadsheet.desk.blocks.quotation import QuotationBlock
from broadsheet.desk.blocks.story_body import StoryBodyBlock

__all__ = [
    "INLINE_FEATURES",
    "HeadingBlock",
    "ItemListBlock",
    "NavigationBlock",
    "ParagraphBlock",
    "PictureBlock",
    "PinsBlock",
    "QuotationBlock",
    "StoryBodyBlock",
    "StripBlock",
]
