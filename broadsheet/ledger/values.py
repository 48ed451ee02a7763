"""The documents the ledger keeps: the one contract between the people at the desk and the reader's page.

The desk compiles what it holds into one of these; edition composes sheets from nothing else. All are frozen,
and every field is plain, so that the same document always gives the same bytes.

Times inside documents are UTC; days are those of the paper's zone. Inline markup is SafeHtml (``plain.html``),
all other text is plain. Links to other subjects inside markup keep the form ``href="urn:broadsheet:story:<key>"``;
edition turns them into reader addresses.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final, Literal

import msgspec

from broadsheet.ledger.arrangements import FrontDocument, NavigationDocument
from broadsheet.ledger.blocks import Block, PictureUse
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug
from broadsheet.plain.times import UtcTime
from broadsheet.plain.urns import Kind, Urn


class Act(StrEnum):
    """What was done to the subject. The words are those of the desk, the log and the command line."""

    RELEASE = "release"
    UPDATE = "update"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    KILL = "kill"
    TAKEDOWN = "takedown"
    RESTORE = "restore"
    IMPORT = "import"
    ERASE = "erase"


class State(StrEnum):
    """Where a subject stands for readers now: they see it in the first state only."""

    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    KILLED = "killed"
    TAKEN_DOWN = "taken down"
    ERASED = "erased"


#: The acts that take a subject from readers, and where each leaves it.
REMOVALS: Final = {
    Act.WITHDRAW: State.WITHDRAWN,
    Act.KILL: State.KILLED,
    Act.TAKEDOWN: State.TAKEN_DOWN,
    Act.ERASE: State.ERASED,
}


#: A subject in one of these comes back by restoring a version, and by nothing else.
UNTIL_RESTORED: Final = frozenset({State.KILLED, State.TAKEN_DOWN})


class Removal(msgspec.Struct, frozen=True):
    """What was said when a subject was taken from readers.

    ``words`` are the kill notice, for readers and partners; ``reference`` names the order behind a takedown and is
    kept, never shown to readers.
    """

    words: str = ""
    reference: str = ""


class BylineUse(msgspec.Struct, frozen=True):
    """A byline as printed over this story. ``role`` is free text in the story's language, or empty."""

    byline: Urn
    name: str
    role: str = ""


class Dateline(msgspec.Struct, frozen=True):
    """Where, and on which day, the story was written. Either may be missing, not both."""

    place: str = ""
    day: date | None = None


class SourceUse(msgspec.Struct, frozen=True):
    """A source named to the reader."""

    name: str
    url: str = ""
    locale: Locale | None = None


class Correction(msgspec.Struct, frozen=True):
    """What was wrong and is right now, in words for readers, and when it was put right."""

    words: str
    at: UtcTime


class Address(msgspec.Struct, frozen=True):
    """The parts of the reader's address, frozen at first release (decision 0005).

    ``section`` is the section key and ``day`` the paper's day at first release; ``slug`` is unique per locale.
    """

    section: str
    day: date
    slug: Slug


#: What kind of story it is: readers must see at once what reports, what argues and what was paid for.
Genre = Literal["news", "analysis", "opinion", "interview", "photo-essay", "sponsored"]


class StoryDocument(msgspec.Struct, frozen=True, tag="story/1", tag_field="schema"):
    """One story in one language, whole."""

    subject: Urn
    locale: Locale
    #: Shared by the versions of this story in other languages (hex UUID).
    edition_key: str
    address: Address
    #: Urn of the section it stands in now; ``address.section`` keeps where it was first.
    section: Urn
    headline: str
    published_at: UtcTime
    standfirst: str = ""
    #: Set when an update is to be shown to readers as one.
    updated_at: UtcTime | None = None
    body: tuple[Block, ...] = ()
    bylines: tuple[BylineUse, ...] = ()
    dateline: Dateline | None = None
    lead: PictureUse | None = None
    sources: tuple[SourceUse, ...] = ()
    #: Oldest first. Documents older than corrections have none.
    corrections: tuple[Correction, ...] = ()
    #: Documents older than story types are news.
    genre: Genre = "news"
    #: What it is about, in order, each once. Names are the topics' own. Documents older than topics have none.
    topics: tuple[Urn, ...] = ()


class SectionDocument(msgspec.Struct, frozen=True, tag="section/1", tag_field="schema"):
    """A section in one language. ``key`` is the same in every language and never changes; the title may."""

    subject: Urn
    locale: Locale
    key: str
    title: str
    description: str = ""
    #: Place in the navigation, smallest first; ties by key.
    order: int = 0


class BylineDocument(msgspec.Struct, frozen=True, tag="byline/1", tag_field="schema"):
    """A person or agency, in all languages (locale ``mul``). ``names`` by locale; ``name`` where a locale has none."""

    subject: Urn
    key: Slug
    name: str
    is_agency: bool = False
    names: dict[Locale, str] = {}
    locale: Locale = Locale("mul")


#: What a topic is: a theme, somebody, or somewhere.
TopicKind = Literal["topic", "person", "place"]


class TopicDocument(msgspec.Struct, frozen=True, tag="topic/1", tag_field="schema"):
    """A topic, person or place that stories are about, in all languages (locale ``mul``).

    Shapes: ``names`` and ``descriptions`` by locale; a language without a name has ``name``, one without a description
    has none. ``key`` stands in the address and never changes after the first release.
    """

    subject: Urn
    key: Slug
    name: str
    kind: TopicKind = "topic"
    names: dict[Locale, str] = {}
    descriptions: dict[Locale, str] = {}
    locale: Locale = Locale("mul")


class PictureDocument(msgspec.Struct, frozen=True, tag="picture/1", tag_field="schema"):
    """A picture: whose it is, and how to cut it. The original's bytes are kept by digest (``ledger.pictures``).

    When its rights end is the desk's to watch and no part of it; the withdrawal that follows is in the ledger.

    Units: ``width_px`` and ``height_px`` of the upright original; focal point as fractions of width and height
    from the top left, 0 to 1.
    """

    subject: Urn
    original: str
    media_type: Literal["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"]
    width_px: int
    height_px: int
    credit: str
    copyright: str = ""
    caption: str = ""
    alt: str = ""
    #: The language of ``caption`` and ``alt``.
    text_locale: Locale = Locale("mul")
    focal_x: float = 0.5
    focal_y: float = 0.5
    locale: Locale = Locale("mul")
    # Not in documents written before pictures had rights; empty then says nothing was known, as it does now.
    #: Who made it, where that is not the credit line: the person behind “Reuters”.
    creator: str = ""
    licence: str = ""
    #: Restrictions in words: “No sales, not in Germany”.
    usage: str = ""


class LanguageLine(msgspec.Struct, frozen=True):
    """A language of the paper, in the paper's order."""

    locale: Locale
    name: str
    description: str = ""


#: What a standing page is for; machines are told of the first two.
Purpose = Literal["about", "contact", "imprint", "privacy", "other"]


class PageDocument(msgspec.Struct, frozen=True, tag="page/1", tag_field="schema"):
    """A standing page (about, imprint, privacy, contact) in one language, whole. It stands in no list and no feed.

    ``slug`` ends its address for ever and is unique per locale, among stories too.
    """

    subject: Urn
    locale: Locale
    #: Shared by the versions of this page in other languages (hex UUID).
    edition_key: str
    slug: Slug
    title: str
    published_at: UtcTime
    purpose: Purpose = "other"
    standfirst: str = ""
    body: tuple[Block, ...] = ()
    #: Oldest first. Documents older than corrections of standing pages have none.
    corrections: tuple[Correction, ...] = ()


class PaperDocument(msgspec.Struct, frozen=True, tag="paper/1", tag_field="schema"):
    """The paper itself, from ``broadsheet.toml``. ``base_url`` has no slash at its end; ``zone`` is an IANA name."""

    subject: Urn
    name: str
    base_url: str
    zone: str
    languages: tuple[LanguageLine, ...]
    locale: Locale = Locale("mul")


class Redirect(msgspec.Struct, frozen=True):
    """An address that pages once had, and where it leads now: two paths of the site (``plain.old_addresses``)."""

    old: str
    new: str


class RedirectsDocument(msgspec.Struct, frozen=True, tag="redirects/1", tag_field="schema"):
    """A shelf of redirects, by old address; the key of the subject is that of the shelf (``shelf_of``)."""

    subject: Urn
    redirects: tuple[Redirect, ...] = ()
    locale: Locale = Locale("mul")


class ErasureDocument(msgspec.Struct, frozen=True, tag="erasure/1", tag_field="schema"):
    """What the ledger keeps of a subject erased by order: which documents it held, and which order. Not a word of them.

    Shapes: ``erased`` are the digests of all its documents, oldest first; empty where it was never released. ``reference``
    names the order, ``asked_by`` the first of the two administrators (a user name); the second is ``released_by``.
    """

    subject: Urn
    locale: Locale
    reference: str
    asked_by: str
    erased: tuple[str, ...] = ()
    #: A story's, so that the page in its place can still be told apart from one that never was.
    address: Address | None = None
    #: The end of a standing page's address, for the same reason.
    slug: Slug | None = None


Document = (
    StoryDocument
    | PageDocument
    | SectionDocument
    | NavigationDocument
    | FrontDocument
    | BylineDocument
    | TopicDocument
    | PictureDocument
    | PaperDocument
    | RedirectsDocument
    | ErasureDocument
)


class ReleaseRecord(msgspec.Struct, frozen=True):
    """One row of the ledger. ``released_by`` is a user name or ``system:<part>``."""

    number: int
    subject: Urn
    kind: Kind
    locale: Locale
    act: Act
    version: int
    document_digest: str
    previous_digest: str
    digest: str
    released_at: UtcTime
    recorded_at: UtcTime
    released_by: str


class Standing(msgspec.Struct, frozen=True):
    """Where a subject stands in one locale: its last release, and the document readers see.

    ``document`` is None when the state is not released; ``removal`` says why, where it was killed or taken down.
    """

    subject: Urn
    locale: Locale
    state: State
    version: int
    number: int
    document_digest: str
    first_released_at: UtcTime
    last_released_at: UtcTime
    document: Document | None
    removal: Removal | None = None


class Placed(msgspec.Struct, frozen=True):
    """A subject's place in a list, sorted by ``sort_at`` then subject."""

    subject: Urn
    sort_at: UtcTime
