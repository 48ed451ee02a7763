"""Pictures in the colours readers get: flat on white, in sRGB, nothing attached."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageCms

_WHITE: Final = (255, 255, 255)
#: Rows flattened at a time, so that a large picture never stands in memory three times over.
_BAND_ROWS: Final = 256


def flat_on_white(image: Image.Image) -> Image.Image:
    """Return the picture without transparency or palette, in a mode its colour profile still fits."""
    if image.height <= _BAND_ROWS or not _needs_flattening(image):
        return _flat(image)
    whole: Image.Image | None = None
    for top in range(0, image.height, _BAND_ROWS):
        band = _flat(image.crop((0, top, image.width, min(top + _BAND_ROWS, image.height))))
        if whole is None:
            whole = Image.new(band.mode, image.size)
            whole.info = band.info
        whole.paste(band, (0, top))
    return whole or _flat(image)


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB, mode RGB, with neither profile nor anything else attached; itself where it is so."""
    profile = image.info.get("icc_profile")
    converted = _by_profile(image, profile) if profile else None
    plain = converted or (image if image.mode == "RGB" else image.convert("RGB"))
    plain.info = {}
    return plain


def _needs_flattening(image: Image.Image) -> bool:
    return image.has_transparency_data or image.mode in {"P", "1"} or image.mode.startswith("I")


def _flat(image: Image.Image) -> Image.Image:
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
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
