"""The pictures of a story to be: found in the folder, taken in at the desk, with the words this story prints.

What the item leaves open is read from the file. A picture that is missing, has no credit or says nothing to those who
cannot see it is left out and noted; the story goes in without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from broadsheet.desk.errors import PictureRefused
from broadsheet.desk.pictures import PictureWords
from broadsheet.wire.companions import complete_words, take_picture
from broadsheet.wire.reports import Note
from broadsheet.wire.texts import one_line
from broadsheet.wire.values import BodyPicture

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.desk.models import Picture
    from broadsheet.wire.drafts import Draft
    from broadsheet.wire.items import Association
    from broadsheet.wire.picture_folder import PictureFolder

CAPTION_CHARACTERS: Final = 600
ALT_CHARACTERS: Final = 300
CREDIT_CHARACTERS: Final = 200


class ShownPicture(NamedTuple):
    """A picture of the desk with the words this story prints."""

    picture: Picture
    caption: str
    alt: str


class StoryPictures(NamedTuple):
    """All pictures of one story. ``inside`` is by the id of the body's block; ``after`` stand at its end."""

    lead: ShownPicture | None
    inside: dict[str, ShownPicture]
    after: tuple[ShownPicture, ...]
    notes: tuple[Note, ...]


def picture_story(draft: Draft, *, folder: PictureFolder) -> StoryPictures:
    """Take in the pictures of the draft. Call it outside every transaction."""
    work = _Picturing(draft, folder)
    outside = [shown for association in draft.pictures if (shown := work.of_association(association))]
    inside = {
        block.id: shown for block in draft.body if isinstance(block, BodyPicture) if (shown := work.of_block(block))
    }
    return StoryPictures(
        lead=outside[0] if outside else None, inside=inside, after=tuple(outside[1:]), notes=tuple(work.notes)
    )


class _Picturing:
    def __init__(self, draft: Draft, folder: PictureFolder) -> None:
        self.notes: list[Note] = []
        self._draft = draft
        self._folder = folder
        self._shown: set[Path] = set()

    def of_association(self, association: Association) -> ShownPicture | None:
        caption = association.caption or association.headline
        words = PictureWords(
            title=association.headline or caption,
            text_locale=self._draft.locale,
            caption=caption,
            alt=association.alt or caption,
            credit=association.credit or association.by or association.copyright or self._draft.credit,
            copyright=association.copyright,
        )
        return self._show(self._folder.of_association(association), words, told=association.uri or association.name)

    def of_block(self, block: BodyPicture) -> ShownPicture | None:
        words = PictureWords(
            title=block.alt or block.caption,
            text_locale=self._draft.locale,
            caption=block.caption,
            alt=block.alt or block.caption,
            credit=self._draft.credit,
        )
        return self._show(self._folder.of_address(block.address), words, told=block.address)

    def _show(self, path: Path | None, words: PictureWords, *, told: str) -> ShownPicture | None:
        if path is not None:
            words = complete_words(path, words=words)
        reason = self._obstacle(path, words)
        if path is None or reason:
            said = dict.fromkeys(filter(None, (told, words.caption, words.alt)))
            self.notes.append(
                Note(kind="picture", sentence=f"A picture was left out: {reason}.", text=" | ".join(said))
            )
            return None
        fitting = self._fitted(words, name=path.name)
        try:
            picture = take_picture(path, words=fitting)
        except PictureRefused as error:
            self.notes.append(Note(kind="picture", sentence=f"A picture was left out: {error}", text=told))
            return None
        self._shown.add(path)
        return ShownPicture(picture=picture, caption=fitting.caption, alt=fitting.alt)

    def _obstacle(self, path: Path | None, words: PictureWords) -> str:
        """Return why the picture cannot be shown, "" when it can."""
        if path is None:
            return "it is not in the folder of pictures"
        if path in self._shown:
            return "the story shows it already"
        if not words.credit:
            return "nobody is credited with it"
        return "" if words.alt else "it has neither caption nor alternative text"

    def _fitted(self, words: PictureWords, *, name: str) -> PictureWords:
        """Return the words no longer than a page can carry; what is cut is noted whole."""
        limits = {"caption": CAPTION_CHARACTERS, "alt": ALT_CHARACTERS, "credit": CREDIT_CHARACTERS, "copyright": 300}
        cut: dict[str, Any] = {}
        for field, most in limits.items():
            text = one_line(getattr(words, field))
            if len(text) > most and field != "alt":
                self.notes.append(
                    Note(kind="cut", sentence=f"The {field} of {name} was cut at {most} characters.", text=text)
                )
            cut[field] = text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
        return words._replace(**cut, title=one_line(words.title)[:CREDIT_CHARACTERS] or name)
