"""The bytes of pictures: originals kept by digest, and the sizes readers get, made from them.

Sizes carry pixels, and three words of whose they are (``picture_words``): no EXIF, no GPS position, no profile.
Originals are kept as they came and never served to readers. ``pictures_dir`` holds ``originals/<ab>/<digest>``,
``sizes/<ab>/<name>`` without words, and ``words/<digest>``; every file is put there whole or not at all.
"""

from __future__ import annotations

import os
import re
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
from PIL import Image

from broadsheet.ledger.errors import PictureMissing, PictureRefused, WordsMissing
from broadsheet.ledger.picture_colours import to_srgb
from broadsheet.ledger.picture_decoding import SIDE_PX, MediaType, check_pixels, decode, read_header
from broadsheet.ledger.picture_words import DIGEST_LETTERS, PictureWords, with_words, words_digest, words_of
from broadsheet.plain.canonical import canonical_bytes, sha256_hex
from broadsheet.plain.urns import Urn, key_of, make_urn

if TYPE_CHECKING:
    from broadsheet.ledger.values import PictureDocument

#: Widths a page may ask for; a picture is never enlarged, so a narrower one ends at its own width. 720 and 1080 are the
#: width of a phone whose points are two and three pixels wide.
WIDTHS_PX: Final = (320, 720, 1080, 1440, 2048)
SOCIAL_WIDTH_PX: Final = 1200
SOCIAL_HEIGHT_PX: Final = 630
#: The most pixels a public size may have; encoders hold them several times over.
_SIZE_PIXELS: Final = 16_000_000
_FORMATS: Final[tuple[tuple[str, MediaType], ...]] = (("jpg", "image/jpeg"), ("webp", "image/webp"))
_SAVE: Final[dict[str, dict[str, Any]]] = {
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
}
_PATH: Final = re.compile(
    r"/pictures/(?P<key>[a-z0-9][a-z0-9-]{0,79})/(?P<digest>[0-9a-f]{64})-"
    rf"(?P<words>[0-9a-f]{{{DIGEST_LETTERS}}})-"
    r"(?P<cut>(?:(?P<width>[1-9][0-9]{0,3})|social-(?P<x>[0-9]{1,4})-(?P<y>[0-9]{1,4}))\.(?P<ending>jpg|webp))",
)


class KeptPicture(NamedTuple):
    """An original as it was kept. Units: pixels of the upright picture."""

    digest: str
    media_type: MediaType
    width_px: int
    height_px: int


class PictureSize(NamedTuple):
    """One file of one picture. ``path`` is its path on the site, and never means other pixels or words."""

    path: str
    media_type: MediaType
    width_px: int
    height_px: int
    #: For cards on other sites (Open Graph), cropped round the focal point; not for our own pages.
    is_social: bool = False


def keep_original(*, data: bytes, pictures_dir: Path) -> KeptPicture:
    """Check the picture and keep its bytes under their digest. Keeping it again changes nothing.

    Raises: PictureRefused when it is no picture we take, damaged, or too large.
    """
    header = read_header(data)
    widest = min(header.width_px, WIDTHS_PX[-1])
    highest = header.height_px * widest / header.width_px
    if highest > SIDE_PX or widest * highest > _SIZE_PIXELS:
        msg = f"The picture of {header.width_px} x {header.height_px} pixels is too tall. Cut it into several."
        raise PictureRefused(msg)
    check_pixels(data)
    digest = sha256_hex(data)
    _put_whole(_original(digest, pictures_dir), data)
    return KeptPicture(digest, *header)


def original_bytes(*, digest: str, pictures_dir: Path) -> bytes:
    """Return the original as it was kept.

    Raises: PictureMissing.
    """
    try:
        return _original(digest, pictures_dir).read_bytes()
    except FileNotFoundError as error:
        msg = f"The original {digest} is not kept in {pictures_dir}."
        raise PictureMissing(msg) from error


def destroy_original(*, digest: str, pictures_dir: Path) -> None:
    """Unlink the original and every size made of it, for an erasure; what is not there is no error."""
    _original(digest, pictures_dir).unlink(missing_ok=True)
    for size in (pictures_dir / "sizes" / digest[:2]).glob(f"{digest}-*"):
        size.unlink(missing_ok=True)


def destroy_words(*, digest: str, pictures_dir: Path) -> None:
    """Unlink the words of that digest (``picture_words``). Whoever needs them keeps them again."""
    _words_file(digest, pictures_dir).unlink(missing_ok=True)


def sizes_of(document: PictureDocument) -> tuple[PictureSize, ...]:
    """Return every size the picture has: JPEG then WebP, each narrow to wide, and the social card last. Pure."""
    shape = (document.width_px, document.height_px)
    stem = f"/pictures/{key_of(document.subject)}/{document.original}-{words_digest(words_of(document))}"
    sizes = [
        PictureSize(f"{stem}-{width}.{ending}", media_type, width, _height(width, shape))
        for ending, media_type in _FORMATS
        for width in _widths(document.width_px)
    ]
    x, y = round(document.focal_x * 1000), round(document.focal_y * 1000)
    box = _social_box(shape, x, y)
    width, height = _social_size(box)
    return (*sizes, PictureSize(f"{stem}-social-{x}-{y}.jpg", "image/jpeg", width, height, is_social=True))


def picture_at(path: str) -> Urn | None:
    """Return the picture to which the file at that site path belongs; None where no picture has such a path."""
    match = _PATH.fullmatch(path)
    return make_urn("picture", match["key"]) if match is not None else None


def make_sizes(*, document: PictureDocument, pictures_dir: Path) -> None:
    """Make every size that is not there yet. Takes up to some seconds: call it outside any transaction.

    Raises: PictureMissing; PictureRefused when the original can no longer be decoded.
    """
    keep_words(document=document, pictures_dir=pictures_dir)
    _make([_named(size.path) for size in sizes_of(document)], pictures_dir)


def upright_copy(data: bytes) -> bytes:
    """Return the picture as a JPEG for the desk's own screens: upright, on white, no wider than any public size.

    Raises: PictureRefused.
    """
    header = read_header(data)
    size = _fit((header.width_px, header.height_px), WIDTHS_PX[-1])
    return _encoded(to_srgb(_scaled(decode(data, within=size), size)), "jpg")


def keep_words(*, document: PictureDocument, pictures_dir: Path) -> None:
    """Keep the words the picture's files carry, for ``size_bytes`` knows a file by its path alone."""
    words = words_of(document)
    _put_whole(_words_file(words_digest(words), pictures_dir), canonical_bytes(words))


def size_bytes(*, path: str, pictures_dir: Path) -> bytes:
    """Return the file for that site path, as ``sizes_of`` names it; its pixels are made when they are not there.

    Raises: PictureMissing when the path names no size of a picture kept here; WordsMissing.
    """
    match = _named(path)
    try:
        words = msgspec.json.decode(_words_file(match["words"], pictures_dir).read_bytes(), type=PictureWords)
    except FileNotFoundError as error:
        raise WordsMissing from error
    file = _size_file(match, pictures_dir)
    if not file.exists():
        _make([match], pictures_dir)
    return with_words(file.read_bytes(), words=words)


def _named(path: str) -> re.Match[str]:
    match = _PATH.fullmatch(path)
    if match is None:
        msg = f"{path} is not the path of a picture."
        raise PictureMissing(msg)
    return match


def _make(sizes: list[re.Match[str]], pictures_dir: Path) -> None:
    """Make the sizes of one picture that are not there."""
    missing = [match for match in sizes if not _size_file(match, pictures_dir).exists()]
    if not missing:
        return
    data = original_bytes(digest=missing[0]["digest"], pictures_dir=pictures_dir)
    header = read_header(data)
    shape = (header.width_px, header.height_px)
    # One decoding for all: every size is cut from the widest, and colours are converted there once.
    whole = decode(data, within=_fit(shape, WIDTHS_PX[-1]))
    largest = to_srgb(_scaled(whole, _fit(shape, WIDTHS_PX[-1])))
    for match in missing:
        _put_whole(_size_file(match, pictures_dir), _encoded(_cut(largest, shape, match), match["ending"]))


def _cut(largest: Image.Image, shape: tuple[int, int], match: re.Match[str]) -> Image.Image:
    """Return the pixels of one size; ``shape`` is the original's, which may be wider than ``largest``."""
    if match["width"] is None:
        box = _social_box(shape, int(match["x"]), int(match["y"]))
        across, down = largest.width / shape[0], largest.height / shape[1]
        reduced = (
            box[0] * across,
            box[1] * down,
            min(box[2] * across, largest.width),
            min(box[3] * down, largest.height),
        )
        return largest.resize(_social_size(box), Image.Resampling.LANCZOS, box=reduced)
    width = int(match["width"])
    if width not in _widths(shape[0]):
        msg = f"{match[0]} is no size of a picture {shape[0]} pixels wide."
        raise PictureMissing(msg)
    return _scaled(largest, (width, _height(width, shape)))


def _scaled(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, ending: str) -> bytes:
    image.info = {}  # Pillow writes some of it, a comment for one, into the file unasked
    buffer = BytesIO()
    image.save(buffer, **_SAVE[ending])
    return buffer.getvalue()


def _widths(width_px: int) -> list[int]:
    return sorted({min(width, width_px) for width in WIDTHS_PX})


def _height(width: int, shape: tuple[int, int]) -> int:
    return max(1, round(shape[1] * width / shape[0]))


def _fit(shape: tuple[int, int], width_px: int) -> tuple[int, int]:
    width = min(shape[0], width_px)
    return (width, _height(width, shape))


def _social_box(shape: tuple[int, int], x: int, y: int) -> tuple[int, int, int, int]:
    """Return the largest box of the card's proportions whose middle is as near the focal point as the edges allow.

    Units: ``x`` and ``y`` in thousandths of width and height.
    """
    width, height = shape
    box_width = min(width, max(1, height * SOCIAL_WIDTH_PX // SOCIAL_HEIGHT_PX))
    box_height = min(height, max(1, box_width * SOCIAL_HEIGHT_PX // SOCIAL_WIDTH_PX))
    left = min(max(0, width * x // 1000 - box_width // 2), width - box_width)
    top = min(max(0, height * y // 1000 - box_height // 2), height - box_height)
    return (left, top, left + box_width, top + box_height)


def _social_size(box: tuple[int, int, int, int]) -> tuple[int, int]:
    width, height = box[2] - box[0], box[3] - box[1]
    return (SOCIAL_WIDTH_PX, SOCIAL_HEIGHT_PX) if width >= SOCIAL_WIDTH_PX else (width, height)


def _original(digest: str, pictures_dir: Path) -> Path:
    return pictures_dir / "originals" / digest[:2] / digest


def _size_file(match: re.Match[str], pictures_dir: Path) -> Path:
    return pictures_dir / "sizes" / match["digest"][:2] / f"{match['digest']}-{match['cut']}"


def _words_file(digest: str, pictures_dir: Path) -> Path:
    return pictures_dir / "words" / digest


def _put_whole(target: Path, data: bytes) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
