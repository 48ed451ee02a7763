"""Turning the bytes somebody uploaded into pixels that can be trusted, or refusing them with one sentence.

The header is read first: nothing is decoded before its size is known to be sane.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Final, Literal, NamedTuple

from PIL import Image, ImageFile, UnidentifiedImageError

from broadsheet.ledger.errors import PictureRefused
from broadsheet.ledger.picture_colours import flat_on_white

MediaType = Literal["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"]

FILE_BYTES: Final = 40 * 1024 * 1024
PIXELS: Final = 100_000_000
#: Memory one decoding may take beside the process itself, and what a pixel takes by kind of file: once decoded, once
#: flattened or turned, and what the decoder needs for itself (measured, decision 0018).
DECODING_BYTES: Final = 256_000_000
_PIXEL_BYTES: Final = {"JPEG": 8, "MPO": 8, "PNG": 8, "GIF": 8, "WEBP": 16, "AVIF": 16}
#: A plain JPEG can be decoded at a fraction of its size; no public size is wider than this.
_WIDEST_PX: Final = 2048
#: WebP's limit for a side; no size of a picture may be higher.
SIDE_PX: Final = 16_383

# Pillow's own limit is for the whole process: Wagtail's renditions pass through it too.
Image.MAX_IMAGE_PIXELS = PIXELS

_MEDIA_TYPES: Final[dict[str, MediaType]] = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with further pictures behind it, as some cameras write
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "AVIF": "image/avif",
}
_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING: Final = frozenset({5, 6, 7, 8})
#: What Pillow's decoders raise on damaged files, beside its own errors (seen on its own corpus of crashing files).
_DAMAGED: Final = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    EOFError,
    LookupError,
    ArithmeticError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class Header(NamedTuple):
    """What a picture says of itself: ``width_px`` and ``height_px`` are those of the upright picture."""

    media_type: MediaType
    width_px: int
    height_px: int


def read_header(data: bytes) -> Header:
    """Return the picture's kind and upright size, nothing decoded yet.

    Raises: PictureRefused.
    """
    if len(data) > FILE_BYTES:
        msg = f"The picture is {len(data) / 1024 / 1024:.0f} MB; it may have {FILE_BYTES // 1024 // 1024} MB at most."
        raise PictureRefused(msg)
    _check_room(_opened(data))
    return _header(_opened(data))


def is_upright(data: bytes) -> bool:
    """Return whether the pixels lie as they are to be shown.

    Raises: PictureRefused.
    """
    return _orientation(_opened(data)) not in _UPRIGHT


def decode(data: bytes, *, within: tuple[int, int] | None = None) -> Image.Image:
    """Return the picture upright and on white where it is transparent, in its own colours still.

    Shapes: the first frame of an animation.
    Units: ``within`` is the least width and height wanted, in pixels of the upright picture; a JPEG may then be
    decoded at a smaller scale.
    Raises: PictureRefused.
    """
    image = _opened(data)
    turn = _orientation(image)
    if within is not None:
        image.draft(None, within[::-1] if turn in _LYING else within)
    _load(image)
    flat = flat_on_white(image)
    return flat.transpose(_UPRIGHT[turn]) if turn in _UPRIGHT else flat


def check_pixels(data: bytes) -> None:
    """Decode the first frame to its last pixel and forget it.

    Raises: PictureRefused.
    """
    image = _opened(data)
    image.draft(None, (1, 1))  # a JPEG is read to its last bit all the same, into an eighth of its sides
    _load(image)


def _opened(data: bytes) -> ImageFile.ImageFile:
    if data.lstrip()[:5].lower() in {b"<svg ", b"<?xml"}:
        msg = "SVG pictures are not taken, since they can carry scripts. Save it as PNG."
        raise PictureRefused(msg)
    try:
        image = Image.open(BytesIO(data), formats=[name for name in _MEDIA_TYPES if name != "MPO"])
    except UnidentifiedImageError as error:
        msg = "The file is no picture of a kind we take: JPEG, PNG, WebP, GIF or AVIF."
        raise PictureRefused(msg) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except _DAMAGED as error:
        msg = "The picture is damaged: its beginning cannot be read. Save it anew and send it again."
        raise PictureRefused(msg) from error
    if image.width * image.height > PIXELS:
        raise _too_many_pixels()
    return image


def _check_room(image: ImageFile.ImageFile) -> None:
    """Refuse what would take too much memory, nothing decoded yet.

    A progressive JPEG is held whole before its first pixel comes out, at whatever scale.
    """
    if image.format in {"JPEG", "MPO"} and not image.info.get("progressive"):
        is_lying = _orientation(image) in _LYING
        width, height = image.size[::-1] if is_lying else image.size
        widest = min(width, _WIDEST_PX)
        within = (widest, max(1, height * widest // width))
        image.draft(None, within[::-1] if is_lying else within)
    if image.width * image.height * _PIXEL_BYTES[image.format or ""] > DECODING_BYTES:
        most = DECODING_BYTES // _PIXEL_BYTES[image.format or ""] // 1_000_000
        msg = (
            f"The picture has more than {most} million pixels, the most for its kind of file. "
            "Make it smaller, or save it as a plain JPEG, which may be larger."
        )
        raise PictureRefused(msg)


def _load(image: ImageFile.ImageFile) -> None:
    try:
        image.load()
    except _DAMAGED as error:
        msg = "The picture is damaged: it breaks off or cannot be decoded. Save it anew and send it again."
        raise PictureRefused(msg) from error


def _too_many_pixels() -> PictureRefused:
    return PictureRefused(f"The picture has more than {PIXELS // 1_000_000} million pixels. Make it smaller first.")


def _header(image: ImageFile.ImageFile) -> Header:
    width, height = image.size[::-1] if _orientation(image) in _LYING else image.size
    if image.format is None:
        raise PictureRefused
    return Header(_MEDIA_TYPES[image.format], width, height)


def _orientation(image: Image.Image) -> int:
    """Return how the camera was held, 1 to 8; 1 where the note cannot be read. Source: Exif 2.32, tag 0x0112."""
    try:
        # The base class's way: that of PNG decodes the whole picture to look for notes behind the pixels.
        turn = Image.Image.getexif(image).get(_ORIENTATION, 1)
    except _DAMAGED:
        return 1  # a damaged note says nothing; the picture itself may be whole
    return turn if turn in _UPRIGHT else 1
