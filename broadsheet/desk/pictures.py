"""Pictures coming in: checked and kept by the ledger, shown at the desk, and cut into their sizes.

Sizes are made outside every transaction: twelve megapixels take seconds, and nobody may wait for a lock meanwhile
(docs/decisions/0003).
"""

from __future__ import annotations

import io
import struct
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from django.conf import settings
from django.core.files.images import ImageFile
from django.db import transaction
from PIL import Image, ImageOps

from broadsheet.desk.compiling import draft_picture
from broadsheet.desk.errors import PictureRefused
from broadsheet.desk.models import Picture
from broadsheet.ledger.errors import PictureRefused as RefusedByLedger
from broadsheet.ledger.pictures import KeptPicture, keep_original, make_sizes

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = 1
#: What Pillow raises on damaged notes, beside its own errors.
_UNREADABLE: Final = (OSError, SyntaxError, ValueError, TypeError, LookupError, struct.error)


class KeptUpload(NamedTuple):
    """A file that was taken: the original as the ledger keeps it, and the upright file for the desk's screens."""

    original: KeptPicture
    desk_file: ImageFile


class PictureWords(NamedTuple):
    """What is said of a picture. ``text_locale`` is the language of caption and alternative text."""

    title: str
    text_locale: str
    caption: str = ""
    alt: str = ""
    credit: str = ""
    copyright: str = ""


def receive_picture(*, data: bytes, name: str, words: PictureWords, uploaded_by: User | None = None) -> Picture:
    """Take in a picture that did not come through the form: from an archive, an agency, the demo.

    Raises: PictureRefused with the sentence that says why.
    """
    kept = keep_upload(data=data, name=name)
    picture = Picture(file=kept.desk_file, uploaded_by_user=uploaded_by, **words._asdict())
    note_original(picture, kept)
    picture._set_image_file_metadata()  # noqa: SLF001 - Wagtail's own upload does the same
    picture.save()
    make_sizes_of(picture)
    return picture


def keep_upload(*, data: bytes, name: str) -> KeptUpload:
    """Check the bytes and keep them by digest; keeping them twice changes nothing.

    Raises: PictureRefused.
    """
    try:
        original = keep_original(data=data, pictures_dir=settings.PICTURES_DIR)
    except RefusedByLedger as error:
        raise PictureRefused(str(error)) from error
    return KeptUpload(original=original, desk_file=_desk_file(data, name=name))


def note_original(picture: Picture, kept: KeptUpload) -> None:
    """Write on the row which original it shows. Does not save."""
    picture.original_digest = kept.original.digest
    picture.original_media_type = kept.original.media_type
    picture.original_width_px = kept.original.width_px
    picture.original_height_px = kept.original.height_px


def adopt_stored_file(picture: Picture) -> None:
    """Keep the file a row came with by another way than the form; turned upright where it lies on its side.

    Does not save.  Raises: PictureRefused.
    """
    with picture.file.open("rb") as stored:
        data = stored.read()
    kept = keep_upload(data=data, name=picture.filename)
    note_original(picture, kept)
    if (picture.width, picture.height) != (kept.original.width_px, kept.original.height_px):
        picture.file.storage.delete(picture.file.name)
        picture.file = kept.desk_file
        picture._set_image_file_metadata()  # noqa: SLF001 - Wagtail's own upload does the same


def make_sizes_of(picture: Picture) -> None:
    """Make the public sizes as soon as no transaction is open; at once when none is."""
    document = draft_picture(picture)
    transaction.on_commit(partial(make_sizes, document=document, pictures_dir=settings.PICTURES_DIR))


def _desk_file(data: bytes, *, name: str) -> ImageFile:
    """Return the file Wagtail keeps: the same bytes, or turned upright where the camera was held otherwise.

    Wagtail measures focal points on an upright picture but divides them by the stored file's sides.
    """
    with Image.open(io.BytesIO(data)) as image:
        if _is_upright(image):
            return ImageFile(io.BytesIO(data), name=name)
        out = io.BytesIO()
        # A camera's JPEG with further pictures behind it (MPO) is kept at the desk as its first.
        image_format = "JPEG" if image.format == "MPO" else image.format
        ImageOps.exif_transpose(image).save(out, image_format, quality=95)
    return ImageFile(out, name=name)


def _is_upright(image: Image.Image) -> bool:
    """Return whether the camera was held upright; a note that cannot be read says nothing."""
    try:
        return int(image.getexif().get(_ORIENTATION, _UPRIGHT)) == _UPRIGHT
    except _UNREADABLE:
        return True
