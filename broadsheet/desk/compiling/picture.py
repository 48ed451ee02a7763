"""Pictures as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from broadsheet.desk.compiling.wording import one_line
from broadsheet.desk.errors import NotReady, Problem
from broadsheet.ledger.values import PictureDocument
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import make_urn

if TYPE_CHECKING:
    from broadsheet.desk.models import Picture


def compile_picture(picture: Picture) -> PictureDocument:
    """Return the picture.

    Raises: NotReady without a credit.
    """
    document = draft_picture(picture)
    if not document.credit:
        raise NotReady((Problem("credit", f"The picture “{picture.title}” has no credit."),))
    return document


def draft_picture(picture: Picture) -> PictureDocument:
    """Return the picture as it is, ready for readers or not: for previews and for making its sizes."""
    return PictureDocument(
        subject=make_urn("picture", picture.subject_key.hex),
        original=picture.original_digest,
        media_type=cast("Any", picture.original_media_type),
        width_px=picture.original_width_px,
        height_px=picture.original_height_px,
        credit=one_line(picture.credit),
        copyright=one_line(picture.copyright),
        caption=one_line(picture.caption),
        alt=one_line(picture.alt),
        text_locale=Locale(picture.text_locale),
        focal_x=_fraction(picture.focal_point_x, picture.width),
        focal_y=_fraction(picture.focal_point_y, picture.height),
        creator=one_line(picture.creator),
        licence=one_line(picture.licence),
        usage=one_line(picture.usage),
    )


def _fraction(place_px: int | None, length_px: int) -> float:
    """Return the place along the side as a fraction, the middle where nobody chose one.

    Rounded, so that the same choice gives the same bytes on every machine.
    """
    if place_px is None or not length_px:
        return 0.5
    return round(min(max(place_px / length_px, 0.0), 1.0), 4)
