"""What the templates show of a story's body: pictures, and one Struct for each kind of block.

Text is plain and is escaped by the template; a field of type SafeHtml is inline markup and is printed as it is.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from broadsheet.edition.values import SizeLine
from broadsheet.plain.html import SafeHtml


class ShownPicture(msgspec.Struct, frozen=True):
    """A picture in its sizes, smallest first, at least one JPEG. Focal point in percent, in steps of five."""

    jpeg: tuple[SizeLine, ...]
    webp: tuple[SizeLine, ...]
    width_px: int
    height_px: int
    focal_x: int
    focal_y: int
    alt: str
    caption: str
    credit: str

    @property
    def fit(self) -> Literal["", "tall", "narrow", "small"]:
        """How far the picture may be stretched: over the whole width, not higher than a screen, or hardly at all."""
        if self.height_px > self.width_px:
            return "tall"
        return "" if self.width_px >= _WIDE_PX else "narrow" if self.width_px >= _SMALL_PX else "small"

    @property
    def fallback(self) -> SizeLine:
        """The size for a reader that cannot choose one."""
        return min(self.jpeg, key=lambda size: abs(size.width_px - _FALLBACK_PX))


_FALLBACK_PX = 1080
_WIDE_PX = 1000
_SMALL_PX = 560


class ShownParagraph(msgspec.Struct, frozen=True):
    """A paragraph."""

    html: SafeHtml
    kind: Literal["paragraph"] = "paragraph"


class ShownHeading(msgspec.Struct, frozen=True):
    """A crosshead."""

    level: Literal[2, 3]
    text: str
    kind: Literal["heading"] = "heading"


class ShownList(msgspec.Struct, frozen=True):
    """A list."""

    ordered: bool
    items: tuple[SafeHtml, ...]
    kind: Literal["list"] = "list"


class ShownQuotation(msgspec.Struct, frozen=True):
    """A quotation. ``original`` stands in ``original_locale``, which is empty where it is not known."""

    words: SafeHtml
    speaker: str
    source: str
    original: str
    original_locale: str
    original_direction: Literal["ltr", "rtl", "auto"]
    kind: Literal["quotation"] = "quotation"


class ShownFigure(msgspec.Struct, frozen=True):
    """A picture in the body."""

    picture: ShownPicture
    kind: Literal["figure"] = "figure"


class ShownPullQuote(msgspec.Struct, frozen=True):
    """A sentence of the story printed large."""

    words: str
    speaker: str
    kind: Literal["pull-quote"] = "pull-quote"


class ShownGallery(msgspec.Struct, frozen=True):
    """Pictures side by side, at least one."""

    title: str
    pictures: tuple[ShownPicture, ...]
    kind: Literal["gallery"] = "gallery"


class ShownTable(msgspec.Struct, frozen=True):
    """A table. ``head`` is empty where the columns have no names."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names_rows: bool
    kind: Literal["table"] = "table"


class ShownFactBox(msgspec.Struct, frozen=True):
    """What readers should know beside the story."""

    title: str
    paragraphs: tuple[SafeHtml, ...]
    kind: Literal["fact-box"] = "fact-box"


class ShownTimeline(msgspec.Struct, frozen=True):
    """Events, each when and what."""

    title: str
    events: tuple[tuple[str, SafeHtml], ...]
    kind: Literal["timeline"] = "timeline"


ShownBlock = (
    ShownParagraph
    | ShownHeading
    | ShownList
    | ShownQuotation
    | ShownFigure
    | ShownPullQuote
    | ShownGallery
    | ShownTable
    | ShownFactBox
    | ShownTimeline
)
