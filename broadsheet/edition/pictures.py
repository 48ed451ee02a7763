"""Pictures as sheets show them: credit, focal point and the sizes there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.edition.shown_blocks import ShownPicture
from broadsheet.edition.values import PictureLine, SizeLine
from broadsheet.ledger.pictures import PictureSize, sizes_of
from broadsheet.press.values import SheetPath

if TYPE_CHECKING:
    from broadsheet.ledger.values import PictureDocument

#: The stylesheet has a class for each of these focal points.
_FOCAL_STEP = 5
_SOCIAL_SIZE = (1200, 630)


def picture_line(picture: PictureDocument) -> PictureLine:
    """Return the picture as facts keep it."""
    sizes = sizes_of(picture)
    return PictureLine(
        credit=picture.credit,
        focal_x=_percent(picture.focal_x),
        focal_y=_percent(picture.focal_y),
        jpeg=tuple(_line(size) for size in sizes if size.media_type == "image/jpeg" and not size.is_social),
        webp=tuple(_line(size) for size in sizes if size.media_type == "image/webp"),
        social=next(_line(size) for size in sizes if size.is_social),
    )


def shown_picture(line: PictureLine, *, alt: str, caption: str = "") -> ShownPicture:
    """Return the picture over one story."""
    largest = line.jpeg[-1]
    return ShownPicture(
        jpeg=line.jpeg,
        webp=line.webp,
        width_px=largest.width_px,
        height_px=largest.height_px,
        focal_x=line.focal_x,
        focal_y=line.focal_y,
        alt=alt,
        caption=caption,
        credit=line.credit,
    )


def picture_files(line: PictureLine) -> tuple[SheetPath, ...]:
    """Return every file a sheet that shows the picture needs beside it."""
    return tuple(size.path for size in (*line.jpeg, *line.webp, line.social))


def _line(size: PictureSize) -> SizeLine:
    return SizeLine(path=SheetPath(size.path), width_px=size.width_px, height_px=size.height_px)


def _percent(fraction: float) -> int:
    return round(min(max(fraction, 0.0), 1.0) * 100 / _FOCAL_STEP) * _FOCAL_STEP
