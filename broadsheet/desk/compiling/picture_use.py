"""A picture where a story shows it: whose words stand below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from broadsheet.desk.compiling.wording import one_line
from broadsheet.ledger.blocks import PictureUse
from broadsheet.plain.urns import make_urn

if TYPE_CHECKING:
    from broadsheet.desk.models import Picture
    from broadsheet.plain.locales import Locale


class PictureWords(NamedTuple):
    """Caption and alternative text as the story has them; empty where it leaves them to the picture."""

    caption: str | None
    alt: str | None


def use_picture(picture: Picture, *, block_id: str, words: PictureWords, locale: Locale) -> PictureUse:
    """Return the picture with the words it is printed with: the story's, else its own where the languages agree."""
    agree = picture.text_locale == locale
    return PictureUse(
        id=block_id,
        picture=make_urn("picture", picture.subject_key.hex),
        caption=one_line(words.caption) or (one_line(picture.caption) if agree else ""),
        alt=one_line(words.alt) or (one_line(picture.alt) if agree else ""),
    )
