"""What an imported story stands in and shows: its section, its bylines, its pictures; found at the desk or made.

Must never change one that is there: what editors made of it is theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.desk.errors import PictureRefused
from broadsheet.desk.models import Byline, PaperHome, Picture, Section
from broadsheet.desk.pictures import PictureWords, receive_picture, said_of_picture
from broadsheet.desk.validators import KEY_LENGTH, RESERVED_KEYS
from broadsheet.plain.canonical import sha256_hex
from broadsheet.plain.slugs import Slug, make_slug, numbered_slug
from broadsheet.wire.errors import ItemRefused

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.plain.locales import Locale
    from broadsheet.wire.bylines import Signature
    from broadsheet.wire.drafts import SectionName

#: More bytes than any camera's file; a larger one is not read into memory.
PICTURE_BYTES: Final = 100 * 1024 * 1024
_SUFFIX: Final = "-section"


def find_section(name: SectionName, *, locale: Locale) -> Section:
    """Return the section in that language, made as a draft where there is none; the act releases it with the story.

    A key the site itself needs gets an ending. Raises: ItemRefused where the desk has no home for the language.
    """
    key = name.key if name.key not in RESERVED_KEYS else name.key[: KEY_LENGTH - len(_SUFFIX)] + _SUFFIX
    section: Section | None = Section.objects.filter(key=key, locale__language_code=locale).first()
    if section is not None:
        return section
    home = PaperHome.objects.filter(locale__language_code=locale).select_related("locale").first()
    if home is None:
        msg = f"The desk has no home for {locale} yet; start the paper once after adding a language."
        raise ItemRefused(msg)
    made: Section = home.add_child(instance=Section(title=name.title, key=key, locale=home.locale, live=False))
    return made


def find_byline(signature: Signature) -> Byline:
    """Return the byline of that name, made where there is none."""
    byline: Byline | None = Byline.objects.filter(name=signature.name).order_by("pk").first()
    if byline is not None:
        return byline
    made = Byline(name=signature.name, is_agency=signature.is_agency)
    made.key = _free_key(make_slug(signature.name, fallback=made.subject_key.hex))
    made.full_clean()
    made.save()
    return made


def complete_words(path: Path, *, words: PictureWords) -> PictureWords:
    """Return the words with what the file itself says where the item says nothing."""
    if path.stat().st_size > PICTURE_BYTES:
        return words
    return PictureWords(**said_of_picture(words._asdict(), data=path.read_bytes(), name=path.name))


def take_picture(path: Path, *, words: PictureWords) -> Picture:
    """Return the picture of that file, taken in where the desk does not have these bytes.

    Call it outside every transaction: sizes are made here.  Raises: PictureRefused.
    """
    if path.stat().st_size > PICTURE_BYTES:
        msg = f"{path.name} has more than {PICTURE_BYTES // 1024 // 1024} MB."
        raise PictureRefused(msg)
    data = path.read_bytes()
    known: Picture | None = Picture.objects.filter(original_digest=sha256_hex(data)).order_by("pk").first()
    return known or receive_picture(data=data, name=path.name, words=words)


def _free_key(wanted: Slug) -> Slug:
    key, number = wanted, 1
    while Byline.objects.filter(key=key).exists():
        number += 1
        key = numbered_slug(wanted, number)
    return key
