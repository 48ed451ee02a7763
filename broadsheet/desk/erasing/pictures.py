"""An erased picture at the desk: an empty row that shows a grey point, so that Wagtail's screens still have a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.files.base import ContentFile
from taggit.models import Tag, TaggedItem

from broadsheet.desk.compiling import draft_picture
from broadsheet.desk.erasing.rows import ERASED_TITLE, emptied, forget_what_wagtail_wrote
from broadsheet.desk.models import Picture, PictureRendition, PictureShown, Remnant, StandingPage, Story
from broadsheet.desk.showing import page_numbers
from broadsheet.ledger.erasing import originals_of_others, pictures_ever
from broadsheet.ledger.picture_words import words_digest, words_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import State
from broadsheet.plain.locales import MULTIPLE
from broadsheet.plain.urns import make_urn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from broadsheet.ledger.values import PictureDocument

KEPT: Final[Collection[str]] = frozenset({"subject_key", "collection", "created_at", "uploaded_by_user"})
#: The smallest PNG: one grey point. Every erased picture shows the same file.
PLACEHOLDER: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a4944415478da6368000000820081da45083b0000000049454e44ae426082"
)
PLACEHOLDER_NAME: Final = "original_images/erased-by-order.png"


def shown_by(page: Story | StandingPage) -> set[int]:
    """Return the numbers of the pictures it shows, in a draft or before readers."""
    if isinstance(page, StandingPage):
        released, draft = page_numbers(page)
        return released | draft
    return set(PictureShown.objects.filter(story=page).values_list("picture_id", flat=True))


def only_shown_by(page: Story | StandingPage) -> list[Picture]:
    """Return the pictures that this page shows, in a draft or before readers, and no other does; by number."""
    shown = shown_by(page)
    of_stories = PictureShown.objects.filter(picture__in=shown).exclude(story=page.pk)
    shown -= set(of_stories.values_list("picture_id", flat=True))
    for other in StandingPage.objects.exclude(pk=page.pk).select_related("latest_revision") if shown else ():
        shown -= shown_by(other)
    pictures = Picture.objects.filter(pk__in=shown).order_by("pk")
    # One that was erased before has nothing left to destroy; its page may show the empty row all the same.
    return [picture for picture in pictures if not is_erased(picture)]


def is_erased(picture: Picture) -> bool:
    """Return whether the picture was erased by order."""
    standing = LedgerReader().current(make_urn("picture", picture.subject_key.hex), MULTIPLE)
    return standing is not None and standing.state is State.ERASED


def empty_picture(picture: Picture) -> None:
    """Empty the row and everything the desk keeps beside it, and note which files have to go. The caller holds the row."""
    Remnant.objects.bulk_create(set_of_remnants(picture), ignore_conflicts=True)
    _forget_tags(picture)
    renditions = PictureRendition.objects.filter(image=picture)
    # Past the signal that would leave the files' names in the queue of tasks.
    renditions._raw_delete(renditions.db)  # noqa: SLF001 - what QuerySet.delete() itself ends in
    storage = picture.file.storage
    if not storage.exists(PLACEHOLDER_NAME):
        storage.save(PLACEHOLDER_NAME, ContentFile(PLACEHOLDER))
    own = emptied(Picture, kept=KEPT) | {
        "title": ERASED_TITLE,
        "file": PLACEHOLDER_NAME,
        "width": 1,
        "height": 1,
        "file_size": len(PLACEHOLDER),
        "original_width_px": 1,
        "original_height_px": 1,
        "original_media_type": "image/png",
    }
    Picture.objects.filter(pk=picture.pk).update(**own)
    forget_what_wagtail_wrote(picture)


def set_of_remnants(picture: Picture) -> list[Remnant]:
    """Return what is to leave the disk: the picture's own files, and none that another picture needs."""
    names = {picture.file.name, *PictureRendition.objects.filter(image=picture).values_list("file", flat=True)}
    others = Picture.objects.exclude(pk=picture.pk)
    names -= set(others.filter(file__in=names).values_list("file", flat=True))
    documents = [*pictures_ever(make_urn("picture", picture.subject_key.hex)), draft_picture(picture)]
    originals = {document.original for document in documents if document.original}
    shared = set(others.filter(original_digest__in=originals).values_list("original_digest", flat=True))
    shared |= originals_of_others(originals - shared, subject=documents[-1].subject)
    return [
        *(Remnant(kind=Remnant.Kind.MEDIA, name=name) for name in sorted(names)),
        *(Remnant(kind=Remnant.Kind.ORIGINAL, name=digest) for digest in sorted(originals - shared)),
        *(Remnant(kind=Remnant.Kind.WORDS, name=digest) for digest in sorted(_words_alone(documents, others))),
    ]


def _words_alone(documents: Collection[PictureDocument], others: object) -> Iterator[str]:
    """Yield the digests of the words no other picture at the desk has."""
    for document in documents:
        with_credit = Picture.objects.filter(pk__in=others.values("pk"), credit=document.credit)  # type: ignore[attr-defined]  # Django's and Wagtail's types know less than they have
        digest = words_digest(words_of(document))
        if digest not in {words_digest(words_of(draft_picture(other))) for other in with_credit}:
            yield digest


def _forget_tags(picture: Picture) -> None:
    """Take the tags off the picture, and those nothing else has out of the list of tags."""
    tags = list(picture.tags.values_list("pk", flat=True))
    picture.tags.clear()
    Tag.objects.filter(pk__in=tags).exclude(pk__in=TaggedItem.objects.values("tag")).delete()
