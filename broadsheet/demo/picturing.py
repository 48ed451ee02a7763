"""The demo's pictures, taken in at the desk as an upload is, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.demo.values import FOLDER
from broadsheet.desk.models import Picture as DeskPicture
from broadsheet.desk.pictures import PictureWords, receive_picture
from broadsheet.plain.canonical import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.demo.values import Picture

#: The language of the alternative texts in ``newsroom.toml``.
_TEXT_LOCALE: Final = "en"
#: Side of the square round the focal point, as a fraction of the picture's shorter side.
_FOCAL_SIDE: Final = 0.3


def load_pictures(pictures: Iterable[Picture]) -> dict[str, DeskPicture]:
    """Return the desk's pictures by file name, taking in those it does not have.

    Call it outside every transaction, because the public sizes are made here.  Raises: PictureRefused.
    """
    return {picture.file: _load(picture) for picture in pictures}


def _load(picture: Picture) -> DeskPicture:
    data = (FOLDER / "pictures" / picture.file).read_bytes()
    known = DeskPicture.objects.filter(original_digest=sha256_hex(data)).first()
    if known is not None:
        return known
    words = PictureWords(
        title=picture.title,
        text_locale=_TEXT_LOCALE,
        alt=picture.alt,
        credit=picture.credit,
        copyright=picture.copyright,
    )
    row = receive_picture(data=data, name=picture.file, words=words)
    row.focal_point_x = round(row.width * picture.focal_x)
    row.focal_point_y = round(row.height * picture.focal_y)
    row.focal_point_width = row.focal_point_height = round(min(row.width, row.height) * _FOCAL_SIDE)
    row.save()
    return row
