"""Turning the bytes somebody uploaded into pixels that can be trusted, or refusing them with one sentence.

The header is read first: nothing is decoded before its size is known to be sane.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Final, Literal, NamedTuple

from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError

from broadsheet.ledger.errors import PictureRefused

MediaType = Literal["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"]

FILE_BYTES: Final = 40 * 1024 * 1024
PIXELS: Final = 100_000_000
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
_WHITE: Final = (255, 255, 255)
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
    return _header(_opened(data))


def decode(data: bytes, *, within: tuple[int, int] | None = None) -> Image.Image:
    """Return the picture upright and on white where it is transparent, in its own colours still (``to_srgb``).

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
    flat = _flat(image)
    return flat.transpose(_UPRIGHT[turn]) if turn in _UPRIGHT else flat


def check_pixels(data: bytes) -> None:
    """Decode the first frame to its last pixel and forget it.

    Raises: PictureRefused.
    """
    _load(_opened(data))


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB, mode RGB, with neither profile nor anything else attached."""
    profile = image.info.get("icc_profile")
    converted = _by_profile(image, profile) if profile else None
    plain = converted or image.convert("RGB")
    plain.info = {}
    return plain


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
        turn = image.getexif().get(_ORIENTATION, 1)
    except _DAMAGED:
        return 1  # a damaged note says nothing; the picture itself may be whole
    return turn if turn in _UPRIGHT else 1


def _flat(image: Image.Image) -> Image.Image:
    """Return the picture on white without transparency or palette, in a mode its colour profile still fits."""
    if image.mode.startswith("I"):  # 16 bits a pixel, grey
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB") if image.mode in {"P", "1"} else image
    seen = image.convert("RGBA")
    ground = Image.new("RGB", image.size, _WHITE)
    ground.paste(seen, mask=seen.getchannel("A"))
    if "icc_profile" in image.info and image.mode not in {"LA", "L"}:
        ground.info["icc_profile"] = image.info["icc_profile"]
    return ground


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """Return the picture converted from its profile to sRGB, or None where the profile does not fit it."""
    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, *_DAMAGED):
        return None
