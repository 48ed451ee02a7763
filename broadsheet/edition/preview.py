"""The reader's page of a draft, before it is saved: the same composing code, over the ledger with the draft on top.

The page carries its stylesheet and pictures inside it, so that it can be shown from anywhere and no unreleased picture
needs an address. It must never write, neither a table nor a file of the site.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from django.conf import settings

from broadsheet.edition import assets, names
from broadsheet.edition.addresses import HomeSheet, SectionSheet, Sheet, page_address, path_of, story_path
from broadsheet.edition.environment import fill
from broadsheet.edition.errors import NothingToPreview
from broadsheet.edition.facts import compute
from broadsheet.edition.overlays import OverlayReader
from broadsheet.edition.pages import DraftSkin, FrontPage, StandingPage, StoryPage
from broadsheet.edition.reading import ClockedReader
from broadsheet.edition.sheets import gather
from broadsheet.edition.values import PaperLine, PictureLine, SizeLine
from broadsheet.edition.words import words_of
from broadsheet.ledger.arrangements import FrontDocument, NavigationDocument
from broadsheet.ledger.blocks import Paragraph
from broadsheet.ledger.errors import LedgerError
from broadsheet.ledger.pictures import keep_words, size_bytes
from broadsheet.ledger.values import PageDocument, PictureDocument, StoryDocument, TopicDocument
from broadsheet.plain.html import escape_inline
from broadsheet.plain.urns import key_of
from broadsheet.press.values import FactName, SheetPath

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.edition.reading import Reader
    from broadsheet.plain.urns import Urn
    from broadsheet.press.composing import ReadFact

#: Gives the address from which the person at the desk can load a picture file that is not published.
PictureUrl = Callable[[SheetPath], str]

#: Wide enough for the page on any screen, small enough to stand inside it.
_INLINE_WIDTH_PX: Final = 1080

#: What can be looked at before it is out.
Previewed = StoryDocument | PageDocument | NavigationDocument | FrontDocument


def preview_story(
    document: Previewed,
    *,
    pictures: Mapping[Urn, PictureDocument],
    topics: Iterable[TopicDocument] = (),
    now: datetime,
    picture_url: PictureUrl | None = None,
    under: Reader | None = None,
) -> bytes:
    """Return the reader's page of a story or standing page; of a navigation, the home front with it; or a front.

    What is still empty says so in its place; links lead to the published site.

    Shapes: ``pictures`` and ``topics`` hold those of the draft that may not be out yet. Without ``picture_url`` each picture stands
    in the page itself, in one size; ``under`` is the ledger unless said otherwise.
    Raises: NothingToPreview while the paper, or the draft's language, is not out.
    """
    for picture in pictures.values():
        keep_words(document=picture, pictures_dir=Path(settings.PICTURES_DIR))
    reader = OverlayReader(
        [_with_placeholders(document), *pictures.values(), *topics], under=under or ClockedReader(now=now), now=now
    )
    read = _reading(reader, _inlined if picture_url is None else lambda line: _pointed(line, picture_url))
    paper: PaperLine | None = read(names.PAPER)
    if paper is None:
        raise NothingToPreview
    gathered = gather(path_of(_sheet_of(document)), read, link_prefix=paper.base_url)
    if gathered is None or not isinstance(gathered.values, StoryPage | StandingPage | FrontPage):
        raise NothingToPreview
    page = gathered.values
    skin = DraftSkin(style=assets.style().decode(), base_url=paper.base_url)
    page = msgspec.structs.replace(page, frame=msgspec.structs.replace(page.frame, draft=skin))
    return fill(gathered.template, page=page, locale=document.locale)


def _sheet_of(document: Previewed) -> Sheet:
    match document:
        case StoryDocument():
            return story_path(document)
        case PageDocument():
            return page_address(document)
        case FrontDocument() if document.section is not None:
            return SectionSheet(document.locale, key_of(document.section))
        case NavigationDocument() | FrontDocument():
            return HomeSheet(document.locale)


def _with_placeholders(document: Previewed) -> Previewed:
    if isinstance(document, NavigationDocument | FrontDocument):
        return document
    say = words_of(document.locale).gettext
    if isinstance(document, PageDocument):
        begin = Paragraph(id="placeholder", html=escape_inline(say("The text of the page begins here.")))
        title = document.title.strip() or say("Title")
        return msgspec.structs.replace(document, title=title, body=document.body or (begin,))
    begin = Paragraph(id="placeholder", html=escape_inline(say("The text of the story begins here.")))
    return msgspec.structs.replace(
        document,
        headline=document.headline.strip() or say("Headline"),
        standfirst=document.standfirst.strip() or say("The standfirst says in one or two sentences what it is about."),
        body=document.body or (begin,),
    )


def _reading(reader: Reader, dressed: Callable[[PictureLine], PictureLine | None]) -> ReadFact:
    def read(name: FactName) -> Any:  # noqa: ANN401 - a fact is any plain value
        value = compute(name, reader)
        return dressed(value) if isinstance(value, PictureLine) else value

    return read


def _pointed(line: PictureLine, picture_url: PictureUrl) -> PictureLine:
    return msgspec.structs.replace(
        line,
        jpeg=tuple(_size(size, picture_url(size.path)) for size in line.jpeg),
        webp=tuple(_size(size, picture_url(size.path)) for size in line.webp),
    )


def _inlined(line: PictureLine) -> PictureLine | None:
    """Return the picture with one size inside its own address; None where its file cannot be had."""
    size = max(
        (each for each in line.jpeg if each.width_px <= _INLINE_WIDTH_PX),
        key=lambda each: each.width_px,
        default=line.jpeg[0],
    )
    try:
        data = size_bytes(path=size.path, pictures_dir=Path(settings.PICTURES_DIR))
    except LedgerError:
        return None
    address = f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"
    return msgspec.structs.replace(line, jpeg=(_size(size, address),), webp=())


def _size(size: SizeLine, address: str) -> SizeLine:
    return msgspec.structs.replace(size, path=SheetPath(address))
