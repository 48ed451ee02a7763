"""The real edition over the real ledger as a world of the oracle: a paper small enough that everything collides."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from hypothesis import strategies as st

from broadsheet.edition.addresses import StorySheet, path_of
from broadsheet.edition.composer import EditionComposer
from broadsheet.edition.values import THE_HOUSE
from broadsheet.ledger.actions import append_release, append_removal
from broadsheet.ledger.arrangements import (
    BreakingStrip,
    FrontDocument,
    FrontEntry,
    LinkEntry,
    NavigationDocument,
    NavigationEntry,
    Pin,
    SectionsEntry,
    SubjectEntry,
)
from broadsheet.ledger.blocks import Paragraph, PictureUse
from broadsheet.ledger.erasing import append_erasure
from broadsheet.ledger.pictures import sizes_of
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import (
    Act,
    Address,
    BylineDocument,
    BylineUse,
    Correction,
    Document,
    LanguageLine,
    PageDocument,
    PaperDocument,
    PictureDocument,
    Redirect,
    RedirectsDocument,
    Removal,
    SectionDocument,
    State,
    StoryDocument,
    TopicDocument,
)
from broadsheet.plain.html import SafeHtml
from broadsheet.plain.locales import MULTIPLE
from broadsheet.plain.old_addresses import shelf_of
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import Urn, front_urn, make_urn
from broadsheet.press.actions import post_notice
from broadsheet.press.values import THE_DAY, SheetPath, Subject
from tests.factories.ledger import EN, VI, a_paper, a_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.press.stores import Stored

_LOCALES = (EN, VI)
_SECTIONS = ("sea", "town")
_NOON = datetime(2026, 3, 4, 5, 0, tzinfo=UTC)
_REMOVING = (Act.WITHDRAW, Act.KILL, Act.TAKEDOWN)
_STORY_LINK = re.compile(
    rb'(?:href="|<loc>|<link>)(?:http://127\.0\.0\.1:8000)?(/[a-z]{2}/[a-z]+/\d{4}/\d\d/\d\d/[a-z0-9-]+/)["<]'
)
#: Days before the paper's first one on which a story was published: the same, the one before, other months.
_AGES = (0, 1, 40, 70)
_LISTS = (b'class="front"', b'class="lines"', b'class="notes"', b"<?xml")


class Move(NamedTuple):
    """What the desk does, and three numbers that say to which subject and how."""

    deed: str
    which: int
    how: int
    text: int


#: Few stories and two of everything, so that the desk often goes back to what it had.
_STORIES = 4
_ONCE = (
    *("section", "page", "navigation", "front", "byline", "topic", "picture", "languages"),
    *("house", "erase", "day", "redirects"),
)
_DEEDS = ("story",) * 4 + ("edit",) * 4 + ("withdraw",) * 2 + _ONCE
#: Deeds that take their subject from readers in one case of four.
_COME_AND_GO = {"section", "page", "navigation", "front", "byline", "topic", "picture"}
MOVES = st.builds(Move, st.sampled_from(_DEEDS), st.integers(0, _STORIES - 1), st.integers(0, 63), st.integers(0, 1))


class EditionWorld:
    """Two stories in each of two languages, two sections, standing pages, bylines, topics and pictures, two navigations,
    and a home front and one of a section in each."""

    def __init__(self, originals: Sequence[str], composer: EditionComposer | None = None) -> None:
        self._clock = self._today = _NOON
        self.composer = composer or EditionComposer()
        self.composer.clock = lambda: self._today
        self.originals = originals
        for which in range(2):
            self._release(_picture(which, 0, originals))
            self._release(_byline(which, 0))
            self._release(_topic(which, 0, 0))
            for how in range(2):
                self._release(_section(which, how, 0))
        self._release(_paper(0))

    def act(self, move: Move) -> None:
        """Do it; what cannot be withdrawn is released."""
        self._clock += timedelta(minutes=1)
        if move.deed == "house":
            post_notice(subject=THE_HOUSE, now=self._clock)
            return
        if move.deed == "day":
            self._today += timedelta(days=1)
            post_notice(subject=THE_DAY, now=self._clock)
            self._tell_of_ends(self._today - timedelta(days=1), self._today)
            return
        document = self._document(move)
        goes = move.deed == "withdraw" or (move.deed in _COME_AND_GO and move.how % 4 == 3)
        standing = LedgerReader().current(document.subject, document.locale)
        if standing is not None and standing.state is State.ERASED:
            return  # nothing comes of it any more
        if move.deed == "erase":
            append_erasure(
                subject=document.subject,
                locale=document.locale,
                reference=f"Order {move.text}",
                asked_by="minh",
                released_by="lan",
                recorded_at=self._clock,
            )
        elif goes and standing is not None and standing.state is State.RELEASED:
            says_why = move.deed in {"withdraw", "page"}
            append_removal(
                subject=document.subject,
                locale=document.locale,
                act=_REMOVING[move.how % len(_REMOVING)] if says_why else Act.WITHDRAW,
                released_by="lan",
                recorded_at=self._clock,
                removal=Removal(words=f"Words {move.text}"),
            )
        else:
            self._release(document)

    def _tell_of_ends(self, since: datetime, until: datetime) -> None:
        """Post what the scheduler posts when pins and strips of the released fronts have ended."""
        for standing in LedgerReader().standings("front"):
            front = standing.document
            if isinstance(front, FrontDocument) and any(since < end <= until for end in _ends(front)):
                post_notice(subject=Subject(front.subject, front.locale), now=self._clock)

    def links(self, stored: Stored) -> list[SheetPath]:
        """Return the stories a front, a list of the archive, a feed or a sitemap leads to."""
        if not any(mark in stored.data for mark in _LISTS) and not stored.data.startswith(b"<ul>"):
            return []
        return [SheetPath(path.decode()) for path in _STORY_LINK.findall(stored.data)]

    def has_to_go(self, path: SheetPath) -> bool:
        """Return whether it is a file its picture no longer has: withdrawn, or with another credit since."""
        if not path.startswith("/pictures/"):
            return False
        standing = LedgerReader().current(make_urn("picture", path.split("/")[2]), MULTIPLE)
        if (
            standing is None
            or standing.state is not State.RELEASED
            or not isinstance(standing.document, PictureDocument)
        ):
            return True
        return path not in {size.path for size in sizes_of(standing.document)}

    def _release(self, document: Document) -> None:
        act = Act.UPDATE
        if isinstance(document, StoryDocument | PageDocument) and document.corrections:
            # A note is as old as the act that made it.
            act, notes = Act.CORRECT, tuple(Correction(note.words, self._clock) for note in document.corrections)
            document = msgspec.structs.replace(document, corrections=notes)
        append_release(document=document, act=act, released_by="lan", released_at=self._clock, recorded_at=self._clock)

    def _document(self, move: Move) -> Document:  # noqa: C901 - one case a deed
        document: Document
        match move.deed:
            case "section":
                document = _section(move.which % 2, move.how, move.text)
            case "page":
                document = _page(move.which % 2, move.how, move.text)
            case "navigation":
                document = _navigation(move.which % 2, move.how, move.text)
            case "front":
                document = _front(move.which, move.how, move.text)
            case "byline":
                document = _byline(move.which % 2, move.how)
            case "topic":
                document = _topic(move.which % 2, move.how, move.text)
            case "edit":
                document = _edited(move)
            case "erase":
                document = self._erased(move)
            case "picture":
                document = _picture(move.which % 2, move.how, self.originals)
            case "redirects":
                document = _redirects(move.which, move.how, move.text)
            case "languages":
                document = _paper(move.how)
            case _:
                document = _story(move)
        return document

    def _erased(self, move: Move) -> Document:
        """Return something that is to be erased: seldom what everything else hangs on."""
        match move.how % 8:
            case 3 | 7:
                return _picture(move.which % 2, move.how, self.originals)
            case 5:
                return _page(move.which % 2, move.how, move.text)
            case 6:
                return _byline(move.which % 2, move.how)
            case 4:
                return _topic(move.which % 2, move.how, move.text)
            case _:
                return _story(move)


def _story_urn(which: int) -> Urn:
    return make_urn("story", f"{which + 1:032x}")


def _story(move: Move) -> StoryDocument:
    """Every bit of ``how`` moves the story to another list, picture or version."""
    which, how = move.which, move.how
    pictures = [make_urn("picture", f"{n:032x}") for n in (0, 1)]
    bylines = [BylineUse(make_urn("byline", f"{n:032x}"), f"Name {n}") for n in (0, 1)]
    linked = _story_urn((which + 1 + how) % _STORIES) if how % 3 else _page_urn(which // 2)
    return StoryDocument(
        subject=_story_urn(which),
        locale=_LOCALES[which % 2],
        # Versions are tied by hand, also later: now to the story beside it, now to another.
        edition_key=f"{which // 2 if how & 1 else which:032x}",
        address=Address(_SECTIONS[which % 2], date(2026, 3, 1 + which), Slug(f"story-{which}")),
        section=make_urn("section", _SECTIONS[how >> 1 & 1]),
        headline=f"Headline {move.text}",
        standfirst=f"Standfirst {how >> 5}",
        published_at=_NOON - timedelta(days=_AGES[(how >> 4) + which // 2 & 3], hours=which),
        bylines=tuple(bylines[: how >> 2 & 3]),
        corrections=(Correction(f"Correction {move.text}", _NOON),) if how & 32 else (),
        topics=tuple(_topic_urn(n) for n in (0, 1))[: how >> 1 & 3],
        lead=PictureUse("lead", pictures[how >> 3 & 1], "Caption", "Alt") if how & 4 else None,
        body=(
            Paragraph("text", SafeHtml(f'Body {move.text} with <a href="{linked}">a link</a>')),
            PictureUse("body", pictures[how & 1], "", ""),
        ),
    )


def _edited(move: Move) -> StoryDocument:
    """The story with one thing changed, and nothing else: its headline, its body or its section."""
    story = _story(move)
    standing = LedgerReader().current(story.subject, story.locale)
    if standing is None or not isinstance(standing.document, StoryDocument):
        return story
    part = ("headline", "body", "section")[move.how % 3]
    return msgspec.structs.replace(standing.document, **{part: getattr(story, part)})


def _section(which: int, how: int, text: int) -> SectionDocument:
    key = _SECTIONS[which]
    return SectionDocument(
        subject=make_urn("section", key),
        locale=_LOCALES[how % 2],
        key=key,
        title=f"{key} {text}",
        order=(how >> 2 & 1) * (2 - which),
    )


def _page_urn(which: int) -> Urn:
    return make_urn("page", f"{which + 1:032x}")


def _page(which: int, how: int, text: int) -> PageDocument:
    """One page in each language; every bit of ``how`` changes what it is tied to, links to or shows."""
    return PageDocument(
        subject=_page_urn(which),
        locale=_LOCALES[which],
        edition_key=f"{0x100 if how & 4 else 0x101 + which:032x}",
        slug=Slug(f"page-{which}"),
        title=f"Page {text}",
        published_at=_NOON,
        standfirst=f"Standfirst {how >> 3 & 1}",
        body=(
            Paragraph("text", SafeHtml(f'Body {how >> 4 & 1} with <a href="{_story_urn(how >> 4 & 3)}">a link</a>')),
            PictureUse("body", make_urn("picture", f"{how >> 5 & 1:032x}"), "", ""),
        ),
        corrections=(Correction(f"Correction {text}", _NOON),) if how & 2 else (),
    )


def _navigation(which: int, how: int, text: int) -> NavigationDocument:
    sea, page = SubjectEntry(make_urn("section", "sea"), f"Label {text}" * (how & 1)), SubjectEntry(_page_urn(which))
    menus: tuple[tuple[NavigationEntry, ...], ...] = (
        (SectionsEntry(), page),
        (FrontEntry(), sea),
        (),
        (page, LinkEntry("https://example.org/", f"Label {text}")),
    )
    return NavigationDocument(
        subject=make_urn("navigation", "site"),
        locale=_LOCALES[which],
        menu=menus[how >> 2 & 3],
        footer=menus[how >> 4 & 3],
    )


def _front(which: int, how: int, text: int) -> FrontDocument:
    """The home front or that of the sea, in each language; every bit of ``how`` changes what stands there or ends."""
    key = "sea" * (which >> 1)
    here = [_story_urn(story) for story in (which % 2, which % 2 + 2)]
    ends = [None, _NOON + timedelta(days=1 + text)]
    slots = (Pin(here[how >> 2 & 1], until=ends[how >> 3 & 1]), Pin(here[how >> 4 & 1]))
    strip = BreakingStrip(f"Strip {text}", until=_NOON + timedelta(days=2), story=here[0] if how & 8 else None)
    return FrontDocument(
        subject=front_urn(key),
        locale=_LOCALES[which % 2],
        layout="lead" if how & 1 else "row",
        section=make_urn("section", key) if key else None,
        slots=slots,
        featured=(Pin(here[1], until=ends[how >> 4 & 1]),) if how & 32 else (),
        strip=strip if how & 2 else None,
    )


def _ends(front: FrontDocument) -> list[datetime]:
    moments = [pin.until for pin in (*front.slots, *front.featured)]
    moments += [front.strip.until] if front.strip is not None else []
    return [moment for moment in moments if moment is not None]


def _byline(which: int, how: int) -> BylineDocument:
    return BylineDocument(
        subject=make_urn("byline", f"{which:032x}"),
        key=Slug(f"name-{which}-{how >> 2 & 1}"),
        name=f"Name {how & 1}",
        is_agency=bool(how & 8),
    )


def _topic_urn(which: int) -> Urn:
    return make_urn("topic", f"{which:032x}")


def _topic(which: int, how: int, text: int) -> TopicDocument:
    """A person and a place; every bit of ``how`` changes what one language calls it, says of it, or what it is."""
    return TopicDocument(
        subject=_topic_urn(which),
        key=Slug(f"topic-{which}"),
        name=f"Topic {how & 1}",
        kind="person" if how & 4 else "place",
        names={VI: f"Tên {text}"} if how & 8 else {},
        descriptions={EN: f"About {text}"} if how & 16 else {},
    )


def _picture(which: int, how: int, originals: Sequence[str]) -> PictureDocument:
    return a_picture(
        subject=make_urn("picture", f"{which:032x}"),
        original=originals[how & 1],
        width_px=40,
        height_px=30,
        credit=f"Credit {how >> 2 & 1}",
    )


def _redirects(which: int, how: int, text: int) -> RedirectsDocument:
    """A shelf with one address on it, or none; two of them are those of a section and of a story, and hide neither."""
    story = path_of(StorySheet(EN, "sea", date(2026, 3, 1), Slug("story-0")))
    old = ("/old/", "/bài-cũ/", "/en/town/", story)[which]
    kept = (Redirect(old, f"/vi/{'sea/' * text}"),) if how & 3 else ()
    return RedirectsDocument(make_urn("redirects", shelf_of(old)), kept)


def _paper(how: int) -> PaperDocument:
    languages = [LanguageLine(EN, "English"), LanguageLine(VI, "Tiếng Việt", f"Line {how >> 2 & 1}")]
    kept = (languages, languages[::-1], languages[:1], languages)[how & 3]
    return a_paper(languages=tuple(kept), name=f"Paper {how >> 3 & 1}")
