"""Pictures coming in: checked and kept by the ledger, shown at the desk, and cut into their sizes.

Sizes are made outside every transaction: twelve megapixels take seconds, and nobody may wait for a lock meanwhile
(docs/decisions/0003).
"""

from __future__ import annotations

import io
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import willow
from django.conf import settings
from django.core.files.images import ImageFile
from django.db import transaction

from broadsheet.desk.compiling import draft_picture
from broadsheet.desk.errors import PictureRefused
from broadsheet.desk.models import Picture
from broadsheet.desk.models.picture import first_language
from broadsheet.desk.picture_metadata import read_metadata
from broadsheet.ledger.errors import PictureRefused as RefusedByLedger
from broadsheet.ledger.picture_decoding import is_upright, read_header
from broadsheet.ledger.pictures import KeptPicture, keep_original, keep_words, make_sizes, upright_copy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.contrib.auth.models import User

#: The most a thumbnail may cost: some 130 MB while it is made.
_DESK_PIXELS: Final = 16_000_000


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
    creator: str = ""
    copyright: str = ""
    licence: str = ""
    usage: str = ""
    taken_on: date | None = None


def receive_picture(*, data: bytes, name: str, words: PictureWords, uploaded_by: User | None = None) -> Picture:
    """Take in a picture that did not come through the form: from an archive, an agency, the demo.

    Raises: PictureRefused with the sentence that says why.
    """
    kept = keep_upload(data=data, name=name)
    said = said_of_picture(words._asdict(), data=data, name=name)
    picture = Picture(file=kept.desk_file, uploaded_by_user=uploaded_by, **said)
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


def said_of_picture(words: Mapping[str, Any], *, data: bytes, name: str) -> dict[str, Any]:
    """Return the words with what the file itself says where a person left a field empty.

    Shapes: by field of a picture; a title that only repeats the file's name counts as empty, and stays the last resort.
    """
    said = read_metadata(data, locale=words.get("text_locale") or first_language())
    title = words.get("title") or ""
    named_by_file = {"", name, PurePath(name).stem, PurePath(name).stem.replace("_", " ").replace("-", " ")}
    filled = {field: words.get(field) or said.get(field) or words.get(field) for field in {*words, *said}}
    filled["title"] = (said.get("title") if title in named_by_file else "") or title or PurePath(name).stem
    return filled


def note_original(picture: Picture, kept: KeptUpload) -> None:
    """Write on the row which original it shows. Does not save."""
    picture.original_digest = kept.original.digest
    picture.original_media_type = kept.original.media_type
    picture.original_width_px = kept.original.width_px
    picture.original_height_px = kept.original.height_px


def adopt_stored_file(picture: Picture) -> None:
    """Keep the file a row came with by another way than the form, as an upload through it is kept.

    Does not save.  Raises: PictureRefused.
    """
    with picture.file.open("rb") as stored:
        data = stored.read()
    kept = keep_upload(data=data, name=picture.filename)
    note_original(picture, kept)
    typed = {field: getattr(picture, field) for field in PictureWords._fields}
    for field, value in said_of_picture(typed, data=data, name=picture.filename).items():
        setattr(picture, field, value)
    if (picture.width, picture.height) != (kept.original.width_px, kept.original.height_px):
        picture.file.storage.delete(picture.file.name)
        picture.file = kept.desk_file
        picture._set_image_file_metadata()  # noqa: SLF001 - Wagtail's own upload does the same


def keep_words_of(picture: Picture) -> None:
    """Keep the words its files will carry, before the save that may let the press ask for those files."""
    keep_words(document=draft_picture(picture), pictures_dir=settings.PICTURES_DIR)


def make_sizes_of(picture: Picture) -> None:
    """Make the public sizes as soon as no transaction is open; at once when none is."""
    document = draft_picture(picture)
    transaction.on_commit(partial(make_sizes, document=document, pictures_dir=settings.PICTURES_DIR))


def _desk_file(data: bytes, *, name: str) -> ImageFile:
    """Return the file Wagtail keeps: the same bytes, or a smaller upright copy where those would be hard on its screens.

    Wagtail measures focal points on an upright picture but divides them by the stored file's sides; and to make a
    thumbnail it decodes the whole file.
    """
    header = read_header(data)
    is_handy = header.width_px * header.height_px <= _DESK_PIXELS and is_upright(data)
    if is_handy and _is_known_to_wagtail(data):
        return ImageFile(io.BytesIO(data), name=name)
    return ImageFile(io.BytesIO(upright_copy(data)), name=f"{PurePath(name).stem}.jpg")


def _is_known_to_wagtail(data: bytes) -> bool:
    """Return whether its own library knows the kind of file; of moving PNGs, for one, it does not."""
    try:
        willow.Image.open(io.BytesIO(data))
    except willow.image.UnrecognisedImageFormatError:
        return False
    return True
