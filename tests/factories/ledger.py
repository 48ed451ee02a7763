"""Documents as the desk would compile them, and a ledger to append them to. Every field can be said; the rest is plausible."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction

from broadsheet.ledger.actions import append_release, append_removal
from broadsheet.ledger.arrangements import FrontDocument, NavigationDocument, Pin
from broadsheet.ledger.blocks import Paragraph, PictureUse
from broadsheet.ledger.erasing import append_erasure
from broadsheet.ledger.values import (
    Act,
    Address,
    BylineDocument,
    BylineUse,
    Document,
    LanguageLine,
    PageDocument,
    PaperDocument,
    PictureDocument,
    ReleaseRecord,
    Removal,
    SectionDocument,
    StoryDocument,
    TopicDocument,
)
from broadsheet.plain.html import SafeHtml
from broadsheet.plain.locales import Locale
from broadsheet.plain.slugs import Slug, make_slug
from broadsheet.plain.urns import Urn, front_urn, key_of, make_urn

EN = Locale("en")
VI = Locale("vi")
#: The moment things happen in tests unless they say otherwise.
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

_keys = itertools.count(1)


def a_key() -> str:
    """A new key such as a story, picture or byline has: 32 hex digits, the same in every run of a test alone."""
    return uuid.UUID(int=next(_keys)).hex


def a_story(**fields: Any) -> StoryDocument:
    """A released story with one paragraph, in English, in the section news."""
    headline = fields.get("headline", "Ferry runs again")
    subject = fields.get("subject") or make_urn("story", a_key())
    key = key_of(subject)
    published_at = fields.get("published_at", NOW)
    told: dict[str, Any] = {
        "subject": subject,
        "locale": EN,
        "edition_key": key,
        "address": Address(
            section="news",
            day=published_at.date(),
            slug=Slug(f"{make_slug(headline, fallback=key)[:60]}-{key[-6:]}"),
        ),
        "section": make_urn("section", "news"),
        "headline": headline,
        "published_at": published_at,
        "standfirst": "The first boat left at dawn.",
        "body": (a_paragraph("The ferry to the island runs again after a week."),),
    }
    return StoryDocument(**(told | fields))


def a_paragraph(markup: str) -> Paragraph:
    """A paragraph block with an id of its own."""
    return Paragraph(id=str(uuid.UUID(int=next(_keys))), html=SafeHtml(markup))


def a_picture_use(picture: Urn | None = None, **fields: Any) -> PictureUse:
    """A picture as a story shows it."""
    told: dict[str, Any] = {
        "id": str(uuid.UUID(int=next(_keys))),
        "picture": picture or make_urn("picture", a_key()),
        "caption": "The harbour at dawn.",
        "alt": "A white ferry at the quay.",
    }
    return PictureUse(**(told | fields))


def a_byline_use(byline: Urn | None = None, **fields: Any) -> BylineUse:
    """A byline as printed over a story."""
    return BylineUse(**({"byline": byline or make_urn("byline", a_key()), "name": "Lan Nguyễn"} | fields))


def a_section(key: str = "news", **fields: Any) -> SectionDocument:
    """A section in English."""
    told: dict[str, Any] = {"subject": make_urn("section", key), "locale": EN, "key": key, "title": key.title()}
    return SectionDocument(**(told | fields))


def a_page(**fields: Any) -> PageDocument:
    """A released standing page with one paragraph, in English."""
    subject = fields.get("subject") or make_urn("page", a_key())
    title = fields.get("title", "About us")
    told: dict[str, Any] = {
        "subject": subject,
        "locale": EN,
        "edition_key": key_of(subject),
        "slug": make_slug(title, fallback="page"),
        "title": title,
        "published_at": NOW,
        "purpose": "about",
        "body": (a_paragraph("A paper for tests."),),
    }
    return PageDocument(**(told | fields))


def a_navigation(**fields: Any) -> NavigationDocument:
    """An empty navigation in English."""
    return NavigationDocument(**({"subject": make_urn("navigation", "site"), "locale": EN} | fields))


def a_front(*slots: StoryDocument | Pin, section: str = "", **fields: Any) -> FrontDocument:
    """A home front in English, or that of a section, with these stories in its slots: one large and two beside it."""
    told: dict[str, Any] = {
        "subject": front_urn(section),
        "locale": EN,
        "layout": "lead-two",
        "section": make_urn("section", section) if section else None,
        "slots": tuple(each if isinstance(each, Pin) else Pin(each.subject) for each in slots),
    }
    return FrontDocument(**(told | fields))


def a_byline(**fields: Any) -> BylineDocument:
    """A person of the paper, with the same name in every language."""
    name = fields.get("name", "Lan Nguyễn")
    told: dict[str, Any] = {
        "subject": make_urn("byline", a_key()),
        "key": make_slug(name, fallback="byline"),
        "name": name,
    }
    return BylineDocument(**(told | fields))


def a_topic(**fields: Any) -> TopicDocument:
    """A topic of the paper, with the same name in every language."""
    name = fields.get("name", "The sea")
    told: dict[str, Any] = {
        "subject": make_urn("topic", a_key()),
        "key": make_slug(name, fallback="topic"),
        "name": name,
    }
    return TopicDocument(**(told | fields))


def a_picture(**fields: Any) -> PictureDocument:
    """A picture of 1600 by 1200 pixels; its original exists nowhere unless a test keeps one."""
    told: dict[str, Any] = {
        "subject": make_urn("picture", a_key()),
        "original": "ab" * 32,
        "media_type": "image/jpeg",
        "width_px": 1600,
        "height_px": 1200,
        "credit": "Lan Nguyễn",
        "copyright": "© The Test Post",
        "caption": "The harbour at dawn.",
        "alt": "A white ferry at the quay.",
        "text_locale": EN,
    }
    return PictureDocument(**(told | fields))


def a_paper(**fields: Any) -> PaperDocument:
    """The paper of ``tests/paper/broadsheet.toml``."""
    told: dict[str, Any] = {
        "subject": make_urn("paper", "paper"),
        "name": "The Test Post",
        "base_url": "http://127.0.0.1:8000",
        "zone": "Asia/Ho_Chi_Minh",
        "languages": (
            LanguageLine(locale=EN, name="English", description="News for tests"),
            LanguageLine(locale=VI, name="Tiếng Việt", description="Tin để thử"),
        ),
    }
    return PaperDocument(**(told | fields))


def changed(document: StoryDocument, **fields: Any) -> StoryDocument:
    """The same story with these fields changed."""
    return msgspec.structs.replace(document, **fields)


def released(document: Document, *, act: Act = Act.RELEASE, at: datetime = NOW, by: str = "lan") -> ReleaseRecord:
    """Append the document in a transaction of its own, as an act would."""
    with transaction.atomic():
        return append_release(document=document, act=act, released_by=by, released_at=at, recorded_at=at)


def withdrawn(document: Document, *, at: datetime = NOW + timedelta(hours=1), by: str = "lan") -> ReleaseRecord:
    """Append the withdrawal of the document's subject in a transaction of its own."""
    with transaction.atomic():
        return append_removal(
            subject=document.subject, locale=document.locale, act=Act.WITHDRAW, released_by=by, recorded_at=at
        )


def killed(
    document: Document, *, words: str = "It was wrong.", at: datetime = NOW + timedelta(hours=1)
) -> ReleaseRecord:
    """Append the kill of the document's subject in a transaction of its own."""
    with transaction.atomic():
        return append_removal(
            subject=document.subject,
            locale=document.locale,
            act=Act.KILL,
            released_by="lan",
            recorded_at=at,
            removal=Removal(words=words),
        )


def taken_down(
    document: Document, *, reference: str = "Order 12/2026", at: datetime = NOW + timedelta(hours=1)
) -> ReleaseRecord:
    """Append the takedown of the document's subject in a transaction of its own."""
    with transaction.atomic():
        return append_removal(
            subject=document.subject,
            locale=document.locale,
            act=Act.TAKEDOWN,
            released_by="lan",
            recorded_at=at,
            removal=Removal(reference=reference),
        )


def erased(
    document: Document, *, reference: str = "Order 7/2026", at: datetime = NOW + timedelta(hours=2), by: str = "minh"
) -> ReleaseRecord:
    """Append the erasure of the document's subject in a transaction of its own."""
    with transaction.atomic():
        return append_erasure(
            subject=document.subject,
            locale=document.locale,
            reference=reference,
            asked_by="lan",
            released_by=by,
            recorded_at=at,
        )


class ListsByDay:
    """A projector for tests of the ledger alone: every story in ``newest`` and in its section."""

    def placements(self, document: Document) -> tuple[tuple[str, datetime], ...]:
        """Stories by their moment of publication, others nowhere."""
        if not isinstance(document, StoryDocument):
            return ()
        return (
            ("newest", document.published_at),
            (f"section:{key_of(document.section)}", document.published_at),
        )
